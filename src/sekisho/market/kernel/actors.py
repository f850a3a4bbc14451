"""Who does something. The actor is always named; the machine is an actor of its own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from uuid import UUID


class Standing(StrEnum):
    """How an account stands with the house. What each permits is one table: `permits.STANDINGS`."""

    GOOD = "good"
    WARNED = "warned"
    POSTING_PAUSED = "posting_paused"
    SUSPENDED = "suspended"
    BANNED = "banned"


@dataclass(frozen=True, slots=True)
class Authority:
    """What a lower room is shown when a room above it acts: a decision, a settlement, an appeal."""

    kind: str
    id: UUID


@dataclass(frozen=True, slots=True)
class Actor:
    """One who acts. `roles` are the words of the permission table that hold for him everywhere."""

    id: UUID | None
    name: str
    roles: frozenset[str]
    standing: Standing = Standing.GOOD
    authority: Authority | None = None

    @property
    def me(self) -> UUID:
        """The id of a person. Raises `TypeError` for the machine and for nobody, who own nothing."""
        if self.id is None:
            raise TypeError(f"{self.name} is not a person")
        return self.id


SYSTEM = Actor(id=None, name="clock", roles=frozenset({"clock"}))
"""The clock: timers and the outbox act as it."""
ANONYMOUS = Actor(id=None, name="anonymous", roles=frozenset({"anyone"}))


class Thing(Protocol):
    """What can be acted upon: it knows in which relations somebody stands to it, and whether he can see it."""

    def relations(self, actor: Actor) -> frozenset[str]:
        """The words of the permission table that hold for `actor` towards this thing; empty for a stranger."""

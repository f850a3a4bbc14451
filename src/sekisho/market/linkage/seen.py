"""What an account showed, as keyed hashes only: a contact, a bank account. Texts and pictures: `texts`, `pictures`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from sekisho.core.detection.identifiers import Kind
from sekisho.market.linkage.keys import chain, hashes

PERSONAL = frozenset(Kind) - {Kind.URL, Kind.FORM, Kind.MY_NUMBER, Kind.CARD, Kind.BANK_ACCOUNT}
"""Kinds that point to a person. Pages are shared by many; secrets are known by their last digits only, which say nothing."""
PAYOUT, TEXT, PICTURE = "payout", "text", "picture"
"""Kinds of things in common besides those of contacts."""


class Identified(Protocol):
    """A contact identifier as the core found it."""

    @property
    def kind(self) -> str:
        """One of `Kind`."""

    @property
    def canonical(self) -> str:
        """The same however it is written."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One thing: its hash after each key, the oldest first. `key` names the newest of them.

    `bands`: for what has near things, 64 bits for each part that may be equal, after each key. `look`: 256 points of a picture.
    """

    kind: str
    digests: tuple[bytes, ...]
    key: str
    bands: tuple[tuple[int, ...], ...] = ()
    look: bytes = b""

    @property
    def plain(self) -> dict[str, Any]:
        """For the outbox."""
        return {"kind": self.kind, "digests": [one.hex() for one in self.digests], "key": self.key,
                "bands": [list(one) for one in self.bands], "look": self.look.hex()}  # fmt: skip


def from_plain(plain: dict[str, Any]) -> Seen:
    """The value that was told."""
    return Seen(
        plain["kind"], tuple(bytes.fromhex(one) for one in plain["digests"]), plain["key"],
        tuple(tuple(one) for one in plain["bands"]), bytes.fromhex(plain["look"]),
    )  # fmt: skip


def seen(kind: str, canonical: str) -> Seen:
    """A thing that is the same or is not."""
    return Seen(kind, hashes(kind, canonical.encode("utf-8", "replace")), chain().newest)


def contacts_seen(contacts: Iterable[Identified]) -> list[Seen]:
    """Each contact that points to a person once."""
    found = {(c.kind, c.canonical) for c in contacts if c.kind in PERSONAL and c.canonical}
    return [seen(kind, canonical) for kind, canonical in sorted(found)]


def bank_account_seen(bank: str, branch: str, type_: str, number: str) -> Seen:
    """A bank account by its digits. Its holder is left out: it is written in many ways, and the digits are enough."""
    return seen(PAYOUT, "-".join((bank, branch, type_, number)))

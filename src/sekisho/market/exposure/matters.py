"""What a record can be shared with: somebody's own reports and cases, told by the rooms above. Here they are only ids."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Matter:
    """A report or case as its reporter knows it. While it is `open`, a record that was shared with it cannot be erased."""

    id: UUID
    title: str
    at: datetime
    open: bool


MATTERS: list[Callable[[UUID], Iterable[Matter]]] = []
"""Each room above adds one function: the id of an account -> the matters which that person reported."""


def matters_of(account: UUID) -> dict[UUID, Matter]:
    """Every matter somebody reported, by id. Empty where no room above knows reports: then nothing can be shared."""
    return {matter.id: matter for tell in MATTERS for matter in tell(account)}

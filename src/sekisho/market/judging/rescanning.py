"""What can be judged again because people see it now: rooms above say how, as they say their checks to `kernel.verification`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class OpenText:
    """Something that is open: its row, whose it is, and what the core is given (`context` as a `Judgement` keeps it).

    `known`: rules that were found in it before and that somebody let pass; `verdict`: what was said of it then.
    """

    subject: UUID
    writer: UUID | None
    kind: str
    text: str
    context: dict[str, Any]
    verdict: str
    known: frozenset[str]


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of open things: how many, those after an id in the order of ids (None: from the first), one by its id if open."""

    count: Callable[[], int]
    after: Callable[[UUID | None, int], list[OpenText]]
    one: Callable[[UUID], OpenText | None]


SOURCES: dict[str, Source] = {}


def rescans(name: str, source: Source) -> None:
    """Register a kind of open things. Raises `ValueError` for a taken name."""
    if name in SOURCES:
        raise ValueError(f"two kinds of open things are called {name}")
    SOURCES[name] = source

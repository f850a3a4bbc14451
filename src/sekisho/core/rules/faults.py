"""A breach of a law by its path inside an entry of a pack, and its way to a line and column. No laws here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sekisho.core.rules.errors import Problem, in_order
from sekisho.core.rules.model import Place
from sekisho.core.rules.positions import Path
from sekisho.core.rules.sources import SourceFile, reread

Breach = tuple[Path, str, str]
"""What an entry does wrong: (path inside the entry, message, hint or "")."""


@dataclass(frozen=True, slots=True)
class Fault:
    """`path` leads from the top of the file `place.file` to the value at fault; `place` is its entry's."""

    place: Place
    path: Path
    message: str
    hint: str = ""


def of_entry(place: Place, path: Path, breaches: Iterable[Breach]) -> Iterable[Fault]:
    """The breaches of the entry that stands at `path` in its file."""
    return (Fault(place, (*path, *inner), message, hint) for inner, message, hint in breaches)


def locate(faults: Iterable[Fault]) -> list[Problem]:
    """The faults as problems in order of place. Only files with a fault in them are opened again.

    When the pack was never in a file, or the file is gone, a fault stands where its entry does, lineless.
    """
    opened: dict[str, SourceFile | None] = {}
    problems = []
    for fault in faults:
        place = fault.place
        if place.file not in opened:
            opened[place.file] = reread(place.file)
        source = opened[place.file]
        if source:
            problems.append(source.problem(fault.path, fault.message, fault.hint, at_value=True))
        else:
            problems.append(Problem(place.file, place.line, place.column, fault.message, fault.hint))
    return list(in_order(problems))

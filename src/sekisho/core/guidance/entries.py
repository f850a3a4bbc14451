"""Reads the files of `guidance/` into typed values and notes every mistake at its place. Knows no folders."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

from sekisho.core.guidance.model import (
    Confirmed,
    Exposed,
    ExposureKind,
    Origin,
    Point,
    Reaction,
    ReactionKind,
    Refusal,
    ReportWords,
    Risk,
    Sign,
    Situation,
    Speech,
    Step,
    Thresholds,
)
from sekisho.core.rules.errors import did_you_mean, one_of, quoted
from sekisho.core.rules.names import LANGUAGES
from sekisho.core.rules.reading import Table
from sekisho.core.text import fold

Value = TypeVar("Value")
Key = TypeVar("Key", bound=StrEnum)

SENTENCE_LENGTH = 400
"""Code points of one sentence for users."""

_MONTH = re.compile(r"20[0-9]{2}-(?:0[1-9]|1[0-2])")
_PHONE = re.compile(r"#?[0-9]+(?:-[0-9]+)*")
_SLOTS = re.compile(r"\{[^}]*\}?")


def say(table: Table, key: str, slots: tuple[str, ...] = ()) -> Speech:
    """A sentence in every language, with no placeholder but those in `slots`."""
    return _checked(table.speech(key), table, (key,), slots)


def _checked(found: Speech, table: Table, path: tuple[str, ...], slots: tuple[str, ...]) -> Speech:
    for language in LANGUAGES:
        if language not in found:
            table.note(path, f"`{language}` is missing", f'write `{language} = "…"`')
    for language, sentence in found.items():
        if len(sentence) > SENTENCE_LENGTH:
            table.note((*path, language), f"longer than {SENTENCE_LENGTH} code points", at_value=True)
        for slot in _SLOTS.findall(sentence):
            if slot not in slots:
                hint = f"may hold {', '.join(slots)}" if slots else "no placeholders are filled in here"
                table.note((*path, language), f"unknown placeholder {quoted(slot)}", hint, at_value=True)
    return found


def speeches(table: Table | None) -> Mapping[str, Speech]:
    """A table of sentences by name."""
    return {} if table is None else {name: say(table, name) for name in table.data}


def keyed(table: Table, closed: type[Key], read: Callable[[Key, Table], Value]) -> dict[Key, Value]:
    """The entries of a table whose names are a closed list; unknown names are noted."""
    found: dict[Key, Value] = {}
    for name, entry in table.entries():
        if name in closed.__members__.values():
            key = closed(name)
            found[key] = read(key, entry)
            entry.finish()
        else:
            table.note((name,), f"unknown name {quoted(name)}", did_you_mean(name, closed) or one_of(closed))
    return found


def read_refusal(situation: Situation, table: Table) -> Refusal:
    return Refusal(situation, say(table, "when"), say(table, "say", ("{site}",)), table.choice("origin", Origin))


def read_reaction(kind: ReactionKind, table: Table) -> Reaction:
    answer = table.choice("refusal", Situation) if table.has("refusal") else None
    sign = table.choice("sign", Sign)
    cues = tuple(fold(cue).text for cue in table.texts("cues"))
    return Reaction(kind, sign, say(table, "title"), say(table, "means"), say(table, "next"), answer, cues)


def read_risk(name: str, table: Table) -> Risk:
    return Risk(name, say(table, "title"), say(table, "what"))


def read_point(name: str, table: Table) -> Point:
    phone, url = table.text("phone", ""), table.text("url", "")
    if phone and not _PHONE.fullmatch(phone):
        table.note(("phone",), f"{quoted(phone)} is no telephone number", "digits, - and a leading #", at_value=True)
    if url and not url.startswith("https://"):
        table.note(("url",), "an address begins with https://", at_value=True)
    checked = table.text("checked")
    if checked and not _MONTH.fullmatch(checked):
        table.note(("checked",), f"{quoted(checked)} is no month", 'write `checked = "YYYY-MM"`', at_value=True)
    return Point(
        id=name,
        name=say(table, "name"),
        for_=say(table, "for"),
        hours=say(table, "hours") if table.has("hours") else {},
        phone=phone,
        url=url,
        country=table.text("country"),
        source=table.text("source"),
        confirmed=table.choice("confirmed", Confirmed),
        checked=checked,
    )


def read_step(name: str, table: Table) -> Step:
    urgency = table.whole("urgency", 1)
    if urgency not in (1, 2, 3):
        table.note(("urgency",), f"`urgency` cannot be {urgency}", "3 today, 2 within days, 1 later", at_value=True)
    return Step(name, say(table, "do"), urgency)


def read_exposure(kind: Exposed, table: Table) -> ExposureKind:
    return ExposureKind(
        kind, say(table, "title"), say(table, "may"), table.texts("steps", None), table.texts("points", None)
    )


def read_thresholds(table: Table | None) -> Thresholds:
    if table is None:
        return Thresholds(0.0, 0, 0, 0)
    found = Thresholds(
        table.number("rating", 4.0), table.whole("reviews", 5), table.whole("orders", 10), table.whole("purpose_length", 8)
    )
    table.finish()
    return found


def read_report(table: Table) -> ReportWords:
    found = ReportWords(
        category=say(table, "category"),
        where=say(table, "where"),
        headings=speeches(table.child("heading")),
        blanks=speeches(table.child("blank")),
        stages=speeches(table.child("stage")),
        attachments=speeches(table.child("attach")),
        did=speeches(table.child("did")),
        events=speeches(table.child("event")),
    )
    table.finish()
    return found


def require(table: Table, what: str, names: Iterable[str], have: Iterable[str]) -> None:
    """Note every one of `names` that is not among `have`."""
    present = set(have)
    for name in names:
        if name not in present:
            table.note((), f"{what} {quoted(name)} is missing")


def refer(table: Table, what: str, names: Iterable[str], have: Iterable[str]) -> None:
    """Note every reference that points nowhere."""
    known = list(have)
    for name in names:
        if name not in known:
            table.note((), f"there is no {what} {quoted(name)}", did_you_mean(name, known))

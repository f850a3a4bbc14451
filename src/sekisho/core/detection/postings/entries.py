"""Reads the files of `postings/` and `rates/` into typed values and notes every mistake at its place. Knows no folders."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from itertools import pairwise
from typing import Any, TypeVar

from sekisho.core.detection.postings.policy import (
    Asked,
    Category,
    ClientSign,
    Content,
    Going,
    Part,
    Rates,
    Reason,
    Speech,
    Text,
    Thresholds,
    Unit,
)
from sekisho.core.rules.errors import did_you_mean, one_of, quoted
from sekisho.core.rules.model import Label, Level, Risk
from sekisho.core.rules.names import LANGUAGES
from sekisho.core.rules.pattern_laws import pattern_faults
from sekisho.core.rules.reading import Table
from sekisho.core.text import fold

Key = TypeVar("Key", bound=StrEnum)
Source = tuple[Speech, str]
"""Title and month (YYYY-MM)."""

CURRENCIES = ("JPY", "USD", "EUR", "GBP")
ROW = ("floor", "low", "usual", "high", "absurd")
_MONTH = re.compile(r"20[0-9]{2}-(?:0[1-9]|1[0-2])")
_NEVER = re.compile(r"(?!)")


def say(table: Table, key: str, slots: tuple[str, ...] = ()) -> Speech:
    """A sentence in every language, with no placeholder but those in `slots`."""
    found = table.speech(key)
    for language in LANGUAGES:
        if language not in found:
            table.note((key,), f"`{language}` is missing", f'write `{language} = "…"`')
    for language, sentence in found.items():
        for slot in re.findall(r"\{([^}]*)\}?", sentence):
            if slot not in slots:
                hint = f"may hold {', '.join(slots)}" if slots else "no placeholders are filled in here"
                table.note((key, language), f"unknown placeholder {quoted(slot)}", hint, at_value=True)
    return found


def cues(table: Table | None, *, whole: bool = False) -> re.Pattern[str]:
    """One pattern for the `words` and `patterns` of a table, or for its `sentences`, which are to match `whole` ones."""
    if table is None:
        return _NEVER
    parts = []
    if not whole:
        parts = [_word(fold(word).text) for word in table.texts("words")]
    key = "sentences" if whole else "patterns"
    for index, pattern in enumerate(table.texts(key)):
        faults = list(pattern_faults(pattern))
        for message, hint in faults:
            table.note((key, index), message, hint, at_value=True)
        if not faults:
            parts.append(f"(?:{pattern})")
    return re.compile("|".join(sorted(parts, key=len, reverse=True))) if parts else _NEVER


def _word(word: str) -> str:
    """A word as a pattern; Latin ones begin at the beginning of a word."""
    return (r"\b" if word[:1].isascii() and word[:1].isalnum() else "") + re.escape(word)


def speeches(table: Table | None, closed: type[Key], slots: tuple[str, ...] = ()) -> dict[Key, Speech]:
    """A sentence for every member of a closed list."""
    found: dict[Key, Speech] = {}
    if table is None:
        return found
    for name in table.data:
        if name in closed.__members__.values():
            found[closed(name)] = say(table, name, slots)
    for member in closed:
        if member not in found:
            table.note((), f"{quoted(member)} is missing")
    table.finish()
    return found


def read_thresholds(table: Table | None) -> Thresholds:
    if table is None:
        return Thresholds(0, 0.0, 0, 0, 0)
    found = Thresholds(
        reviews=table.whole("reviews", 5),
        rating=table.number("rating", 4.0),
        orders=table.whole("orders", 10),
        new_days=table.whole("new_days", 30),
        caution_at=table.whole("caution_at", 2),
    )
    if found.caution_at < 1:
        table.note(("caution_at",), "`caution_at` must be at least 1", at_value=True)
    table.finish()
    return found


def read_content(table: Table | None) -> Content:
    if table is None:
        return Content(0, 0, _NEVER, frozenset(), _NEVER)
    words = sorted((fold(word).text for word in table.texts("words")), key=len, reverse=True)
    names = table.child("names", "write `[content.names]` with `words`")
    found = Content(
        enough_ja=table.whole("enough_ja", 6),
        enough_en=table.whole("enough_en", 4),
        empty=re.compile("|".join(map(re.escape, words))) if words else _NEVER,
        empty_en=frozenset(fold(word).text for word in table.texts("words_en")),
        names=cues(names),
    )
    if names is not None:
        names.finish()
    table.finish()
    return found


def read_text(table: Table) -> Text:
    return Text(
        label=table.choice("label", Label) if table.has("label") else None,
        severity=table.choice("severity", Level),
        confidence=table.choice("confidence", Level),
        risks=table.choices("risks", Risk),
        title=say(table, "title"),
        why=say(table, "why"),
        instead=say(table, "instead"),
    )


def read_texts(table: Table) -> dict[Reason, Text]:
    found = {}
    for name, entry in table.entries():
        if name in Reason.__members__.values():
            found[Reason(name)] = read_text(entry)
            entry.finish()
        else:
            table.note((name,), f"unknown name {quoted(name)}", did_you_mean(name, Reason) or one_of(Reason))
    for reason in Reason:
        if reason not in found:
            table.note((), f"finding {quoted(reason)} is missing")
    return found


def read_asked(table: Table | None) -> tuple[Asked, ...]:
    found = []
    for _, entry in table.entries() if table else ():
        floor = entry.child("floor", "write `floor = { JPY = …, USD = … }`")
        found.append(Asked(entry.choices("categories", Category), cues(entry), _amounts(floor, CURRENCIES)))
        entry.finish()
    return tuple(found)


def _amounts(table: Table | None, known: tuple[str, ...]) -> dict[str, float]:
    if table is None:
        return {}
    found = {name: table.number(name, 0.0) for name in known if table.has(name)}
    for name, amount in found.items():
        if amount <= 0:
            table.note((name,), f"`{name}` must be above 0", at_value=True)
    table.finish(known)
    return found


def read_sources(table: Table) -> dict[str, Source]:
    """(title, month) by id."""
    found = {}
    for name, entry in table.entries():
        seen = entry.text("seen")
        if seen and not _MONTH.fullmatch(seen):
            entry.note(("seen",), f"{quoted(seen)} is no month", 'write `seen = "YYYY-MM"`', at_value=True)
        found[name] = say(entry, "title"), seen
        entry.finish()
    return found


def read_rates(table: Table, sources: Mapping[str, Source]) -> Rates:
    currency = table.text("currency")
    if currency and currency not in CURRENCIES:
        table.note(("currency",), f"`currency` cannot be {quoted(currency)}", one_of(CURRENCIES), at_value=True)
    whole = _source(table, sources, ({}, ""))
    per = _amounts(table.child("per"), CURRENCIES)
    hours = _amounts(table.child("hours"), (Unit.DAY, Unit.WEEK, Unit.MONTH))
    rows: dict[tuple[str, Unit], Going] = {}
    groups = ("any", "unskilled", *Category)
    for name in table.data:
        if name in groups:
            entry = table.child(name)
            for unit, going in _rows(entry, currency, _source(entry, sources, whole)) if entry else ():
                rows[name, unit] = going
    table.finish(groups)
    return Rates(currency, per, {Unit(unit): count for unit, count in hours.items()}, rows)


def _source(table: Table, sources: Mapping[str, Source], default: Source) -> Source:
    if not table.has("source"):
        return default
    name = table.text("source")
    if name not in sources:
        hint = did_you_mean(name, sources) or one_of(sources)
        table.note(("source",), f"there is no source {quoted(name)}", hint, at_value=True)
    return sources.get(name, default)


def _rows(table: Table, currency: str, source: Source) -> list[tuple[Unit, Going]]:
    found = []
    for name, value in table.data.items():
        if name in Unit.__members__.values() and _is_row(table, name, value):
            unit = Unit(name)
            floor, low, usual, high, absurd = map(float, value)
            found.append((unit, Going(floor, low, usual, high, absurd, currency, unit, *source)))
    table.finish((*Unit, "source"))
    return found


def _is_row(table: Table, name: str, value: Any) -> bool:
    numbers = isinstance(value, list) and all(
        isinstance(one, int | float) and not isinstance(one, bool) for one in value
    )
    if not numbers or len(value) != len(ROW):
        table.note((name,), f"`{name}` must be {len(ROW)} numbers", f"write `{name} = [{', '.join(ROW)}]`", at_value=True)
        return False
    if value[0] <= 0 or any(one >= other for one, other in pairwise(value)):
        table.note((name,), f"`{name}` must rise from above 0", f"{' < '.join(ROW)}", at_value=True)
        return False
    return True


def stated_parts(tables: Mapping[Part, Table | None]) -> dict[Part, re.Pattern[str]]:
    """The cues that a part is stated, for the parts told by words."""
    found = {}
    for part, table in tables.items():
        found[part] = cues(table)
        if table is not None:
            table.finish()
    return found


SIGN_SLOTS = ("reviews", "rating", "orders", "new_days")


def read_signs(table: Table | None) -> dict[ClientSign, Speech]:
    return speeches(table, ClientSign, SIGN_SLOTS)

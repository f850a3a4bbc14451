"""Reads how a pack explains that it differs from the one it extends, and holds it to its word. Knows no marketplace.

A pack that explains one difference explains all: a field without its reason, or a reason without its field, is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sekisho.core.rules.errors import did_you_mean, quoted
from sekisho.core.rules.model import Pack
from sekisho.core.rules.names import LANGUAGES
from sekisho.core.rules.policy import Difference, Grade, Setting
from sekisho.core.rules.positions import Path
from sekisho.core.rules.reading import Table
from sekisho.core.rules.rows import settings_of

_ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s]+")
_SEEN = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?")


def read_differences(head: Table, pack: Pack, base: Pack | None) -> tuple[Difference, ...]:
    """The `[[difference]]` tables of `pack.toml`, each held against what `pack` and `base` say."""
    entries = list(head.children("difference"))
    if not entries:
        return ()
    if base is None:
        entries[0].note((), "a pack that extends no other has no differences", "write `extends`, or leave it out")
        return ()
    own, below = settings_of(pack), settings_of(base)
    written = {field: path for field, path in _leaves(head.data, ()) if field in own}
    found: dict[str, Difference] = {}
    for entry in entries:
        difference = _read(entry, below)
        if not difference.field:
            continue
        if difference.field not in written:
            hint = did_you_mean(difference.field, written) or "a difference explains what this pack.toml sets"
            entry.note(("field",), f"{quoted(difference.field)} is not set in this pack", hint, at_value=True)
        elif difference.field in found:
            entry.note(("field",), f"{quoted(difference.field)} is explained twice", at_value=True)
        else:
            _compare(entry, difference, own[difference.field], base)
        found[difference.field] = difference
    for field, path in written.items():
        if field not in found:
            message = f"{quoted(field)} is set without a `[[difference]]` that says why"
            head.note(path, message, "a pack that explains one difference explains all")
    return tuple(found.values())


def _leaves(data: Mapping[str, Any], path: Path) -> Iterator[tuple[str, Path]]:
    for key, value in data.items():
        if isinstance(value, dict):
            yield from _leaves(value, (*path, key))
        else:
            yield ".".join(map(str, (*path, key))), (*path, key)


def _read(entry: Table, below: Mapping[str, Setting]) -> Difference:
    field = entry.text("field")
    difference = Difference(
        field=field,
        value=entry.scalar("value"),
        was=below.get(field, ""),
        why=entry.speech("why"),
        source=entry.text("source"),
        grade=entry.choice("grade", Grade),
        seen=entry.text("seen"),
    )
    entry.finish()
    for language in LANGUAGES:
        if entry.has("why") and language not in difference.why:
            entry.note(("why",), f"`why` has no `{language}`")
    if difference.source and not _ADDRESS.fullmatch(difference.source):
        entry.note(("source",), "`source` must be a web address", 'write `source = "https://…"`', at_value=True)
    if difference.seen and not _SEEN.fullmatch(difference.seen):
        entry.note(("seen",), "`seen` must be a year and month, or a day", 'write `seen = "2026-11"`', at_value=True)
    return difference


def _compare(entry: Table, difference: Difference, said: Setting, base: Pack) -> None:
    """Refuse a reason for something else than what the pack sets, or for no difference at all."""
    field, value = difference.field, difference.value
    if value != said:
        entry.note(("value",), f"{quoted(field)} is {_shown(said)} in this pack, not {_shown(value)}", at_value=True)
    elif value == difference.was:
        hint = "leave out both the field and its reason"
        entry.note(("field",), f"{quoted(field)} is {_shown(said)} in {quoted(base.id)} too", hint, at_value=True)


def _shown(value: Setting) -> str:
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"

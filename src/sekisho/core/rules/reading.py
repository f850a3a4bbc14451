"""One TOML table being read into typed values; notes what is missing, unknown, mistyped or outside a list.

Knows no packs. A getter that notes a problem answers a stand-in of the right type, so that reading goes on to
the next mistake.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from sekisho.core.rules.errors import Problem, did_you_mean, one_of, quoted
from sekisho.core.rules.names import LANGUAGES
from sekisho.core.rules.positions import Path
from sekisho.core.rules.sources import SourceFile

Choice = TypeVar("Choice", bound=StrEnum)

_ABSENT: Any = object()
"""Stands for a key that the author left out and that has no default."""


class Table:
    """The table at `path` of a file. Call the getters, then `finish`: it refuses keys no getter asked for."""

    def __init__(self, source: SourceFile, path: Path, data: dict[str, Any], problems: list[Problem]) -> None:
        self.source, self.path, self.data = source, path, data
        self._problems = problems
        self._known: list[str] = []

    def note(self, path: Path, message: str, hint: str = "", *, at_value: bool = False) -> None:
        """Note a problem at `path`, counted from this table."""
        self._problems.append(self.source.problem((*self.path, *path), message, hint, at_value=at_value))

    def has(self, key: str) -> bool:
        """Whether the author wrote `key`."""
        return key in self.data

    def text(self, key: str, default: str | None = None) -> str:
        """A string, not blank; required without a `default`."""
        value = self._get(key, default, f'write `{key} = "…"`')
        if value is _ABSENT or value is default:
            return default or ""
        if not isinstance(value, str):
            self._wrong(key, "a string", value, f'write `{key} = "…"`')
            return ""
        if not value.strip():
            self.note((key,), f"`{key}` is empty", at_value=True)
        return value

    def texts(self, key: str, default: tuple[str, ...] | None = ()) -> tuple[str, ...]:
        """An array of strings; required when `default` is None."""
        value = self._get(key, default, f'write `{key} = ["…"]`')
        if value is _ABSENT or value is default:
            return default or ()
        if not isinstance(value, list):
            self._wrong(key, "an array of strings", value, f'write `{key} = ["…"]`')
            return ()
        return tuple(self._items(key, value))

    def flag(self, key: str, default: bool = False) -> bool:
        """`true` or `false`."""
        value = self._get(key, default)
        if isinstance(value, bool):
            return value
        self._wrong(key, "`true` or `false`", value)
        return default

    def whole(self, key: str, default: int) -> int:
        """A whole number."""
        value = self._get(key, default)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        self._wrong(key, "a whole number", value)
        return default

    def scalar(self, key: str) -> str | bool | int:
        """A string, `true` or `false`, or a whole number; required."""
        value = self._get(key, None, f"write `{key} = …`")
        if value is _ABSENT:
            return ""
        if isinstance(value, str | bool | int):
            return value
        self._wrong(key, "a string, `true` or `false`, or a whole number", value)
        return ""

    def number(self, key: str, default: float) -> float:
        """A number that is neither infinite nor `nan`."""
        value = self._get(key, default)
        if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
            return float(value)
        self._wrong(key, "a finite number", value)
        return default

    def texts_or_none(self, key: str) -> tuple[str, ...] | None:
        """An array of strings; None when the author left it out, which is not the same as an empty one."""
        self._known.append(key)
        return self.texts(key) if key in self.data else None

    def choice(self, key: str, closed: type[Choice], default: Choice | None = None) -> Choice:
        """A member of a closed list; required without a `default`."""
        value = self._get(key, default, one_of(closed))
        if value is _ABSENT or value is default:
            return default or next(iter(closed))
        return self._member((key,), value, closed) or next(iter(closed))

    def choices(self, key: str, closed: type[Choice]) -> tuple[Choice, ...]:
        """An array of members of a closed list."""
        value = self._get(key, ())
        if not isinstance(value, list | tuple):
            self._wrong(key, "an array of strings", value, f'write `{key} = ["…"]`')
            return ()
        members = [self._member((key, index), item, closed) for index, item in enumerate(value)]
        return tuple(member for member in members if member)

    def speech(self, key: str, default: Mapping[str, str] | None = None) -> Mapping[str, str]:
        """A table of one sentence per language; that every language is there is for the checker to say."""
        if default is not None and key not in self.data:
            self._known.append(key)
            return default
        table = self.child(key, "write `[{key}]` with `ja` and `en`")
        if table is None:
            return {}
        found = {language: table.text(language) for language in LANGUAGES if table.has(language)}
        table.finish(LANGUAGES)
        return found

    def child(self, key: str, hint: str = "") -> Table | None:
        """The table under `key`. None when it is absent: a problem only if there is a `hint` to give."""
        value = self._get(key, None if hint else {}, hint)
        if value is _ABSENT or (not value and key not in self.data):
            return None
        if isinstance(value, dict):
            return Table(self.source, (*self.path, key), value, self._problems)
        self._wrong(key, "a table", value)
        return None

    def children(self, key: str) -> Iterator[Table]:
        """The tables `[[key]]`, in order."""
        value = self._get(key, ())
        if not isinstance(value, list | tuple):
            self._wrong(key, "an array of tables", value, f"write `[[{key}]]`")
            return
        for index, item in enumerate(value):
            if isinstance(item, dict):
                yield Table(self.source, (*self.path, key, index), item, self._problems)
            else:
                self.note((key, index), f"`{key}` may hold tables, not {_kind(item)}", at_value=True)

    def entries(self) -> Iterator[tuple[str, Table]]:
        """All keys of this table as tables by name."""
        for key in self.data:
            table = self.child(key)
            if table:
                yield key, table

    def finish(self, known: tuple[str, ...] = ()) -> None:
        """Refuse the keys that are neither in `known` nor were asked for."""
        names = list(dict.fromkeys([*known, *self._known]))
        for key in self.data:
            if key not in names:
                self.note((key,), f"unknown key {quoted(key)}", did_you_mean(key, names) or one_of(names))

    def _get(self, key: str, default: Any, hint: str = "") -> Any:
        self._known.append(key)
        if key in self.data:
            return self.data[key]
        if default is None:
            self.note((), f"`{key}` is missing", hint)
            return _ABSENT
        return default

    def _wrong(self, key: str, wanted: str, value: Any, hint: str = "") -> None:
        self.note((key,), f"`{key}` must be {wanted}, not {_kind(value)}", hint, at_value=True)

    def _items(self, key: str, value: list[Any]) -> Iterator[str]:
        for index, item in enumerate(value):
            if isinstance(item, str):
                yield item
            else:
                self.note((key, index), f"`{key}` may hold strings, not {_kind(item)}", at_value=True)

    def _member(self, path: Path, value: Any, closed: type[Choice]) -> Choice | None:
        if not isinstance(value, str):
            message = f"`{path[0]}` must be a string, not {_kind(value)}"
            self.note(path, message, one_of(closed), at_value=True)
            return None
        if value in closed.__members__.values():
            return closed(value)
        hint = did_you_mean(value, closed) or one_of(closed)
        self.note(path, f"`{path[0]}` cannot be {quoted(value)}", hint, at_value=True)
        return None


def _kind(value: Any) -> str:
    """What an author would call the type of `value`."""
    names = {
        bool: "`true` or `false`", str: "a string", int: "a whole number", float: "a number",
        list: "an array", dict: "a table",
    }  # fmt: skip
    return names.get(type(value), "a date or time")

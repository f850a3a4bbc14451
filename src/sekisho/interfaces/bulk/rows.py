"""One input row: its fields checked, its text judged, or the reason why it is refused. Not where rows come from or go to."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import NamedTuple

from sekisho.core.detection import Verdict, check
from sekisho.core.rules.errors import PackError

_DEFAULTS = {"kind": "message", "sender": "client", "stage": "pre_contract"}
_SEPARATOR = re.compile(r"[;,]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SHOWN = 60
"""Code points of a bad value that a reason repeats."""


class RowRefused(ValueError):
    """The row cannot be judged; the message says why. `id` is None when it has none or it could not be read."""

    id: str | int | None = None


# The three below are made once a row, and tuples cost a third of frozen dataclasses.
class Row(NamedTuple):
    """A row that can be judged; `id` is None when the input has none."""

    id: str | int | None
    text: str
    kind: str
    sender: str
    stage: str
    approved_tools: tuple[str, ...]


class Item(NamedTuple):
    """A row as read: `row` and `line` count from 1 (`line` is 0 where the format has no lines).

    `content` is a JSON line, the fields by name, or the reason why it could not even be read.
    """

    row: int
    line: int
    content: bytes | Mapping[str, object] | RowRefused


class Refusal(NamedTuple):
    """A row that was not judged, and why."""

    row: int
    line: int
    id: str | int | None
    reason: str


def read_item(item: Item) -> Row | Refusal:
    """The row in an item; whatever is wrong with it becomes a refusal."""
    content = item.content
    try:
        if isinstance(content, bytes):
            return row_from_json(content)
        if isinstance(content, RowRefused):
            raise content
        return row_from_fields(content)
    except RowRefused as error:
        return Refusal(item.row, item.line, error.id, str(error))


def verdict_of(row: Row, pack: str) -> Verdict:
    """The verdict on a row. Raises `PackError`, and `RowRefused` for what only a judge can see."""
    try:
        return check(
            row.text,
            kind=row.kind,
            sender=row.sender,
            stage=row.stage,
            approved_tools=row.approved_tools,
            pack=pack,
        )
    except PackError:
        raise
    except ValueError as error:
        raise RowRefused(str(error)) from None


def row_from_json(line: bytes) -> Row:
    """A row from one line of JSON. Raises `RowRefused`."""
    try:
        fields = json.loads(line.decode())
    except UnicodeDecodeError as error:
        raise RowRefused(
            f"not UTF-8: byte {error.start + 1} of the line is {line[error.start]:#04x}"
        ) from None
    except json.JSONDecodeError as error:
        raise RowRefused(f"not JSON: {error.msg} at column {error.colno}") from None
    except RecursionError:
        raise RowRefused("not usable JSON: nested too deeply") from None
    except ValueError as error:
        raise RowRefused(f"not usable JSON: {error}") from None
    if not isinstance(fields, dict):
        raise RowRefused(f"not a JSON object but {_kind_of(fields)}")
    row = row_from_fields(fields)
    return _without_surrogates(row) if b"\\u" in line else row


def row_from_fields(fields: Mapping[str, object]) -> Row:
    """A row from named values; None or "" in an optional field means its default. Raises `RowRefused`."""
    row_id = _id(fields.get("id"))
    try:
        return Row(
            row_id,
            _text(fields.get("text")),
            _word(fields, "kind"),
            _word(fields, "sender"),
            _word(fields, "stage"),
            _tools(fields.get("approved_tools")),
        )
    except RowRefused as error:
        error.id = row_id
        raise


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    raise RowRefused("`text` is missing" if value is None else f"`text` must be text, not {_kind_of(value)}")


def _id(value: object) -> str | int | None:
    if value is None or value == "":
        return None
    if isinstance(value, str) or type(value) is int:
        return value
    raise RowRefused(f"`id` must be text or a whole number, not {_kind_of(value)}")


def _word(fields: Mapping[str, object], name: str) -> str:
    value = fields.get(name)
    if value is None or value == "":
        return _DEFAULTS[name]
    if isinstance(value, str):
        return value if len(value) <= _SHOWN else value[:_SHOWN] + "…"
    raise RowRefused(f"`{name}` must be text, not {_kind_of(value)}")


def _tools(value: object) -> tuple[str, ...]:
    if not value and (value is None or isinstance(value, str | list | tuple)):
        return ()
    if isinstance(value, str):
        value = [part.strip() for part in _SEPARATOR.split(value)]
    if isinstance(value, list | tuple) and all(isinstance(tool, str) for tool in value):
        return tuple(tool for tool in value if tool)
    raise RowRefused("`approved_tools` must be a list of tool names")


def _without_surrogates(row: Row) -> Row:
    # A client that cuts texts by UTF-16 units leaves half an emoji behind. Refusing such a row would let its writer
    # pass unjudged; one character for one keeps every offset.
    row = row._replace(text=_SURROGATE.sub("\ufffd", row.text))
    return row._replace(id=_SURROGATE.sub("\ufffd", row.id)) if isinstance(row.id, str) else row


def _kind_of(value: object) -> str:
    if value is None:
        return "null"
    names = {
        bool: "true or false",
        int: "a number",
        float: "a number",
        str: "text",
        list: "a list",
        dict: "an object",
    }
    return names.get(type(value), type(value).__name__)

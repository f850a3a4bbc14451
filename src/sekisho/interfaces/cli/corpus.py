"""A labelled corpus from its file, one JSON object a line. Reads and checks; counting is in `evaluation`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sekisho.core.rules.model import Kind, Label, Sender, Stage
from sekisho.interfaces.cli.evaluation import GROUPS, Case
from sekisho.interfaces.cli.failures import Failure

_NONE = "none"
_SHOWN = 10
_CLOSED = {
    "kind": {k.value for k in Kind},
    "sender": {s.value for s in Sender},
    "stage": {s.value for s in Stage},
}
_DEFAULTS = {"kind": "message", "sender": "client", "stage": "pre_contract"}


@dataclass(frozen=True, slots=True)
class Labelled:
    """A case and the context to judge it in (keyword arguments of `sekisho.check`)."""

    case: Case
    context: dict[str, Any]


def read_corpus(path: Path) -> list[Labelled]:
    """All cases of a corpus. Raises `Failure` that names the lines that cannot be used, the first ten of them."""
    try:
        lines = path.read_bytes().removeprefix(b"\xef\xbb\xbf").split(b"\n")
    except OSError as error:
        raise Failure("unreadable", f"{path}: {error.strerror}") from None
    cases, problems = [], []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            cases.append(_labelled(json.loads(line.decode()), number))
        except (ValueError, RecursionError) as error:
            problems.append(f"{path}:{number}: {_reason(error)}")
    if problems:
        more = [f"and {len(problems) - _SHOWN} more lines"] if len(problems) > _SHOWN else []
        raise Failure("bad_corpus", "\n".join(problems[:_SHOWN] + more))
    if not cases:
        raise Failure("bad_corpus", f"{path}: no texts in it")
    return cases


def _labelled(fields: Any, number: int) -> Labelled:
    if not isinstance(fields, dict):
        raise ValueError("not a JSON object")
    text = fields.get("text")
    if not isinstance(text, str):
        raise ValueError("`text` must be text")
    if not isinstance(fields.get("violation"), bool):
        raise ValueError("`violation` must be true or false")
    labels = frozenset(_labels(fields))
    evidence = tuple(_texts(fields, "evidence"))
    for part in evidence:
        if part not in text:
            raise ValueError(f"evidence {part[:40]!r} does not stand in the text")
    context: dict[str, Any] = {name: _word(fields, name) for name in _CLOSED}
    context["approved_tools"] = tuple(_texts(fields, "approved_tools"))
    groups = {name: str(context.get(name) or fields.get(name) or "") for name in GROUPS}
    case = Case(str(fields.get("id") or number), text, fields["violation"], labels, evidence, groups)
    return Labelled(case, context)


def _labels(fields: dict[str, Any]) -> Iterator[Label]:
    for name in _texts(fields, "labels"):
        if name == _NONE:
            continue
        try:
            yield Label(name)
        except ValueError:
            raise ValueError(f"no label {name!r}; there are {', '.join([*Label, _NONE])}") from None


def _texts(fields: dict[str, Any], name: str) -> list[str]:
    values = fields.get(name) or []
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise ValueError(f"`{name}` must be a list of texts")
    return values


def _word(fields: dict[str, Any], name: str) -> str:
    value = fields.get(name) or _DEFAULTS[name]
    if value not in _CLOSED[name]:
        raise ValueError(f"{name} {value!r} does not exist; there are {', '.join(sorted(_CLOSED[name]))}")
    return str(value)


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON: {error.msg} at column {error.colno}"
    if isinstance(error, UnicodeDecodeError):
        return f"not UTF-8 at byte {error.start + 1} of the line"
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)

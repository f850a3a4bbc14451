"""How things of the safety room are called on pages, from `safety.toml` and the room's own names of its lifecycles."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import get_language

from sekisho.market import safety


def _said(ja: str, en: str) -> str:
    return en if (get_language() or "ja").startswith("en") else ja


_pair = lazy(_said, str)


def _tables(text: str) -> dict[str, Any]:
    return tomllib.loads(text)


def _worded(pairs: Mapping[str, list[str]]) -> dict[str, Any]:
    return {name: _pair(*pair) for name, pair in pairs.items()}


WORDS: dict[str, dict[str, Any]] = {
    name: _worded(pairs)
    for name, pairs in _tables(files(__package__).joinpath("safety.toml").read_text("utf-8")).items()
}
"""By group and code, in the language of whoever looks."""
STATES: dict[str, dict[str, Any]] = {
    name: _worded(row["states"])
    for name, row in _tables(files(safety).joinpath("names.toml").read_text("utf-8")).items()
}
"""By lifecycle and state."""


def word(group: str, code: object) -> Any:
    """What `code` of `group` is called; the code itself where it has no name."""
    return WORDS[group].get(str(code), code)


def joined(group: str, codes: Any) -> str:
    """Several in one line."""
    ordered = sorted(codes) if isinstance(codes, frozenset) else codes
    return "・".join(str(word(group, code)) for code in ordered)


def reason(row: Mapping[str, Any]) -> str:
    """Why a case stands where it stands: one row of its reasons, in words."""
    facts = dict(row)
    facts["category"] = word("category", row.get("category", ""))
    facts["kinds"] = joined("gave", row.get("kinds", ()))
    facts["yen"] = f"{row.get('yen', 0):,}"
    return str(word("reason", row.get("code", ""))).format(**facts)


def left(row: Mapping[str, Any]) -> str:
    """What could not be undone: one row of an appeal's `left`, in words."""
    facts = dict(row)
    thing = str(row.get("thing", ""))
    facts["thing"] = WORDS["thing"].get(thing) or WORDS["measure"].get(thing) or thing
    facts["yen"] = f"{row.get('yen', 0):,}"
    return str(word("left", row.get("code", ""))).format(**facts)

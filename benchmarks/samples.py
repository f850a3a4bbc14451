"""Writes texts that a pattern matches: the shortest, the longest, and near misses. For patterns of packs and gates, which are bounded.

Not a general generator: what it makes is meant to be costly, not representative, and is checked by nobody but the caller.
"""

from __future__ import annotations

import re._constants as sre  # type: ignore[import-not-found,unused-ignore]
import re._parser as parser  # type: ignore[import-not-found,unused-ignore]
from collections.abc import Iterable
from typing import Any

from sekisho.core.rules.model import WordClass

REPEATS = 24
"""How often at most a repeated part is written in the longest text."""

_CATEGORIES = {"CATEGORY_DIGIT": "7", "CATEGORY_WORD": "w", "CATEGORY_SPACE": " ", "CATEGORY_NOT_DIGIT": "x"}
_CATEGORIES |= {"CATEGORY_NOT_WORD": " ", "CATEGORY_NOT_SPACE": "w"}
_OTHERS = "あxア1 。字-"


def texts_of(pattern: str) -> list[str]:
    """A shortest and a longest text that `pattern` matches, for every choice at its top (at most eight)."""
    parsed = parser.parse(pattern)
    found = []
    for tree in _choices(parsed):
        found += ["".join(_written(tree, longest=longest)) for longest in (False, True)]
    return list(dict.fromkeys(text for text in found if text))


def near_misses(text: str) -> list[str]:
    """`text` without its end, and without its beginning: what keeps a matcher hoping."""
    return [part for part in (text[: max(1, len(text) * 3 // 4)], text[:-1], text[1:]) if part]


def words_of(word_class: WordClass) -> list[str]:
    """A few texts that are words of the class: its first, its longest, and one of its first pattern."""
    found = []
    if word_class.words:
        found += [word_class.words[0], max(word_class.words, key=len)]
    for pattern in word_class.patterns[:1]:
        found += texts_of(pattern)[:1]
    return list(dict.fromkeys(found))


def _choices(parsed: Any) -> list[Any]:
    items = list(parsed)
    if len(items) == 1 and str(items[0][0]) == "BRANCH":
        return items[0][1][1][:8]  # type: ignore[no-any-return]
    return [parsed]


def _written(tree: Iterable[Any], *, longest: bool) -> Iterable[str]:
    for operator, argument in tree:
        match str(operator):
            case "LITERAL":
                yield chr(argument)
            case "NOT_LITERAL":
                yield next(char for char in _OTHERS if ord(char) != argument)
            case "ANY":
                yield "あ" if longest else "x"
            case "IN":
                yield _member(argument)
            case "BRANCH":
                branches = sorted((list(branch) for branch in argument[1]), key=len)
                yield "".join(_written(branches[-1 if longest else 0], longest=longest))
            case "SUBPATTERN":
                yield "".join(_written(argument[3], longest=longest))
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                least, most, part = argument
                times = min(most, max(REPEATS, least)) if longest else least
                yield "".join(_written(part, longest=longest)) * times
            case _:
                continue  # places, look-around and back-references write nothing


def _member(members: list[Any]) -> str:
    if str(members[0][0]) == "NEGATE":
        return next(char for char in _OTHERS if not any(_holds(member, ord(char)) for member in members[1:]))
    operator, argument = members[0]
    match str(operator):
        case "LITERAL":
            return chr(argument)
        case "RANGE":
            return chr(argument[0])
    return _CATEGORIES.get(str(argument), "w")


def _holds(member: Any, code: int) -> bool:
    operator, argument = member
    if operator is sre.LITERAL:
        return bool(code == argument)
    if operator is sre.RANGE:
        return bool(argument[0] <= code <= argument[1])
    return _CATEGORIES.get(str(argument)) == chr(code)

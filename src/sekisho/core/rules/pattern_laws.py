"""What a pattern of a word class may be: bounded, without looking around, over folded text. Runs no pattern.

They suit `re` as well as an automaton: what passes is matched in time linear in the length of the text.
"""

from __future__ import annotations

import importlib
import re
import warnings
from collections.abc import Iterator
from typing import Any

from sekisho.core.rules.errors import quoted
from sekisho.core.text import fold

PATTERN_LENGTH = 1_000
"""Characters of a pattern as it is written."""

MATCH_LENGTH = 400
"""Code points a match may have."""

WAYS = 20_000
"""Ways a backtracking matcher may try at one place of the text."""

# The parser of `re` is not public and has no types, but its tree is the only exact reading of a pattern.
_parser: Any = importlib.import_module("re._parser")
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT")
_REFUSED = {
    "ASSERT": ("pattern looks around", "a class has `not_in`, a frame has scopes"),
    "ASSERT_NOT": ("pattern looks around", "a class has `not_in`, a frame has scopes"),
    "GROUPREF": ("pattern refers back to a group", "write the alternatives out"),
    "GROUPREF_EXISTS": ("pattern refers back to a group", "write the alternatives out"),
    "ATOMIC_GROUP": ("pattern has an atomic group or possessive repeat", "write a plain one"),
    "POSSESSIVE_REPEAT": ("pattern has an atomic group or possessive repeat", "write a plain one"),
    "FAILURE": ("pattern can never match", ""),
}


def pattern_faults(pattern: str) -> Iterator[tuple[str, str]]:
    """The laws `pattern` breaks, as (message, hint); each once."""
    if len(pattern) > PATTERN_LENGTH:
        yield f"pattern is longer than {PATTERN_LENGTH} characters", "split it into several patterns"
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            re.compile(pattern)
            tree = _parser.parse(pattern)
    except (re.error, ArithmeticError, RecursionError, Warning) as error:
        yield f"pattern does not compile: {error}", ""
        return
    yield from dict.fromkeys([*_flag_faults(tree), *_tree_faults(tree), *_size_faults(tree)])


def _flag_faults(tree: Any) -> Iterator[tuple[str, str]]:
    flagged = tree.state.flags & ~re.UNICODE.value
    if flagged or any(name == "SUBPATTERN" and (value[1] or value[2]) for name, value in _nodes(tree)):
        yield "pattern sets flags", "case and width are gone from folded text; leave the flags out"


def _tree_faults(tree: Any) -> Iterator[tuple[str, str]]:
    for name, value in _nodes(tree):
        if name in _REFUSED:
            yield _REFUSED[name]
        elif name in _REPEATS and value[1] == _parser.MAXREPEAT:
            yield "pattern repeats without bound", "write `{0,20}` in place of `*`, `+` or `{n,}`"
    for text in _literals(tree):
        reading = fold(text).text
        if reading != text:
            yield f"pattern text {quoted(text)} is not folded", f"write {quoted(reading)}"


def _size_faults(tree: Any) -> Iterator[tuple[str, str]]:
    if any(name in _REPEATS and value[1] == _parser.MAXREPEAT for name, value in _nodes(tree)):
        return  # told already, and without an end nothing can be counted
    shortest, longest = tree.getwidth()
    if shortest == 0:
        yield "pattern may match nothing at all", "let it need at least one character"
    if longest > MATCH_LENGTH:
        yield f"pattern may match more than {MATCH_LENGTH} characters", "make its counts smaller"
    elif _ways(tree) > WAYS:
        yield f"pattern may match in more than {WAYS:,} ways", "make its counts smaller, or split it"


def _nodes(tree: Any) -> Iterator[tuple[str, Any]]:
    """Every node of the tree as (name, value), outer ones first."""
    for operation, value in tree:
        yield str(operation), value
        for inner in _inner(str(operation), value):
            yield from _nodes(inner)


def _inner(name: str, value: Any) -> list[Any]:
    if name in _REPEATS or name == "POSSESSIVE_REPEAT":
        return [value[2]]
    if name == "SUBPATTERN":
        return [value[3]]
    if name == "BRANCH":
        return list(value[1])
    if name in ("ASSERT", "ASSERT_NOT"):
        return [value[1]]
    return [value] if name == "ATOMIC_GROUP" else []


def _literals(tree: Any) -> Iterator[str]:
    """The runs of literal text, and each character and end of a range in a set."""
    run = ""
    for operation, value in tree:
        name = str(operation)
        if name == "LITERAL":
            run += chr(value)
            continue
        if run:
            yield run
            run = ""
        if name == "NOT_LITERAL":
            yield chr(value)
        elif name == "IN":
            for kind, item in value:
                if str(kind) == "LITERAL":
                    yield chr(item)
                elif str(kind) == "RANGE":
                    yield from map(chr, item)
        for inner in _inner(name, value):
            yield from _literals(inner)
    if run:
        yield run


def _ways(tree: Any) -> int:
    """An upper bound of the ways to match at one place, counted up to just over `WAYS`."""
    ways = 1
    for operation, value in tree:
        name = str(operation)
        if name in _REPEATS:
            ways *= _ways_to_repeat(value[0], value[1], _ways(value[2]))
        elif name == "SUBPATTERN":
            ways *= _ways(value[3])
        elif name == "BRANCH":
            ways *= _ways_to_choose(value[1])
        ways = min(ways, WAYS + 1)
    return ways


def _ways_to_repeat(low: int, high: int, ways: int) -> int:
    if ways == 1:
        return high - low + 1
    term = min(ways ** min(low, 64), WAYS + 1)
    total = 0
    for _ in range(low, high + 1):
        total += term
        term *= ways
        if total > WAYS:
            break
    return total


def _ways_to_choose(branches: list[Any]) -> int:
    """The ways through a choice: the beginnings of all branches that match one text are beginnings of each other."""
    leads = [(_lead(branch), _ways(branch)) for branch in branches]
    return max(sum(ways for lead, ways in leads if longest.startswith(lead)) for longest, _ in leads)


def _lead(branch: Any) -> str:
    """The literal text a branch begins with."""
    lead = ""
    for operation, value in branch:
        if str(operation) != "LITERAL":
            break
        lead += chr(value)
    return lead

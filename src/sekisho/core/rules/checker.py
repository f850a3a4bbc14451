"""The laws a pack must keep that need no judging: names that exist, numbers in range, proofs that are there.

Whether the examples come out as they say is found by running them, in `detection`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

from sekisho.core.rules.engine_classes import ENGINE_CLASSES, ENGINE_GROUPS
from sekisho.core.rules.errors import Problem, did_you_mean, quoted
from sekisho.core.rules.faults import Breach, Fault, locate, of_entry
from sekisho.core.rules.model import Example, Expect, Frame, Label, Pack, Rule, Scope
from sekisho.core.rules.names import LANGUAGES
from sekisho.core.rules.word_laws import class_breaches

REACH_LIMIT = 400
"""Largest `near` and `gap`, in code points."""

PROOFS = 3
"""Examples a rule needs of each of `hit` and `clear`."""

PRIVATE = "_"
"""A class or scope whose id begins so need not be used."""

_OPEN_GAP = Scope("", "", ()).gap
_TECHNIQUES = {f"T{number:02}" for number in range(1, 100)}
_WHAT_AN_EXAMPLE_IS = {
    Expect.HIT: "a text the rule must find, with the `span` that shows it",
    Expect.CLEAR: "a near miss that must stay clear, with `why`",
}


def check_pack(pack: Pack) -> list[Problem]:
    """Every law that `pack` breaks, in order of place; empty when it keeps them all."""
    return locate(_faults(pack))


def check_policy(pack: Pack) -> list[Problem]:
    """The laws that a pack can break which has no words, scopes, frames or rules of its own."""
    return locate(of_entry(pack.place, (), _head_breaches(pack)))


def _faults(pack: Pack) -> Iterator[Fault]:
    names = _names(pack)
    yield from of_entry(pack.place, (), _head_breaches(pack))
    for word_class in pack.classes.values():
        yield from of_entry(word_class.place, (word_class.id,), class_breaches(word_class, pack))
    for scope in pack.scopes.values():
        yield from of_entry(scope.place, (scope.id,), _scope_breaches(scope, names))
    for frame in pack.frames.values():
        yield from of_entry(frame.place, (frame.id,), _frame_breaches(frame, pack, names))
    for rule in pack.rules.values():
        yield from of_entry(rule.place, (), _rule_breaches(rule, pack))
    yield from _unused(pack)


def _names(pack: Pack) -> set[str]:
    """Everything a slot, marker or barrier may name."""
    groups = {group for word_class in pack.classes.values() for group in word_class.groups}
    return {*pack.classes, *groups, *ENGINE_CLASSES, *ENGINE_GROUPS}


def _head_breaches(pack: Pack) -> Iterator[Breach]:
    for label in Label:
        if label not in pack.table:
            yield ("table",), f"label `{label}` has no row in the table", f"write `[table.{label}]`"
    yield from _unsaid("title", pack.title)
    yield from _unknown("default_unless", pack.default_unless, pack.scopes, "a scope")
    yield from _unknown("always_unless", pack.always_unless, pack.scopes, "a scope")


def _scope_breaches(scope: Scope, names: set[str]) -> Iterator[Breach]:
    if not scope.markers:
        yield (), f"scope {quoted(scope.id)} has no markers", ""
    for key, listed in (("markers", scope.markers), ("barriers", scope.barriers), ("of", scope.of)):
        yield from _unknown(key, listed, names, "a class or group")
    if not 1 <= scope.gap <= REACH_LIMIT and scope.gap != _OPEN_GAP:
        hint = "left out, the whole reach counts"
        yield ("gap",), f"`gap` must be from 1 to {REACH_LIMIT}, not {scope.gap}", hint


def _frame_breaches(frame: Frame, pack: Pack, names: set[str]) -> Iterator[Breach]:
    if not frame.slots:
        yield (), f"frame {quoted(frame.id)} has no slots", ""
    for index, slot in enumerate(frame.slots):
        for _, message, hint in _unknown("slots", slot.split("|"), names, "a class or group"):
            yield ("slots", index), message, hint
    yield from _unknown("unless", frame.unless or (), pack.scopes, "a scope")
    yield from _unknown("despite", frame.despite, pack.scopes, "a scope")
    if not 1 <= frame.near <= REACH_LIMIT:
        yield ("near",), f"`near` must be from 1 to {REACH_LIMIT}, not {frame.near}", ""
    if not 0 < frame.weight <= 1:
        yield ("weight",), f"`weight` must be more than 0 and at most 1, not {frame.weight:g}", ""


def _unknown(key: str, listed: Iterable[str], known: Collection[str], wanted: str) -> Iterator[Breach]:
    """The names under `key` that are not `known`."""
    for index, name in enumerate(listed):
        if name not in known:
            yield (key, index), f"{quoted(name)} in `{key}` is not {wanted}", did_you_mean(name, known)


def _unsaid(key: str, speech: Mapping[str, str]) -> Iterator[Breach]:
    for language in LANGUAGES:
        if not speech.get(language, "").strip():
            yield (key,), f"`{key}` has no `{language}`", ""


def _rule_breaches(rule: Rule, pack: Pack) -> Iterator[Breach]:
    if not rule.frames and not rule.when:
        yield ("frames",), f"rule {quoted(rule.id)} has no frames", ""
    yield from _unknown("frames", rule.frames, pack.frames, "a frame")
    for index, technique in enumerate(rule.techniques):
        if technique not in _TECHNIQUES:
            yield ("techniques", index), f"{quoted(technique)} is not a technique", "write it as `T07`"
    yield from _unsaid("title", rule.title)
    yield from _unsaid("what", rule.what)
    yield from _unsaid("why", rule.why)
    yield from _unsaid("instead", rule.instead)
    yield from _unsaid("misses", rule.misses)
    counts = Counter(example.expect for example in rule.examples)
    for expect, hint in _WHAT_AN_EXAMPLE_IS.items():
        if counts[expect] < PROOFS:
            needed = f"needs {PROOFS} `{expect}` examples and has {counts[expect]}"
            yield ("example",), f"rule {quoted(rule.id)} {needed}", hint
    for index, example in enumerate(rule.examples):
        for path, message, hint in _example_breaches(example) if rule.frames else _bare_breaches(example):
            yield ("example", index, *path), message, hint


def _bare_breaches(example: Example) -> Iterator[Breach]:
    """Of an example of a rule without frames: the facts are all there is to find."""
    if example.span:
        yield ("span",), "a rule without frames shows no `span`", "leave it out"
    if example.expect is not Expect.HIT and not example.why:
        yield (), f"a `{example.expect}` example needs a `why`", ""


def _example_breaches(example: Example) -> Iterator[Breach]:
    if not example.text:
        yield (), "`text` is missing", 'write `text = "…"`'
    if example.expect is Expect.HIT and not example.span:
        yield (), "a `hit` example needs a `span`", "copy from `text` the part that shows the act"
    elif example.expect is Expect.CLEAR and example.span:
        yield ("span",), "a `clear` example has no `span`", "nothing is found in it"
    elif example.span not in example.text:
        yield ("span",), f"`span` {quoted(example.span)} does not stand in `text`", "copy it from there"
    if example.expect is not Expect.HIT and not example.why:
        yield (), f"a `{example.expect}` example needs a `why`", ""


def _unused(pack: Pack) -> Iterator[Fault]:
    """Classes, scopes and frames that take part in nothing: dead weight, or a name mistyped elsewhere."""
    called = {name for frame in pack.frames.values() for slot in frame.slots for name in slot.split("|")}
    for scope in pack.scopes.values():
        called.update(scope.markers, scope.barriers, scope.of)
    hint = f"use it, remove it, or let its id begin with `{PRIVATE}`"
    for word_class in pack.classes.values():
        if not called & {word_class.id, *word_class.groups} and not word_class.id.startswith(PRIVATE):
            message = f"class {quoted(word_class.id)} is used by no frame or scope"
            yield Fault(word_class.place, (word_class.id,), message, hint)
    excusing = {name for frame in pack.frames.values() for name in frame.unless or ()}
    excusing.update(pack.default_unless, pack.always_unless)
    for scope in pack.scopes.values():
        if scope.id not in excusing and not scope.id.startswith(PRIVATE):
            message = f"scope {quoted(scope.id)} is used by no frame"
            yield Fault(scope.place, (scope.id,), message, hint)
    ruled = {name for rule in pack.rules.values() for name in rule.frames}
    for frame in pack.frames.values():
        if frame.id not in ruled and not frame.signals:
            message = f"frame {quoted(frame.id)} is used by no rule"
            yield Fault(frame.place, (frame.id,), message, "name it in a rule, or remove it")

"""Cuts a pack in two for compiling: what judges a single text, and what only the course of a thread can make count.

The second part never slows the first. Nothing is compiled here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sekisho.core.rules.model import Frame, Pack, Scope


def single_part(pack: Pack) -> Pack:
    """`pack` without rules that need facts, and without what only they and signals use."""
    rules = {rule.id: rule for rule in pack.rules.values() if not rule.when}
    course = course_part(pack)
    if course is None:
        return replace(pack, rules=rules)
    used = {name for rule in rules.values() for name in rule.frames}
    frames = {
        frame.id: frame for frame in pack.frames.values() if frame.id in used or frame.id not in course.frames
    }
    needed = _names(frames.values(), pack.scopes.values())
    only_there = {name for name in course.classes if not needed & {name, *pack.classes[name].groups}}
    classes = {name: value for name, value in pack.classes.items() if name not in only_there}
    return replace(pack, rules=rules, frames=frames, classes=classes)


def course_part(pack: Pack) -> Pack | None:
    """The rules of `pack` that need facts, the frames of theirs and of signals, and what these use; None when there are none.

    Its words are looked for as they are written: altered spellings are the single text's affair.
    """
    rules = {rule.id: rule for rule in pack.rules.values() if rule.when}
    used = {name for rule in rules.values() for name in rule.frames}
    frames = {frame.id: frame for frame in pack.frames.values() if frame.id in used or frame.signals}
    if not frames:
        return None
    scopes = [scope for name in _scopes(pack, frames.values()) if (scope := pack.scopes.get(name))]
    needed = _names(frames.values(), scopes)
    classes = {
        value.id: replace(value, evade=False)
        for value in pack.classes.values()
        if needed & {value.id, *value.groups}
    }
    return replace(
        pack, rules=rules, frames=frames, classes=classes, scopes={scope.id: scope for scope in scopes}
    )


def _scopes(pack: Pack, frames: Iterable[Frame]) -> set[str]:
    named = {*pack.default_unless, *pack.always_unless}
    for frame in frames:
        named.update(frame.unless or ())
    return named


def _names(frames: Iterable[Frame], scopes: Iterable[Scope]) -> set[str]:
    """The classes and groups that `frames` and `scopes` name."""
    called = {name for frame in frames for slot in frame.slots for name in slot.split("|")}
    for scope in scopes:
        called.update(scope.markers, scope.barriers, scope.of)
    return called

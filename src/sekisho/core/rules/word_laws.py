"""What a word class may be: its words, exceptions, groups, patterns. Who uses it is the checker's to ask."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from sekisho.core.rules.engine_classes import ENGINE_CLASSES, ENGINE_GROUPS, RESERVED_PREFIX
from sekisho.core.rules.entries import ID_HINT, ID_SHAPE
from sekisho.core.rules.errors import did_you_mean, quoted
from sekisho.core.rules.faults import Breach
from sekisho.core.rules.model import Pack, WordClass
from sekisho.core.rules.pattern_laws import pattern_faults
from sekisho.core.text import fold, fold_kana

WORD_LENGTH = 100
"""Code points a word or a `not_in` text may have."""

_RESERVED = f"ids that begin with `{RESERVED_PREFIX}` are the engine's"


def class_breaches(word_class: WordClass, pack: Pack) -> Iterator[Breach]:
    """Every law that `word_class` breaks by itself or by its names."""
    if word_class.id.startswith(RESERVED_PREFIX):
        hint = "the engine makes it itself" if word_class.id in ENGINE_CLASSES else "choose another prefix"
        yield (), f"{quoted(word_class.id)}: {_RESERVED}", hint
    if not word_class.words and not word_class.patterns:
        yield (), f"class {quoted(word_class.id)} has neither words nor patterns", ""
    yield from _word_breaches(word_class)
    yield from _exception_breaches(word_class)
    for index, group in enumerate(word_class.groups):
        for message, hint in _group_faults(group, pack):
            yield ("groups", index), message, hint
    for index, pattern in enumerate(word_class.patterns):
        for message, hint in pattern_faults(pattern):
            yield ("patterns", index), message, hint


def _word_breaches(word_class: WordClass) -> Iterator[Breach]:
    seen: dict[str, str] = {}
    for index, word in enumerate(word_class.words):
        path = ("words", index)
        reading = _reading(word)
        wrong = _wrong_shape(word, reading)
        if wrong:
            yield path, *wrong
        elif reading in seen:
            first = seen[reading]
            hint = "" if first == word else f"{quoted(first)} reads the same once it is folded"
            yield path, f"word {quoted(word)} is listed twice", hint
        seen.setdefault(reading, word)


def _reading(text: str) -> str:
    """`text` folded, or the beginning of one too long to be anything but refused."""
    return fold(text[: WORD_LENGTH + 1]).text


def _wrong_shape(word: str, reading: str) -> tuple[str, str] | None:
    """Why `word`, which folds to `reading`, cannot be looked for, as (message, hint)."""
    if not reading.strip():
        return "a word is empty", "nothing is left of it once it is folded" if word.strip() else ""
    if word != word.strip():
        return f"word {quoted(word)} begins or ends with a space", "it would have to stand in the text"
    if len(word) > WORD_LENGTH:
        return f"word {quoted(word)} is longer than {WORD_LENGTH} characters", "look for a part of it"
    if len(reading) < 2 and not _tells_alone(word):
        return (
            f"word {quoted(word)} is too short",
            "a word has two characters or more, or is one kanji or picture",
        )
    return None


def _tells_alone(word: str) -> bool:
    """Whether `word` is a single kanji or pictograph: a word by itself, as no letter or kana is."""
    return len(word) == 1 and (
        unicodedata.name(word, "").startswith("CJK ") or unicodedata.category(word) == "So"
    )


def _exception_breaches(word_class: WordClass) -> Iterator[Breach]:
    """A `not_in` text that holds no word of the class takes nothing away: surely not what was meant."""
    readings = [reading for word in word_class.words if (reading := _reading(word).strip())]
    sounds = [fold_kana(reading) for reading in readings]
    patterns = [re.compile(p) for p in word_class.patterns if not any(pattern_faults(p))]
    for index, text in enumerate(word_class.not_in):
        reading = _reading(text)
        path = ("not_in", index)
        if not reading.strip():
            yield path, "a `not_in` text is empty", ""
        elif len(text) > WORD_LENGTH:
            yield path, f"a `not_in` text is longer than {WORD_LENGTH} characters", ""
        elif reading in readings:
            yield path, f"{quoted(text)} is a word of the class too", "it would never count"
        elif not (_holds(fold_kana(reading), sounds) or any(p.search(reading) for p in patterns)):
            hint = "`not_in` lists longer texts inside which a word of the class does not count"
            yield path, f"`not_in` text {quoted(text)} holds no word of the class", hint


def _holds(text: str, parts: list[str]) -> bool:
    return any(part in text for part in parts)


def _group_faults(group: str, pack: Pack) -> Iterator[tuple[str, str]]:
    if group in pack.classes:
        yield f"group {quoted(group)} is also the name of a class", "a slot could mean either; rename one"
    elif group.startswith(RESERVED_PREFIX) and group not in ENGINE_GROUPS:
        yield f"{quoted(group)}: {_RESERVED}", did_you_mean(group, ENGINE_GROUPS)
    elif not ID_SHAPE.fullmatch(group):
        yield f"{quoted(group)} is not an id", ID_HINT

"""Signs that are drawn alike (ベ and べ, 力 and カ, 一 and ー): which was meant, by the script of what stands beside them.

The other sign is taken only where the letter reader itself saw it as possible: nothing is made up, no word is looked up.
Letters and digits (O and 0, l and 1) are left as they were read: an identifier has no neighbours that could tell.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

POSSIBLE = 0.1
"""Least probability of the other sign where a neighbour speaks for it."""
PLAIN = 0.02
"""The same before ー or a small katakana, which no other script has beside it."""


class Script(Enum):
    """As far as twins need it."""

    HIRAGANA = auto()
    KATAKANA = auto()
    KANJI = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Twin:
    """The other sign, both scripts, and which neighbours tell: those before (-1) and after (1)."""

    other: str
    own_scripts: frozenset[Script]
    other_scripts: frozenset[Script]
    told_by: tuple[int, ...]


_KANA = frozenset({Script.HIRAGANA, Script.KATAKANA})
_HIRAGANA, _KATAKANA, _KANJI = (frozenset({one}) for one in (Script.HIRAGANA, Script.KATAKANA, Script.KANJI))
_TABLE: tuple[tuple[str, frozenset[Script], frozenset[Script], tuple[int, ...]], ...] = (
    ("カ力 ロ口 ニ二 エ工 タ夕 ト卜 ハ八 ミ三 オ才 チ千", _KATAKANA, _KANJI, (-1, 1)),
    ("ベべ ペぺ リり", _KATAKANA, _HIRAGANA, (-1, 1)),
    ("ー一", _KANA, _KANJI, (-1,)),  # the long mark follows kana, whatever comes after it
    ("ヘへ", _KATAKANA, frozenset(Script) - _KATAKANA, (1,)),  # へ is a particle after any script
)
TWINS: dict[str, Twin] = {
    sign: Twin(other, own, others, told_by)
    for pairs, first, second, told_by in _TABLE
    for pair in pairs.split()
    for sign, other, own, others in ((pair[0], pair[1], first, second), (pair[1], pair[0], second, first))
}


def script_of(sign: str) -> Script:
    """The script of one sign; ー counts as katakana."""
    if "ァ" <= sign <= "ヺ" or sign == "ー":
        return Script.KATAKANA
    if "ぁ" <= sign <= "ゖ":
        return Script.HIRAGANA
    return Script.KANJI if "一" <= sign <= "鿿" or sign == "々" else Script.OTHER


def settled(signs: Sequence[str], likely: Callable[[int, str], float]) -> str:
    """`signs` as one text, twins decided; `likely(at, other)` is how probable the reader found `other` at that place (0 to 1)."""
    chosen = list(signs)
    for at, sign in enumerate(signs):
        twin = TWINS.get(sign)
        if twin is not None and likely(at, twin.other) >= _needed(chosen, at, twin):
            chosen[at] = twin.other
    return "".join(chosen)


def _needed(signs: Sequence[str], at: int, twin: Twin) -> float:
    """How probable the other sign has to be; more than 1 where its neighbours do not speak for it."""
    beside = [script_of(signs[at + step]) for step in twin.told_by if 0 <= at + step < len(signs)]
    votes = sum(script in twin.other_scripts for script in beside) - sum(script in twin.own_scripts for script in beside)
    if votes <= 0:
        return 2.0
    after = signs[at + 1] if at + 1 < len(signs) else ""
    plain = 1 in twin.told_by and Script.KATAKANA in twin.other_scripts and after in _ONLY_KATAKANA
    return PLAIN if plain else POSSIBLE


_ONLY_KATAKANA = frozenset("ーァィゥェォッャュョヮ")

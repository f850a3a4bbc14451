"""Letters built from what only looks like them: `丨ИЕ` for `LINE`, `電言舌` for `電話`. Kanji among katakana: `kana`."""

from __future__ import annotations

import re
from re import Match

from sekisho.core.text.draft import Draft, Piece, letter_by_letter, whole

_RARE = dict(zip("丨匚乇卄丿乚爪几尸丂丅凵乂丫卂冂ㄥ", "icehjlmnpstuxyanl", strict=True))
_USUAL = dict(zip("乃刀千厶工口尺丁山乙レㄖ回長", "bdfgiorhwzlook", strict=True)) | {"丁": "t"}
_LETTERS = _RARE | _USUAL
RARE_SHAPES = "".join(_RARE)
"""Shapes that hardly ever stand beside a Latin letter in earnest."""

_WORD = re.compile(f"[a-z{''.join(_LETTERS)}]{{3,16}}")

# Left and right half of a kanji typed as two characters. Pairs that are words by themselves (木目, 古月) are left out.
SPLIT_KANJI = {
    "言舌": "話", "言己": "記", "言正": "証", "言炎": "談", "言青": "請", "言忍": "認",
    "金艮": "銀", "金泉": "線", "糸泉": "線", "糸勺": "約", "糸合": "給", "糸吉": "結",
    "糸売": "続", "亻言": "信", "イ言": "信", "亻寸": "付", "イ寸": "付", "亻士": "仕",
    "イ士": "仕", "亻弋": "代", "イ弋": "代", "扌辰": "振", "扌妾": "接", "扌召": "招",
    "扌ム": "払", "才ム": "払", "車云": "転", "女台": "始", "女生": "性", "禾ム": "私",
    "ネ土": "社", "貝反": "販", "貝才": "財", "貝半": "販", "木又": "権", "米斗": "料",
    "弓長": "張", "日寺": "時", "彳寺": "待", "氵肖": "消", "王見": "現", "ヰ寺": "待",
    "辶車": "連", "糸各": "絡", "辶各": "絡",
}  # fmt: skip
_SPLIT = re.compile("|".join(SPLIT_KANJI))
_ADDED = re.compile("(?<=[参追付増])カロ")  # 参カロ, 追カロ


def read_shapes(draft: Draft) -> None:
    """Rewrite split kanji as one, and words of Latin letters in which a kanji or kana stands for a letter."""
    draft.rewrite(_SPLIT, lambda match: whole(match, SPLIT_KANJI[match[0]]))
    draft.rewrite(_ADDED, lambda match: whole(match, "加"))
    draft.rewrite(_WORD, _read_word)


def _read_word(match: Match[str]) -> list[Piece] | None:
    word = match[0]
    if not any(char in _RARE for char in word):
        return None
    return letter_by_letter("".join(_LETTERS.get(char, char) for char in word), match.start())

"""The name of a bank account's holder, in the letters banks keep it in."""

from __future__ import annotations

import re
import unicodedata

from sekisho.market.kernel.problems import Kind, Problem, Row, describe

MOST = 40
_NAME = re.compile(r"[ァ-ヴー0-9A-Z][ァ-ヴー0-9A-Z().,/「」 -]*")
_KANA = re.compile(r"[ァ-ヴ]")
_HIRAGANA = {code: code + 0x60 for code in range(0x3041, 0x3095)}
_OTHERS = str.maketrans({"・": ".", "〜": "ー", "‐": "-", "−": "-", "―": "ー"})
_SMALL = str.maketrans("ァィゥェォッャュョヮ", "アイウエオツヤユヨワ")
_HALF = {ord(unicodedata.normalize("NFKC", chr(code))): chr(code) for code in range(0xFF61, 0xFF9E)} | {
    0x3099: "ﾞ", 0x309A: "ﾟ", ord("ー"): "-",
}  # fmt: skip

describe({
    "bad_holder": Row(Kind.INVALID, "口座名義は、通帳のとおりカタカナ{most}文字以内で入力してください（英数字と().-/も可）。",
                      "Give the holder in katakana, at most {most} characters, as in the bank book."),
})  # fmt: skip


def holder(value: str) -> str:
    """The name in full-width katakana and capital letters; hiragana and half-width are turned. Raises `Problem("bad_holder")`."""
    folded = unicodedata.normalize("NFKC", value[:200]).translate(_HIRAGANA).translate(_OTHERS).upper()
    name = " ".join(folded.split())
    if len(name) > MOST or not _NAME.fullmatch(name) or not _KANA.search(name):
        raise Problem("bad_holder", most=MOST)
    return name


def half_width(name: str) -> str:
    """As banks' files want it: half-width, small letters large, the long mark as a hyphen.

    >>> half_width("カ)ジャパンショップ")
    'ｶ)ｼﾞﾔﾊﾟﾝｼﾖﾂﾌﾟ'
    """
    return unicodedata.normalize("NFD", name.translate(_SMALL)).translate(_HALF)

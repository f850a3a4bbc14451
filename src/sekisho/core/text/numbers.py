"""Amounts written with units -> ASCII digits: `三万五千円` -> `35000円`, `イチマンキュウセン` -> `19000`. Not for digits read
one by one (`digits`).
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from re import Match

from sekisho.core.text.draft import Draft, Piece, whole
from sekisho.core.text.kana import to_hiragana

KANJI_DIGITS = {
    "〇": 0, "零": 0, "一": 1, "壱": 1, "壹": 1, "二": 2, "弐": 2, "貳": 2, "三": 3, "参": 3, "參": 3, "四": 4, "肆": 4, "五": 5,
    "伍": 5, "六": 6, "陸": 6, "七": 7, "漆": 7, "八": 8, "捌": 8, "九": 9, "玖": 9,
}  # fmt: skip
_UNITS = {"十": 10, "拾": 10, "百": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10_000, "萬": 10_000, "億": 100_000_000}
_KANA_DIGITS = {
    "イチ": 1, "イッ": 1, "ニ": 2, "サン": 3, "ヨン": 4, "ゴ": 5, "ロク": 6, "ロッ": 6, "ナナ": 7, "ハチ": 8, "ハッ": 8,
    "キュウ": 9, "キュー": 9,
}  # fmt: skip
_KANA_UNITS = {
    "ジュウ": "十", "ジュー": "十", "ヒャク": "百", "ビャク": "百", "ピャク": "百", "セン": "千", "ゼン": "千",
    "マン": "万", "オク": "億",
}  # fmt: skip

_D, _U = "".join(KANJI_DIGITS), "".join((*_UNITS, *_MYRIADS))
_NUMBER = r"[0-9][0-9,]{0,12}(?:\.[0-9]{1,4})?"
_AMOUNT = re.compile(f"(?<![0-9.,{_D}{_U}])(?:{_NUMBER}|[{_D}十拾百千仟])(?:[{_D}{_U}]|{_NUMBER}){{1,24}}")
_PARTS = re.compile(f"{_NUMBER}|.")


def _kana_amount(digits: dict[str, int], units: dict[str, str], end: str) -> re.Pattern[str]:
    digit, unit = "|".join(digits), "|".join(units)
    return re.compile(f"(?:(?:{digit})?(?:{unit})){{1,8}}(?:{digit})?(?P<yen>{end}|円)?")


_IN_HIRAGANA = {to_hiragana(word): value for word, value in _KANA_DIGITS.items()}
_UNITS_IN_HIRAGANA = {to_hiragana(word): kanji for word, kanji in _KANA_UNITS.items()}
_KATAKANA_AMOUNT = _kana_amount(_KANA_DIGITS, _KANA_UNITS, "エン")
_HIRAGANA_AMOUNT = _kana_amount(_IN_HIRAGANA, _UNITS_IN_HIRAGANA, "えん")
_KANA = {
    **{word: str(value) for words in (_KANA_DIGITS, _IN_HIRAGANA) for word, value in words.items()},
    **_KANA_UNITS,
    **_UNITS_IN_HIRAGANA,
}
_KANA_PARTS = re.compile("|".join(sorted(_KANA, key=len, reverse=True)))


def read_amounts(draft: Draft) -> None:
    """Rewrite amounts in kanji, kana or mixed writing. Plain digits and single characters (`十分`, `千葉`) are left alone."""
    draft.rewrite(_KATAKANA_AMOUNT, _read_kana)
    draft.rewrite(_HIRAGANA_AMOUNT, _read_kana)
    draft.rewrite(_AMOUNT, _read_kanji)


def value_of(amount: str) -> int | None:
    """`3万5千`, `二十一`, `1.5億` -> the whole number; None for what is no number or no whole one. `千` alone is 1000."""
    value = decimal_of(amount)
    return int(value) if value is not None and value == value.to_integral_value() else None


def decimal_of(amount: str) -> Decimal | None:
    """As `value_of`, of parts of a whole too: `0.8` -> 0.8. None for what is no number."""
    total = section = Decimal(0)
    number: Decimal | None = None
    for part in _PARTS.findall(amount):
        if part in KANJI_DIGITS:
            number = (number or Decimal(0)) * 10 + KANJI_DIGITS[part]
        elif part in _UNITS:
            section += (Decimal(1) if number is None else number) * _UNITS[part]
            number = None
        elif part in _MYRIADS:
            sum_here = section + (number or Decimal(0))
            total += (sum_here or Decimal(1)) * _MYRIADS[part]
            section, number = Decimal(0), None
        elif number is not None:
            return None
        else:
            try:
                number = Decimal(part.replace(",", ""))
            except InvalidOperation:
                return None
    return total + section + (number or Decimal(0))


def _read_kanji(match: Match[str]) -> list[Piece] | None:
    if not any(char in _U for char in match[0]):
        return None
    value = value_of(match[0])
    return None if value is None else whole(match, str(value))


def _read_kana(match: Match[str]) -> list[Piece] | None:
    words = _KANA_PARTS.findall(match[0])
    units = sum(not _KANA[word].isdigit() for word in words)
    before = match.string[match.start() - 1 : match.start()]
    first_is_digit = _KANA[words[0]].isdigit()
    if not first_is_digit or "ァ" <= before <= "ー" or (units < 2 and match["yen"] is None):
        return None
    value = value_of("".join(_KANA[word] for word in words))
    return None if value is None else whole(match, f"{value}{'円' if match['yen'] else ''}")

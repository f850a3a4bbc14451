"""How amounts are written: numbers, marks of currency, ranges, open ends. Not what they are paid for, nor whether they are pay."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from sekisho.core.detection.pay.words import CURRENCIES
from sekisho.core.text.numbers import decimal_of

Number = int | float

DIGITS = r"[0-9](?:,?[0-9]){0,14}(?:\.[0-9]{1,4})?"
_KANJI = "〇零一二三四五六七八九壱弐参十拾百千万億"
_NUMBER = rf"(?:{DIGITS}|\.[0-9]{{1,4}}|[{_KANJI}])(?:[{_KANJI}]|(?<=[万千億])[0-9][0-9,]{{0,5}}){{0,12}}"
_MARKS = "|".join(CURRENCIES.values())
_SIGN = r"¥|us\$|\$|€|£|\b(?:usd|eur|gbp|jpy) ?(?=[0-9])"
_ALONE = rf"(?<![0-9.,a-z#_{_KANJI}])"


def _one(n: int) -> str:
    return rf"(?P<sign{n}>{_SIGN})? ?(?P<number{n}>{_NUMBER})(?:(?P<k{n}> ?k\b| grand\b)|(?P<million{n}> ?(?:million|mn|m|bn|billion)\b))? ?(?P<mark{n}>{_MARKS})?"


_BETWEEN = r" ?(?P<join>~|-|から|より|以上、?|to\b|and\b|through\b|or\b) ?"
_MONEY = re.compile(rf"{_ALONE}{_one(1)}(?:{_BETWEEN}{_one(2)})?")
_EUROPEAN = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
_HUNDREDTH = re.compile("cent|¢")
_SCALES = {"千": Decimal(1_000), "万": Decimal(10_000), "億": Decimal(100_000_000)}
_SEN = re.compile(r"(?P<sen>[0-9]{1,2})銭")

OTHER_DOLLARS = re.compile(r" ?(?:cad|aud|nzd|sgd|hkd|mxn|twd)\b")
"""Dollars that are not the four currencies read here."""

TAX = re.compile(
    r" ?(?:\((?:消費税|税|源泉|手数料|vat|tax|plus|incl|excl|before|after)[^)\n]{0,16}\)|(?:消費)?税(?:込み?|別途?|抜き?|引き?)"
    r"|\+ ?(?:消費)?税|(?:(?:plus|incl(?:\.|uding|usive of)?|excl(?:\.|uding)?|before|after) )(?:vat|tax(?:es)?)\b)"
)
_FLOOR_AFTER = re.compile(
    r" ?(?:以上|~(?! ?[0-9])|から(?!の)|より|\+(?! ?[ぁ-んァ-ヶ一-龠])(?! ?(?:bonus|tips?|commission|vat|tax|expenses|benefits))(?![a-z])|スタート|upwards?\b|(?:and|or) (?:up|more|above|over|higher)\b|minimum\b|min\b|at least\b)"
)
_CEILING_AFTER = re.compile(
    r" ?(?:以下|まで|以内|未満|を?上限|が上限|が限度|or less\b|or under\b|maximum\b|max\b|at (?:the )?most\b|tops\b)"
)
_FLOOR_BEFORE = re.compile(
    r"(?:最低(?:でも|額は?|保証額?は?)?|下限(?:は|額)?|少なくとも|at least|at a minimum|minimum(?: of)?|min\.?|from|starting (?:at|from)|starts? (?:at|from)"
    r"|over|above|more than|no less than|upwards of)[ ::]*$"
)
_CEILING_BEFORE = re.compile(
    r"(?:最大(?:で|額は?)?|上限(?:は|額は?|が)?|最高(?:で|額は?)?|マックス|max\.?|maximum(?: of)?|up to|at most|no more than|not more than|under|below|less than"
    r"|not exceeding|as much as|~)[ ::]*$"
)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount or a range in [start, end) of a folded text. `named` tells whether a currency was written."""

    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    currency: str
    named: bool
    myriad: bool
    thousands: bool
    millions: bool


def find_money(text: str, limit: int) -> Iterator[Money]:
    """At most `limit` candidates in order of place; numbers without a currency are among them, marked so. Linear."""
    at = found = 0
    while found < limit and (match := _MONEY.search(text, at)):
        money = _read(match)
        at = max(match.end("number1") if money is None else money.end, match.start() + 1)
        if money is not None:
            found += 1
            yield money


def _read(match: re.Match[str]) -> Money | None:
    low = _value(match, 1)
    if low is None:
        return None
    if match["number2"] and _is_range(match):
        high = _value(match, 2)
        shared = _shared(match, low, high)
        if high is not None and shared <= high:
            return _money(match, shared, high, match.end())
    end = _end_of_first(match)
    value, end = _with_sen(match.string, low, end)
    return _money(match, value, None, end)


def _with_sen(text: str, value: Decimal, end: int) -> tuple[Decimal, int]:
    sen = _SEN.match(text, end)
    return (value + Decimal(sen["sen"]) / 100, sen.end()) if sen else (value, end)


def _end_of_first(match: re.Match[str]) -> int:
    return max(match.end(name) for name in ("number1", "k1", "million1", "mark1"))


def _value(match: re.Match[str], n: int) -> Decimal | None:
    written = match[f"number{n}"]
    if _EUROPEAN.fullmatch(written) and "€" in (match[f"sign{n}"], match[f"mark{n}"]):
        written = written.replace(".", "")
    value = decimal_of("0" + written if written[0] == "." else written)
    if value is None:
        return None
    if match[f"k{n}"]:
        return value * 1_000
    if match[f"million{n}"]:
        return value * 1_000_000
    return value / 100 if _HUNDREDTH.match(match[f"mark{n}"] or "") else value


def _is_range(match: re.Match[str]) -> bool:
    """Whether the second number is the upper end of the first: it names money, or the first did by a sign before it."""
    join, text, end = match["join"], match.string, match.end()
    if join.startswith("以上"):
        return bool(match["mark2"]) and re.match("以下|未満|まで", text[end : end + 2]) is not None
    if join == "and" and not text[: match.start()].rstrip().endswith("between"):
        return False
    if join == "or":
        return False
    if match["mark2"] or match["sign2"]:
        return True
    counted = re.match(r" ?(?:[名人件本枚文字語回日時分歳代年月%]|words?|pages?|min|hours?|years?|days?)", text[end : end + 8])
    if match["mark1"] and match["mark1"] != match["sign1"]:
        return False
    return counted is None or bool(match["sign1"])


def _shared(match: re.Match[str], low: Decimal, high: Decimal | None) -> Decimal:
    """The lower end with the scale of the upper one where it has none of its own: `2~3万` is 20,000 to 30,000."""
    first, second = match["number1"], match["number2"]
    if high is None or match["mark1"] or match["k1"] or not first.replace(",", "").replace(".", "").isdigit():
        return low
    scale = Decimal("1000") if match["k2"] else _SCALES.get(second[-1], Decimal(1))
    return low * scale if low * scale <= high else low


def _money(match: re.Match[str], low: Decimal, high: Decimal | None, end: int) -> Money:
    written = [match["sign1"], match["mark1"]]
    numbers = match["number1"]
    if high is not None:
        written += [match["sign2"], match["mark2"]]
        numbers += match["number2"]
    currency = next((_currency(mark) for mark in written if mark), "")
    thousands = bool(match["k1"] or (high is not None and match["k2"]))
    return Money(
        start=match.start(),
        end=end,
        low=low,
        high=low if high is None else high,
        currency=currency,
        named=bool(currency) and not OTHER_DOLLARS.match(match.string, end),
        myriad="万" in numbers,
        thousands=thousands,
        millions=bool(match["million1"] or (high is not None and match["million2"])),
    )


def _currency(mark: str) -> str:
    return next(name for name, marks in CURRENCIES.items() if re.match(marks, mark.strip()))


def opened(text: str, money: Money, end: int) -> tuple[Decimal | None, Decimal | None, int, int]:
    """(low, high, start, end) of an amount with the words of an open end and of taxes around it, from `end` on."""
    low, high, start = money.low, money.high, money.start
    single = low == high
    for _ in range(3):
        for pattern, bound in ((TAX, ""), (_FLOOR_AFTER, "low"), (_CEILING_AFTER, "high")):
            match = pattern.match(text, end)
            if match is None:
                continue
            end = match.end()
            if single and bound:
                low, high, single = (low, None, False) if bound == "low" else (None, high, False)
    before = text[max(0, start - 16) : start]
    floor, ceiling = _FLOOR_BEFORE.search(before), _CEILING_BEFORE.search(before)
    # Of two readings the longer one is meant: `no less than` is no `less than`.
    if floor and ceiling:
        floor, ceiling = (floor, None) if floor.start() <= ceiling.start() else (None, ceiling)
    if match := floor or ceiling:
        start -= len(before) - match.start()
        if single:
            low, high = (low, None) if floor else (None, high)
    return low, high, start, end


def plain(value: Decimal | None) -> Number | None:
    """A whole number as `int`, any other as `float`."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)

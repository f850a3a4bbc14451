"""Reads the pay a text offers: amount or range, currency, what it is paid per, and how long the work takes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from sekisho.core.detection.pay.claims import is_pay
from sekisho.core.detection.pay.effort import Effort, find_efforts
from sekisho.core.detection.pay.grammar import Money, Number, find_money, opened, plain
from sekisho.core.detection.pay.units import unit_of
from sekisho.core.text import Folded, fold

LIMIT = 64
"""Expressions read of one text."""

CANDIDATES = 4096
"""Numbers looked at in one text, pay or not."""

Ends = tuple[Decimal | None, Decimal | None]

UNITS = ("hour", "day", "week", "month", "item", "character", "word", "page", "minute", "project")


@dataclass(frozen=True, slots=True)
class Pay:
    """Pay offered in [start, end) of the text as given (code points).

    `amount_min` and `amount_max` are in whole units of `currency` (JPY, USD, EUR, GBP), `int` where whole, else `float`; both
    are equal for a plain amount, one is None for an open end (以上, up to). `unit` is one of hour day week month item character
    word page minute project, None when untold. `effort` is minutes of work per `effort_per` ("day", "week" or "item"), told
    anywhere in the text; the lower end of a range; None when untold.
    """

    amount_min: Number | None
    amount_max: Number | None
    currency: str
    unit: str | None
    effort: int | None
    start: int
    end: int
    effort_per: str | None = None


def parse_pay(text: str) -> list[Pay]:
    """The pay that a text offers for the work, in order of place; at most 64 expressions.

    Prices, budgets for other things, targets, turnover, fees, dates, numbers of people and income of others are passed over.
    Linear. Raises `TextTooLong` beyond 1,000,000 code points, `TypeError` for a non-str.
    """
    if not isinstance(text, str):
        raise TypeError(f"text must be a str, not {type(text).__name__}")
    folded = fold(text)
    read = folded.text
    efforts = find_efforts(read)
    found: list[Pay] = []
    for money in find_money(read, CANDIDATES):
        pay = _pay(read, money, efforts)
        if pay is None:
            continue
        if found and (whole := _joined(read, found[-1], pay)):
            found[-1] = whole
            continue
        if len(found) == LIMIT:
            break
        found.append(pay)
    return [_placed(folded, pay) for pay in found]


def _placed(folded: Folded, pay: Pay) -> Pay:
    start, end = folded.span(pay.start, pay.end)
    return replace(pay, start=start, end=end)


def _joined(text: str, first: Pay, second: Pay) -> Pay | None:
    """The range that two plain amounts make with their units said twice: `$50/hr - $75/hr`, `時給1000円~時給1200円`."""
    plain_both = first.amount_min == first.amount_max and second.amount_min == second.amount_max
    if (first.currency, first.unit) != (second.currency, second.unit) or not plain_both or not first.unit:
        return None
    if first.amount_min is None or second.amount_max is None or first.amount_min >= second.amount_max:
        return None
    if not _TO.fullmatch(text[first.end : second.start]):
        return None
    return replace(first, amount_max=second.amount_max, end=second.end)


_TO = re.compile(r" ?(?:-|~|から|to) ?")
_COUNTER = re.compile(
    r" ?(?:[名人件本字語枚回個歩台冊社位代歳年分秒%点部席]|日(?!給|当)|時(?!給)|文字|ワード|フォロ|再生|pv|dl|ダウンロード|登録|ユーザ|km|kg|m2|px|followers|views|words|subscribers|users|downloads)"
)
_BARE = re.compile(r"(?:時給|時間給|日給|日当|週給|月給|月収|月額|固定報酬|文字単価|報酬(?:は|:|額)?|予算(?:は|:)?) ?(?:約|最大|上限|最低)?$")
_LOOSE_MYRIAD = ("hour", "day", "week", "month", "item", "project", "page")


def _pay(text: str, money: Money, efforts: list[Effort]) -> Pay | None:
    if not money.named and _COUNTER.match(text, money.end):
        return None
    low, high, start, end = opened(text, money, money.end)
    unit, start, end = unit_of(text, start, end)
    (low, high), end = _reopened(text, money, (low, high), end)
    if not _is_money(text, money, unit) or not any((low, high)):
        return None
    if (money.millions and not unit) or not is_pay(text, start, end, unit=unit):
        return None
    start += len(text[start:end]) - len(text[start:end].lstrip())
    end = _trimmed(text, start, end)
    effort = _effort(efforts, start, end)
    return Pay(
        amount_min=plain(low),
        amount_max=plain(high),
        currency=money.currency or ("USD" if money.thousands else "JPY"),
        unit=unit or None,
        effort=effort.minutes if effort else None,
        start=start,
        end=end,
        effort_per=effort.per if effort else None,
    )


def _reopened(text: str, money: Money, ends: Ends, end: int) -> tuple[Ends, int]:
    """The open end told after the unit (`500円/件~`, `$20/hr and up`) where none was told before it."""
    if end == money.end or money.low != money.high or ends != (money.low, money.high):
        return ends, end
    low, high, _, end = opened(text, money, end)
    return (low, high), end


def _is_money(text: str, money: Money, unit: str) -> bool:
    if money.named:
        return True
    if money.thousands:
        return bool(unit) or text[: money.start].rstrip().endswith(("pay", "pays", "budget", "budget:"))
    if money.myriad and unit in _LOOSE_MYRIAD:
        return True
    return money.low is not None and money.low >= 10 and _BARE.search(text[max(0, money.start - 12) : money.start]) is not None


def _trimmed(text: str, start: int, end: int) -> int:
    """`end` without white space, stops and brackets that were not opened inside."""
    while end > start and (text[end - 1] in " \n、。,." or (text[end - 1] in ")」』】" and "(" not in text[start:end])):
        end -= 1
    return end


def _effort(efforts: list[Effort], start: int, end: int) -> Effort | None:
    """The effort told nearest to the amount."""
    return min(efforts, key=lambda one: max(one.start - end, start - one.start, 0), default=None)

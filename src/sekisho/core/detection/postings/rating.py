"""Pay held against the pack's going rates: by category, unit and currency, by the time it takes and by how much is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from sekisho.core.detection.pay import Pay
from sekisho.core.detection.pay.effort import Effort
from sekisho.core.detection.postings.policy import Category, Going, PostingPolicy, Rates, Unit
from sekisho.core.detection.postings.verdict import Standing

HOURS_OF_DAYS = {Unit.DAY: 1, Unit.WEEK: 7, Unit.MONTH: 30}
"""Days of work in what pay is per, when the text says how long a day's work is: as many as can be, to be on the safe side."""

WEEKS_OF = {Unit.WEEK: 1.0, Unit.MONTH: 4.35}

AMOUNT_ASKED = (
    (Unit.CHARACTER, 1, re.compile(r"([0-9][0-9,]{0,8}|[0-9]{1,3}(?:\.[0-9])?万) ?(?:文字|字)")),
    (Unit.WORD, 1, re.compile(r"([0-9][0-9,]{0,8})[ -]?(?:words?|ワード|単語|語(?!以内))")),
    (Unit.PAGE, 1, re.compile(r"([0-9][0-9,]{0,5})[ -]?(?:pages?|ページ|頁)")),
    (Unit.MINUTE, 1, re.compile(r"([0-9][0-9,]{0,4})[ -]?(?:minutes?|mins?|分)(?:間)?(?: of (?:audio|video))?")),
    (Unit.MINUTE, 60, re.compile(r"([0-9][0-9,]{0,3}) ?(?:hours? of|時間(?:分|の音声|の録音))")),
)
"""How much is asked, as far as a posting counts it, in how many of the unit; the first of each."""

BY_AMOUNT = {
    Unit.CHARACTER: (Category.WRITING, Category.TRANSLATION, Category.VOICE),
    Unit.WORD: (Category.WRITING, Category.TRANSLATION),
    Unit.PAGE: (Category.TRANSLATION, Category.DESIGN, Category.WEB),
    Unit.MINUTE: (Category.TRANSCRIPTION,),
}
"""Categories whose whole is held against the rate of a part."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a posting asks for, in `text` (folded): the frame its pay is seen in."""

    category: Category | None
    unskilled: bool
    efforts: tuple[Effort, ...]
    text: str


def read_asked(text: str, category: Category | None, efforts: list[Effort], policy: PostingPolicy) -> Asked:
    """Whether the work is what anybody can do: one word for it, or two weaker ones, and none for learnt work."""
    simple = len({match[0] for match in policy.simple.finditer(text)})
    enough = 1 if category in policy.simple_categories else 2
    unskilled = bool(policy.unskilled.search(text)) or simple >= enough
    return Asked(category, unskilled and not policy.skilled.search(text), tuple(efforts), text)


def standing(pay: Pay, asked: Asked, policy: PostingPolicy) -> tuple[Standing | None, Going | None]:
    """How pay stands, and the going rate it was held against; None for both where the pack has no rate."""
    rates, factor = _rates(pay.currency, policy)
    if rates is None:
        return None, None
    unit = Unit(pay.unit or Unit.PROJECT)
    own = _row(rates, asked.category or "any", unit)
    row = _row(rates, "unskilled", unit) if asked.unskilled else own
    low, high = (None if amount is None else amount * factor for amount in (pay.amount_min, pay.amount_max))
    if row is None or own is None:
        return None, None
    offered = _offered(low, high, unskilled=asked.unskilled)
    hourly = _hourly(offered, unit, pay, asked)
    group = "unskilled" if asked.unskilled else asked.category or "any"
    hour = _row(rates, group, Unit.HOUR)
    by_time = hourly is not None and hour is not None
    if by_time and hourly is not None and hour is not None and hourly >= hour.absurd and offered >= hour.absurd:
        return Standing.OUT_OF_PROPORTION, row
    if offered >= row.absurd and not (by_time and unit is Unit.ITEM):
        return Standing.OUT_OF_PROPORTION, row
    most = high if high is not None else low
    if most is not None and low != most and pay.amount_max is None:
        return _ordinary(offered, row), row
    if most is not None and _far_below(most, unit, asked, (rates, own, policy)):
        return Standing.FAR_BELOW, own
    return _ordinary(offered, row), row


def _rates(currency: str, policy: PostingPolicy) -> tuple[Rates | None, float]:
    if currency in policy.rates:
        return policy.rates[currency], 1.0
    for rates in policy.rates.values():
        if currency in rates.per:
            return rates, rates.per[currency]
    return None, 1.0


def _row(rates: Rates, group: str, unit: Unit) -> Going | None:
    """The row of a category; days, weeks and months without one are so many of its hours; else that of `any`."""
    for name in (group, "any"):
        if (name, unit) in rates.rows:
            return rates.rows[name, unit]
        hour, hours = rates.rows.get((name, Unit.HOUR)), rates.hours.get(unit)
        if hour is not None and hours is not None:
            return replace(
                hour,
                low=hour.low * hours,
                usual=hour.usual * hours,
                high=hour.high * hours,
                absurd=hour.absurd * hours,
                unit=unit,
            )
    return None


def _offered(low: float | None, high: float | None, *, unskilled: bool) -> float:
    """The amount that counts: what is promised at least, for simple work what is dangled at most."""
    first, second = (high, low) if unskilled else (low, high)
    return next(amount for amount in (first, second, 0.0) if amount is not None)


def _hourly(amount: float, unit: Unit, pay: Pay, asked: Asked) -> float | None:
    """The amount per hour of the work told; None when the text does not tell how long it takes."""
    told = [(pay.effort, pay.effort_per)] if pay.effort else []
    told += [(effort.minutes, effort.per) for effort in asked.efforts]
    for minutes, per in told:
        if minutes is None:
            continue
        times = {
            "day": HOURS_OF_DAYS.get(unit),
            "week": WEEKS_OF.get(unit),
            "item": 1 if unit in (Unit.ITEM, Unit.PROJECT) else None,
        }[per or "day"]
        if times is not None:
            return amount / (minutes / 60 * times)
    return None


def _far_below(most: float, unit: Unit, asked: Asked, told: tuple[Rates, Going, PostingPolicy]) -> bool:
    rates, row, policy = told
    if most < row.floor:
        return True
    if unit not in (Unit.PROJECT, Unit.ITEM):
        return False
    if unit is Unit.PROJECT:
        for size in policy.asked:
            floor = size.floor.get(rates.currency, 0.0)
            if asked.category in size.categories and most < floor and size.words.search(asked.text):
                return True
    return any(
        part is not None and asked.category in BY_AMOUNT[by] and most < part.floor * amount
        for by, amount in _amounts(asked.text)
        if (part := rates.rows.get((asked.category or "any", by)))
    )


def _amounts(text: str) -> list[tuple[Unit, float]]:
    found = []
    for unit, times, pattern in AMOUNT_ASKED:
        match = pattern.search(text)
        if match is not None:
            number = match[1].replace(",", "")
            amount = float(number[:-1]) * 10_000 if number.endswith("万") else float(number)
            found.append((unit, amount * times))
    return found


def _ordinary(amount: float, row: Going) -> Standing:
    if amount < row.low:
        return Standing.BELOW
    return Standing.ABOVE if amount > row.high else Standing.WITHIN

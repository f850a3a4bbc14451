"""Reads amounts of pay in a folded text: how much, per what. Reading only; whether that is too good to be true is the pack's words' business."""

from __future__ import annotations

import re
from dataclasses import dataclass

PAY_TRIGGER = r"[0-9]\s?(?:万|千|百)|[0-9]\s?円|[¥$€£]\s?[0-9]|[0-9]\s?(?:usd|dollars|bucks|k\b|/hr|yen)|[一二三五六七八九十数]十?万|[0-9]桁|(?:hundred|thousand|grand)\b"
"""Fires where a text may name an amount."""


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in [start, end) of the folded text. `value` is in whole units of `currency`; `unit` is what it is paid per ("" if untold)."""

    start: int
    end: int
    value: int
    currency: str
    unit: str


_UNIT_JA = {
    "時": "hour",
    "日": "day",
    "週": "week",
    "月": "month",
    "年": "year",
    "件": "item",
    "本": "item",
    "枚": "item",
    "回": "item",
    "個": "item",
    "字": "character",
}
_UNIT_EN = {"hour": "hour", "hr": "hour", "h": "hour", "day": "day", "daily": "day", "week": "week", "weekly": "week", "wk": "week"}
_UNIT_EN |= {"month": "month", "monthly": "month", "mo": "month", "year": "year", "yr": "year", "page": "item", "video": "item", "task": "item"}

_JA = re.compile(
    r"(?P<before>時給|時間給|1時間|日給|日当|日収|1日|毎日|週給|週に|週|毎週|月給|月収|月額|月商|月に|毎月|ひと月|月|年収|年商|1件|1本|1枚|1回|1個|1文字)?"
    r"[^0-9¥\n。]{0,6}?¥?\s?(?P<number>[0-9][0-9,]{0,11}(?:\.[0-9]{1,2})?|[一二三四五六七八九十百数]{1,4})\s?"
    r"(?P<scale>万|千|百万|百|桁)?(?P<rest>[0-9]{1,4}|[0-9]千)?(?P<yen>\s?円)?"
    r"(?P<after>(?:\s?[/~／]\s?|以上|前後|ほど)?(?:1?時間|日|週|月|年|件|本|枚|回|個|文字|字)(?:あたり)?)?"
)
_EN = re.compile(
    r"(?P<sign>[$€£]|usd\s?|us\$)\s?(?P<number>[0-9][0-9,]{0,11}(?:\.[0-9]{1,2})?)\s?(?P<scale>k\b|grand\b)?\+?"
    r"(?P<unit>\s?(?:/|per|an?|each|every|a)?\s?(?:hour|hr|h|day|daily|week|weekly|wk|month|monthly|mo|year|yr|page|video|task)\b)?"
)
_KANJI = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"十": 10, "百": 100, "数": 3}
_SCALE = {"万": 10_000, "千": 1_000, "百": 100, "百万": 1_000_000}


def find_amounts(text: str, *, limit: int = 64) -> list[Amount]:
    """The first `limit` amounts in `text`, in order. Linear: each pattern looks at a bounded window."""
    found: list[Amount] = []
    for match in _JA.finditer(text):
        amount = _japanese(match)
        if amount is not None:
            found.append(amount)
            if len(found) >= limit:
                return found
    for match in _EN.finditer(text):
        found.append(_english(match))
        if len(found) >= limit:
            break
    return sorted(found, key=lambda amount: amount.start)


def _japanese(match: re.Match[str]) -> Amount | None:
    scale, yen, before, after = match["scale"], match["yen"], match["before"] or "", match["after"] or ""
    if not yen and "¥" not in match.group() and scale not in ("万", "百万", "桁"):
        return None
    number = _number(match["number"])
    if number is None:
        return None
    if scale == "桁":
        value = 10 ** max(int(number) - 1, 0) if number <= 12 else 0
    else:
        value = int(number * _SCALE.get(scale or "", 1))
        rest = match["rest"]
        if rest:
            value += int(rest[:-1]) * 1000 if rest.endswith("千") else int(rest)
    unit = next((u for c, u in _UNIT_JA.items() if c in before), "") or next((u for c, u in _UNIT_JA.items() if c in after), "")
    return Amount(match.start(), match.end(), value, "JPY", unit)


def _english(match: re.Match[str]) -> Amount:
    value = float(match["number"].replace(",", "")) * (1000 if match["scale"] else 1)
    words = re.findall(r"[a-z]+", match["unit"] or "")
    unit = next((_UNIT_EN[word] for word in reversed(words) if word in _UNIT_EN), "")
    return Amount(match.start(), match.end(), int(value), "USD", unit)


def _number(written: str) -> float | None:
    if written[0].isdigit():
        try:
            return float(written.replace(",", ""))
        except ValueError:
            return None
    total = 0
    for char in written:
        value = _KANJI.get(char)
        if value is None:
            return None
        total = total * value if value >= 10 and total else total + value
    return float(total)


HIGH = {
    ("JPY", "hour"): 5_000,
    ("JPY", "day"): 15_000,
    ("JPY", "week"): 70_000,
    ("JPY", "month"): 200_000,
    ("JPY", "year"): 10_000_000,
    ("JPY", "item"): 20_000,
    ("JPY", ""): 100_000,
    ("USD", "hour"): 50,
    ("USD", "day"): 150,
    ("USD", "week"): 700,
    ("USD", "month"): 3_000,
    ("USD", "year"): 100_000,
    ("USD", "item"): 20,
    ("USD", ""): 1_000,
}
"""From where pay for work that anybody can do counts as high; the article's own examples are ¥500,000 a month and ¥30,000 a day."""


def is_high(amount: Amount) -> bool:
    """Whether the amount would be remarkable for simple work."""
    return amount.value >= HIGH.get((amount.currency, amount.unit), 1 << 60)

"""Reads amounts of pay in a folded text: how much, per what.

Whether the work deserves them is the pack's words' business, not decided here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from sekisho.core.detection.pay.words import EN_UNITS, JA_LABELS
from sekisho.core.text.numbers import value_of

PAY_TRIGGER = (
    r"[0-9][ ,]?(?:万|萬|千|百|マソ|マン|まん)|[0-9] ?(?:円|圓|エン|えん|[¥$€£])|[¥$€£] ?[0-9]|[0-9]{5}|[0-9] ?桁"
    r"|[0-9] ?(?:k|usd|usdt|eur|gbp|dollars|bucks|quid|euros?|pounds|grand|yen|rs|rupees)\b"
    r"|\b(?:usd|usdt|eur|gbp|rs) ?[0-9]|[一二三四五六七八九十百千数壱弐参拾][十百千拾阡]?(?:万|萬|千円)|\b(?:hundred|thousand|grand)\b"
)
"""Fires where a text may name an amount."""


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in [start, end) of the folded text. `value` is in whole units of `currency`; `unit` is what it is paid per ("" if untold)."""

    start: int
    end: int
    value: int
    currency: str
    unit: str


class Height(IntEnum):
    """How an amount compares with what work that anybody can do brings."""

    USUAL = 0
    HIGH = 1
    ABSURD = 2


BEFORE, AFTER = 14, 12
"""Code points before and after an amount in which its unit may stand."""

_KANJI = "〇零一二三四五六七八九十百千数何壱弐参肆伍陸漆捌玖拾阡仟"
_TENS = "万|萬|百万|千万|マソ|マン|まん"
_AMOUNT_JA = re.compile(
    r"(?P<yen>[¥金] ?)?"
    rf"(?P<number>[0-9][0-9,〇]{{0,11}}(?:\.[0-9]{{1,2}})?|[{_KANJI}]{{1,6}}) ?"
    rf"(?:(?P<digits>桁)|(?P<scale>{_TENS}|千|百)? ?(?P<rest>[0-9]千|[0-9]{{1,4}}(?=円)|[{_KANJI}]千)?)"
    r" ?(?P<mark>円|圓|エン|えん|¥|yen\b)?"
)
_AMOUNT_EN = re.compile(
    r"(?P<sign>us\$|[$€£]|\b(?:usd|eur|gbp)(?= ?[0-9]))? ?\b(?P<number>[0-9]o{2,4}|[0-9][0-9,]{0,11}(?:\.[0-9]{1,2})?) ?"
    r"(?P<scale>k\b)? ?(?P<name>grand\b|usdt?\b|us dollars?\b|dollars?\b|bucks\b|euros?\b|eur\b|pounds?\b|quid\b|gbp\b|[$€£])?\+?"
)
_NO_MONEY = re.compile(
    r"人|名|件|本|字|文字|枚|回|個|個体|歩|年|pv|フォロ|再生|dl|行|語|ワード|社|台|冊|km|kg|m2"
)
_UNITS_JA = (
    ("hour", re.compile(rf"{JA_LABELS['hour']}|自給")),
    ("day", re.compile(rf"{JA_LABELS['day']}|1曰|毎晩|ひと晩|一晩|1晩|日に|日々|日銭|にっ給|ニッ給|ニッキュウ|日紿")),
    ("week", re.compile(rf"{JA_LABELS['week']}|週$|週末")),
    ("month", re.compile(rf"{JA_LABELS['month']}|月商|ゲツ収|げつ収|初月|先月|月$|月で|月約|月は|月平均")),
    ("year", re.compile(r"年収|年商|年に|年俸|毎年|年間|年$")),
    (
        "item",
        re.compile(
            r"[1一](?:件|本|枚|回|個|通|文|タップ|クリック|再生|人|名|着|セット)|単価|につき|あたり|毎に|ごとに"
        ),
    ),
    ("character", re.compile(r"[1一]?文字|字$")),
)
_WORKED = re.compile(r"(?:1日|一日|1曰|毎日)(?:たった|わずか|約)?[0-9一二三]{1,3}(?:分|時間)[^0-9]{0,6}$")
_UNIT_AFTER_JA = re.compile(
    r"(?:以上|前後|程度|ほど|くらい|ぐらい|超え?|も|を|の|は|が|で|\+|~|〜)?[ (]?(?:/|~|毎|1|一|各)? ?"
    r"(?P<unit>時間|時給|時|日給|日当|日|毎日|週|毎週|月収|月給|月|毎月|年収|年|件|本|枚|回|個|文字|字)(?![0-9後内])(?!間?以内)"
)
_AFTER_JA = {
    "時": "hour", "日": "day", "週": "week", "月": "month", "年": "year", "毎日": "day", "毎週": "week", "毎月": "month",
    "件": "item", "本": "item", "枚": "item", "回": "item", "個": "item", "文": "character", "字": "character",
}  # fmt: skip
_UNIT_EN = re.compile(
    r"[ -]?(?:usd ?)?(?:/|(?:for )?(?:per|each|every) ?[0-9]{0,3}|an?|in an?|for an?|in one|one)? ?"
    r"(?P<unit>hour|hr|h|day|daily|night|evening|week|weekly|wk|month|monthly|mo|year|yr|annually|"
    r"page|video|task|click|like|post|item|review)(?:s|ly)?\b"
)
_BEFORE_EN = re.compile(
    r"(?P<unit>hourly|daily|weekly|monthly|per hour|per day|a day|per week|a week|per month|a month|every day|every week|"
    r"every month|each day|each week|each month)[^0-9.]{0,10}$"
)
_EN = {**EN_UNITS, "yr": "year", "annually": "year", "night": "day", "evening": "day"}
_SCALE = {"千": 1_000, "百": 100, "百万": 1_000_000, "千万": 10_000_000}

HIGH: dict[tuple[str, str], tuple[int, int]] = {
    ("JPY", "hour"): (5_000, 15_000),
    ("JPY", "day"): (15_000, 40_000),
    ("JPY", "week"): (70_000, 150_000),
    ("JPY", "month"): (200_000, 500_000),
    ("JPY", "year"): (8_000_000, 15_000_000),
    ("JPY", "item"): (3_000, 30_000),
    ("JPY", ""): (100_000, 500_000),
    ("USD", "hour"): (60, 150),
    ("USD", "day"): (150, 300),
    ("USD", "week"): (700, 1_500),
    ("USD", "month"): (3_000, 6_000),
    ("USD", "year"): (90_000, 180_000),
    ("USD", "item"): (8, 100),
    ("USD", ""): (1_000, 10_000),
}
"""(currency, unit) -> from where pay for simple work is high, and from where absurd.

The article's own examples are ¥500,000 a month and ¥30,000 a day. Dollars, euros and pounds count alike."""


def find_amounts(text: str, *, limit: int = 64) -> list[Amount]:
    """The first `limit` amounts of money in `text`, in order of place. Linear in its length."""
    found: list[Amount] = []
    for match in _AMOUNT_JA.finditer(text):
        amount = _japanese(match)
        if amount is not None:
            found.append(amount)
            if len(found) >= limit:
                return found
    for match in _AMOUNT_EN.finditer(text):
        amount = _english(match)
        if amount is not None:
            found.append(amount)
            if len(found) >= 2 * limit:
                break
    return sorted(found, key=lambda amount: amount.start)[:limit]


def height_of(amount: Amount) -> Height:
    """How remarkable the amount would be for simple work."""
    bounds = HIGH.get((amount.currency, amount.unit))
    if bounds is None or amount.value < bounds[0]:
        return Height.USUAL
    return Height.ABSURD if amount.value >= bounds[1] else Height.HIGH


def _japanese(match: re.Match[str]) -> Amount | None:
    text, start, end = match.string, match.start(), match.end()
    unit = _unit_before(text[max(0, start - BEFORE) : start]) or _unit_after(text[end : end + AFTER])
    if match["digits"]:
        number = value_of(match["number"])
        told = number is not None and 5 <= number <= 9 and bool(unit)
        return Amount(start, end, 10 ** (number - 1), "JPY", unit) if told and number is not None else None
    scale = match["scale"]
    named = match["mark"] or match["yen"]
    if not named and scale in (None, "千", "百") and not _bare_pay(match, unit):
        return None
    if not named and _NO_MONEY.match(text, end):
        return None
    value = _value(match["number"], scale, match["rest"])
    return None if value is None else Amount(start, end, value, "JPY", unit)


def _bare_pay(match: re.Match[str], unit: str) -> bool:
    """Whether digits without a mark of money are pay: five or more of them right after `日給` or the like."""
    number = match["number"]
    return (
        bool(unit) and number.isdigit() and 5 <= len(number) <= 7 and not match["scale"] and not match["rest"]
    )


def _value(number: str, scale: str | None, rest: str | None) -> int | None:
    if number[0].isdigit():
        try:
            value = float(number.replace(",", "").replace("〇", "0"))
        except ValueError:
            return None
    else:
        read = value_of(number.replace("数", "三").replace("何", "三").replace("阡", "千"))
        if read is None:
            return None
        value = float(read)
    total = int(value * _SCALE.get(scale or "", 1 if scale is None else 10_000))
    if rest:
        more = value_of(rest)
        total += more or 0
    return total


def _unit_before(before: str) -> str:
    """The unit named last before an amount, in the same sentence and with no other amount or stretch of time between."""
    for stop in "\n。!?":
        before = before[before.rfind(stop) + 1 :]
    before = before.rstrip()
    best, unit = -1, ""
    for name, pattern in _UNITS_JA:
        for match in pattern.finditer(before):
            if match.end() > best and not re.match(
                r"[0-9一二三四五六七八九十]{0,3}(?:分|時間)", before[match.end() :]
            ):
                best, unit = match.end(), name
    return unit or ("day" if _WORKED.search(before) else "")


def _unit_after(after: str) -> str:
    match = _UNIT_AFTER_JA.match(after)
    if match is None:
        return ""
    name = match["unit"]
    return _AFTER_JA.get(name) or _AFTER_JA.get(name[0], "")


def _english(match: re.Match[str]) -> Amount | None:
    if not (match["sign"] or match["name"]) or (match["name"] in ("$", "€", "£") and match["sign"]):
        return None
    text, start, end = match.string, match.start(), match.end()
    try:
        value = float(match["number"].replace(",", "").replace("o", "0")) * (
            1000 if match["scale"] or match["name"] == "grand" else 1
        )
    except ValueError:
        return None
    unit = ""
    after = _UNIT_EN.match(text, end)
    if after is not None:
        unit, end = after["unit"], after.end()
    else:
        before = _BEFORE_EN.search(text[max(0, start - 24) : start])
        if before is not None:
            unit = before["unit"].split()[-1]
    unit = _EN.get(unit, unit.removesuffix("ly"))
    if unit not in ("", "hour", "day", "week", "month", "year"):
        unit = "item"
    return Amount(start, end, int(value), "USD", unit)

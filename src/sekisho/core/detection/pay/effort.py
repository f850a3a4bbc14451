"""How long the work takes, as far as a text says so: minutes per day, per week or per item."""

from __future__ import annotations

import re
from dataclasses import dataclass

_N = r"(?P<number>[0-9]{1,4}(?:\.[0-9])?|[一二三四五六七八九十]{1,3})(?: ?(?:~|-|から|to) ?[0-9]{1,4}(?:\.[0-9])?)? ?"
_ABOUT = r"(?:あたり|につき)?[ は、:に(]?(?:たった|わずか|ほんの|約|およそ|平均|実働|合計|最低|最大|所要時間?|作業時間?|目安は?|だいたい|all?)?[ は、:]?(?:約|およそ)?"
_TIME_JA = r"(?P<unit>時間|分)(?P<half>半)?"
_LENGTH = r"(?!\d|[間以]内に|の(?:動画|音声|会議|映像|番組|素材|尺|収録|講義|録音|面談|インタビュー|曲|音源)|(?:単価|あたり|につき)?[^。\n]{0,2}[0-9,.]+ ?円)"
_PATTERNS = (
    ("week", re.compile(rf"(?:1週間?|一週間|毎週|週(?:に|の|あたり)?){_ABOUT}{_N}{_TIME_JA}")),
    ("day", re.compile(rf"(?:1日|一日|毎日|毎晩|日(?=[0-9])|実働|稼働時間は|勤務時間は){_ABOUT}{_N}{_TIME_JA}")),
    ("day", re.compile(rf"日(?:給|当|額)[^。\n]{{0,14}}\((?:実働|休憩除く|1日)?{_N}{_TIME_JA}\)")),
    ("item", re.compile(rf"(?:1|一)(?:件|記事|本|枚|点|回|個|通|セット|投稿|問|ページ){_ABOUT}{_N}{_TIME_JA}{_LENGTH}")),
    ("item", re.compile(rf"(?:所要時間?|作業時間|たった|わずか|ほんの)(?:は|:| )*(?:の|約|およそ)?{_N}{_TIME_JA}")),
    ("item", re.compile(rf"{_N}{_TIME_JA}(?:ほど|程度|くらい)?の?(?:簡単な|かんたんな|軽い)?(?:作業|お?仕事)")),
    ("item", re.compile(rf"{_N}{_TIME_JA}(?:間|ほど|程度)?の?(?:オンライン|グループ|電話|対面)?(?:インタビュー|座談会|取材|ヒアリング|調査|会場調査)")),
    (
        "item",
        re.compile(
            r"\b(?P<number>[0-9]{1,3})[ -](?P<unit>hours?|minutes?|mins?) (?:[a-z]+ ){0,2}(?:interview|session|focus group|study|task|survey)\b"
        ),
    ),
    (
        "",
        re.compile(
            r"\b(?P<number>[0-9]{1,3}(?:\.[0-9])?)(?: ?(?:-|to) ?[0-9]{1,3})?[ -]?(?P<unit>hours?|hrs?|h|minutes?|mins?)\b(?: of (?:your time|work|effort))?"
            r"(?: ?(?:/|an?\b|per\b|each\b|every\b|in an?\b) ?(?P<per>[a-z]{1,12})| (?P<ly>daily|weekly))"
        ),
    ),
)
_EN_PER = {"day": "day", "week": "week", "wk": "week", "night": "day", "evening": "day", "weekday": "day"}
_EN_ITEMS = re.compile(r"(?:article|post|video|item|piece|task|review|design|survey|file|lesson|call|episode|page|listing|one|image)s?")


@dataclass(frozen=True, slots=True)
class Effort:
    """`minutes` of work per "day", "week" or "item", told at `start`."""

    start: int
    minutes: int
    per: str


def find_efforts(text: str, limit: int = 32) -> list[Effort]:
    """The first `limit` of each way of saying it, in order of place. Of a range the lower end is taken. Linear."""
    found: list[Effort] = []
    for per, pattern in _PATTERNS:
        for count, match in enumerate(pattern.finditer(text)):
            if count >= limit:
                break
            effort = _read(match, per)
            if effort is not None:
                found.append(effort)
    return sorted(found, key=lambda effort: effort.start)


def _read(match: re.Match[str], per: str) -> Effort | None:
    if not per:
        word = match["per"] or match["ly"]
        per = {"daily": "day", "weekly": "week"}.get(word) or _EN_PER.get(word, "")
        per = per or ("item" if _EN_ITEMS.fullmatch(word) else "")
    number = _number(match["number"])
    if not per or number is None:
        return None
    hours = match["unit"].startswith(("時", "h"))
    half = 30 if hours and match.groupdict().get("half") else 0
    minutes = round(number * 60) + half if hours else round(number)
    return Effort(match.start(), minutes, per) if minutes > 0 else None


def _number(written: str) -> float | None:
    if written[0].isdigit():
        return float(written)
    from sekisho.core.text.numbers import value_of

    return value_of(written)

"""Makes up marketplace traffic: ordinary messages and postings in Japanese, a few of which steer outside. Seeded, the same everywhere.

Not a corpus and not labelled for accuracy: `steers` only says that a sentence of data/solicitations.toml was mixed in. Sentences and
words stand in data/*.toml, hand-written for this; here they are put together so that hardly two texts are alike.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from unicodedata import normalize

DATA = Path(__file__).parent / "data"
ONE_IN = 25
"""Of so many texts in a row one holds a solicitation: 4 %."""

MESSAGE_LENGTHS = ((20, 45, 0.12), (45, 90, 0.20), (90, 150, 0.29), (150, 230, 0.24), (230, 395, 0.15))
"""(shortest, longest, share) in code points: a median of about 130."""

POSTING_LENGTHS = ((300, 700, 0.4), (700, 1500, 0.4), (1500, 2950, 0.2))

_WIDE = {ord(narrow): ord(narrow) + 0xFEE0 for narrow in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ:!?%/+-()"}
_WIDE_DIGITS = {ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"}
_NARROW = {normalize("NFKC", chr(narrow)): chr(narrow) for narrow in range(0xFF61, 0xFF9E)}
_NARROW_KANA = str.maketrans(
    _NARROW
    | {normalize("NFC", kana + "\u3099"): narrow + "ﾞ" for kana, narrow in _NARROW.items() if kana in "カキクケコサシスセソタチツテトハヒフヘホウ"}
    | {normalize("NFC", kana + "\u309a"): narrow + "ﾟ" for kana, narrow in _NARROW.items() if kana in "ハヒフヘホ"}
)
_TOKEN = re.compile(r"\{(\w+)\}|([(|)])")


@dataclass(frozen=True, slots=True)
class Text:
    """One made-up text in its context; kind, sender and stage as `sekisho.check` takes them."""

    text: str
    kind: str
    sender: str
    stage: str
    steers: bool


class Dice(Random):
    """Choices made from `random()` alone, the one method whose sequence Python promises for all versions."""

    def pick(self, options: Any) -> Any:
        """One of `options`."""
        return options[int(self.random() * len(options))]

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self.random() * (high - low + 1))

    def chance(self, share: float) -> bool:
        """True in `share` of all cases."""
        return self.random() < share


def messages(count: int, seed: int = 1) -> list[Text]:
    """`count` messages of 20 to 400 code points, at most one in twenty steering outside."""
    dice = Dice(seed)
    return [_message(dice, steers) for steers in _steering(count, dice)]


def postings(count: int, seed: int = 1) -> list[Text]:
    """`count` postings of 300 to 3000 code points, at most one in twenty steering outside."""
    dice = Dice(seed)
    return [_posting(dice, steers) for steers in _steering(count, dice)]


def ordinary(count: int, seed: int = 1) -> list[str]:
    """`count` messages none of which steers outside."""
    dice = Dice(seed)
    return [_message(dice, False).text for _ in range(count)]


def _steering(count: int, dice: Dice) -> Iterator[bool]:
    """For every text whether it steers outside: one, at any place, of every full row."""
    for start in range(0, count, ONE_IN):
        row = min(ONE_IN, count - start)
        chosen = dice.between(0, ONE_IN - 1)
        yield from (place == chosen and row == ONE_IN for place in range(row))


@cache
def bank(name: str) -> dict[str, Any]:
    """A file of sentences or words."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def _parsed(template: str) -> list[Any]:
    """A template as strings, ("slot",) tuples and lists of alternatives, which are such lists again."""
    levels: list[list[Any]] = [[[]]]
    at = 0
    for match in _TOKEN.finditer(template):
        levels[-1][-1].append(template[at : match.start()])
        at = match.end()
        if match[1]:
            levels[-1][-1].append((match[1],))
        elif match[2] == "(":
            levels.append([[]])
        elif match[2] == "|":
            levels[-1].append([])
        else:
            choice = levels.pop()
            levels[-1][-1].append(choice)
    levels[-1][-1].append(template[at:])
    return list(levels[0][0])


def expand(template: str, dice: Dice) -> str:
    """A template with every slot filled and every choice made."""
    return "".join(_expanded(_parsed(template), dice))


def _expanded(parts: list[Any], dice: Dice) -> Iterator[str]:
    for part in parts:
        if isinstance(part, str):
            yield part
        elif isinstance(part, tuple):
            yield _fill(part[0], dice)
        else:
            yield from _expanded(dice.pick(part), dice)


def _fill(slot: str, dice: Dice) -> str:
    words = bank("words").get(slot)
    return expand(dice.pick(words), dice) if words else _made_up(slot, dice)


def _made_up(slot: str, dice: Dice) -> str:
    number = dice.between
    match slot:
        case "n":
            return str(number(2, 9))
        case "nn":
            return str(number(10, 60))
        case "mm":
            return f"{number(1, 12):02}"
        case "dd":
            return f"{number(1, 28):02}"
        case "day":
            return str(dice.pick("月火水木金土日"))
        case "date":
            return str(dice.pick("{0}/{1} {0}月{1}日 {1}日 {0}月{1}日".split())).format(number(1, 12), number(1, 28))
        case "time":
            return str(dice.pick("{0}時 {0}:{1}0 {0}時半 午後{2}時 {0}:00".split())).format(number(8, 22), number(0, 5), number(1, 8))
        case "yen":
            return _amount(dice)
        case "chars":
            return str(dice.pick((200, 400, 500, 800, 1000, 1200, 1500, 2000, 3000, 4500)))
        case "rate":
            return str(dice.pick(("0.5", "0.8", "1", "1.0", "1.2", "1.5", "2")))
        case "rate0":
            return str(dice.pick((20, 30, 50, 80, 100, 150, 200, 300, 500)))
        case "size":
            return str(dice.pick("1080×1080px 1200×628px A4 A5縦 B5横 名刺サイズ 1920×1080 300×250 2500×1686px 16:9 縦長（9:16）".split()))
        case "order":
            return str(number(100_000, 99_999_999))
        case "toeic":
            return str(number(100, 190) * 5)
    return _contact(slot, dice)


def _amount(dice: Dice) -> str:
    yen = dice.between(3, 160) * dice.pick((100, 500, 1000))
    form = dice.pick(("{:,}円", "{}円", "¥{:,}", "{:,}円（税込）", "{:,}円"))
    if yen % 1000 == 0 and yen >= 10_000 and dice.chance(0.3):
        return f"{yen / 10_000:g}万円"
    return str(form.format(yen))


def _contact(slot: str, dice: Dice) -> str:
    """A contact that nobody has. An unknown slot is a mistake in the data."""
    name = "".join(dice.pick("abcdefghijklmnopqrstuvwxyz") for _ in range(dice.between(5, 9)))
    match slot:
        case "longid":
            return f"{name}_{dice.pick(('office', 'design', 'work', 'shigoto'))}_tantou_{dice.between(1000, 9999)}"
        case "mail":
            return f"{name}{dice.between(1, 99)}@{dice.pick(('example.com', 'example.co.jp', 'mail.example.jp'))}"
        case "mailword":
            return f"{name} {dice.pick(('あっとまーく', '[at]', '（アットマーク）'))} example {dice.pick(('どっと', '[dot]'))} com"
        case "phone":
            return f"0{dice.pick('789')}0-0{dice.between(100, 999)}-{dice.between(1000, 9999)}"
        case "kana":
            return str(dice.pick("イチ ニ サン ヨン ゴ ロク ナナ ハチ キュウ".split()))
    raise KeyError(f"no words and no rule for the slot {slot!r}")


def _length(dice: Dice, table: tuple[tuple[int, int, float], ...]) -> int:
    place = dice.random()
    for low, high, share in table:
        place -= share
        if place < 0:
            return dice.between(low, high)
    return table[-1][1]


def _solicitation(dice: Dice) -> str:
    sentences = bank("solicitations")
    manner = dice.pick(("plain", "plain", "paraphrased", "obfuscated"))
    return expand(dice.pick(sentences[manner]), dice)


def _message(dice: Dice, steers: bool) -> Text:
    talk = bank("talk")
    target = _length(dice, MESSAGE_LENGTHS)
    sentences = [_solicitation(dice)] if steers else []
    kinds = [dice.pick(_weighted()) for _ in range(dice.between(1, 2))]
    room = target * dice.between(80, 100) / 100
    opening = [expand(dice.pick(talk["frame"]["openings"]), dice)] if target > 60 and dice.chance(0.7) else []
    left = room - sum(map(len, opening + sentences))
    for template in _in_any_order([sentence for kind in dict.fromkeys(kinds) for sentence in talk["kinds"][kind]], dice):
        if left <= 0 and sentences:
            break
        sentence = expand(template, dice)
        sentences.insert(dice.between(0, len(sentences)), sentence)
        left -= len(sentence)
    closing = [expand(dice.pick(talk["frame"]["closings"]), dice)] if target > 45 and dice.chance(0.6) else []
    text = _styled(opening + sentences + closing, dice, talk["frame"]["emoji"])
    while len(text) < 20:
        text += expand(dice.pick(talk["frame"]["closings"]), dice)
    stage = dice.pick(("pre_contract", "pre_contract", "contracted"))
    return Text(text[:400], "message", dice.pick(("client", "worker")), stage, steers)


@cache
def _weighted() -> list[str]:
    """Every kind of talk, as often as its weight says."""
    return [kind for kind, weight in bank("talk")["weights"].items() for _ in range(weight)]


def _in_any_order(options: list[str], dice: Dice) -> Iterator[str]:
    left = list(options)
    while left:
        yield left.pop(int(dice.random() * len(left)))


def _styled(sentences: list[str], dice: Dice, emoji: list[str]) -> str:
    """Sentences joined and written as one person writes: line breaks, width of characters, pictures."""
    gap = dice.pick(("", "", "", "\n", "\n", "\n\n"))
    pictures = dice.chance(0.25)
    parts = []
    for sentence in sentences:
        if pictures and dice.chance(0.4):
            sentence = sentence.rstrip("。") + dice.pick(emoji)
        parts.append(sentence)
    return _in_width(gap.join(parts), dice)


def _in_width(text: str, dice: Dice) -> str:
    habit = dice.random()
    if habit < 0.15:
        return text.translate(_WIDE_DIGITS)
    if habit < 0.22:
        return text.translate(_WIDE)
    if habit < 0.26:
        return text.translate(_NARROW_KANA)
    if habit < 0.34:
        return text.replace("〜", "～").replace("！", "!").replace("？", "?")
    return text


def _posting(dice: Dice, steers: bool) -> Text:
    data = bank("postings")
    target = _length(dice, POSTING_LENGTHS)
    lines = [expand(dice.pick(data["titles"]), dice), expand(dice.pick(data["openings"]), dice)]
    if steers:
        lines.append(_solicitation(dice))
    headings = _in_any_order(data["headings"] * 4, dice)
    items, sentences = _in_any_order(data["lines"] * 4, dice), _in_any_order(data["sentences"] * 6, dice)
    mark = dice.pick(data["bullets"])
    while sum(map(len, lines)) + len(lines) < target:
        lines += ["", next(headings)]
        for place in range(dice.between(1, 5)):
            if dice.chance(0.35):
                lines.append(expand(next(sentences), dice))
            else:
                sign = chr(ord(mark) + place) if mark == "①" else mark
                lines.append((sign if dice.chance(0.85) else "") + expand(next(items), dice))
    lines += ["", dice.pick(data["endings"])]
    return Text(_in_width("\n".join(lines), dice)[:3000], "posting", "client", "pre_contract", steers)

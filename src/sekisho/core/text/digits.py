"""Digits written in kanji, kana or words -> ASCII digits: `〇八〇の〇六三二の一一九四` -> `080-0632-1194`. Amounts: `numbers`."""

from __future__ import annotations

import re
from re import Match

from sekisho.core.text.draft import Draft, Piece, letter_by_letter
from sekisho.core.text.joined import DECORATION, SEPARATORS
from sekisho.core.text.kana import to_hiragana
from sekisho.core.text.numbers import KANJI_DIGITS

_STRONG_KANA = {
    "ゼロ": 0, "イチ": 1, "ニイ": 2, "ニー": 2, "ヨン": 4, "ロク": 6, "ナナ": 7, "シチ": 7, "ハチ": 8, "キュウ": 9, "キュー": 9,
}  # fmt: skip
# Syllables of half the language: digits only in the company of strong ones.
_WEAK_KANA = {"レイ": 0, "マル": 0, "ニ": 2, "サン": 3, "ゴー": 5, "ゴ": 5}
_KANA = {**_STRONG_KANA, **_WEAK_KANA}
_KANA.update({to_hiragana(word): value for word, value in _KANA.items()})
_STRONG = frozenset(_STRONG_KANA) | {to_hiragana(word) for word in _STRONG_KANA}

_ONES = {
    "zero": 0, "oh": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "rei": 0, "ichi": 1, "san": 3, "yon": 4, "roku": 6, "nana": 7, "hachi": 8, "kyuu": 9, "kyu": 9,
}  # fmt: skip
# Syllables of English and romaji: digits only in a long run with others.
_WEAK_ROMAJI = {
    "go": 5, "ni": 2, "maru": 0, "ku": 9, "shichi": 7, "hati": 8, "iti": 1, "siti": 7, "sichi": 7, "shi": 4,
}  # fmt: skip
_TEENS = (
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_TEEN_VALUES = {word: str(10 + i) for i, word in enumerate(_TEENS)}
_TENS_VALUES = {word: str(2 + i) for i, word in enumerate(_TENS)}

_ONES.update(_WEAK_ROMAJI)
_ONE = "|".join(sorted(_ONES, key=len, reverse=True))
_ENGLISH = (
    f"(?:(?:double|triple)[ -](?:{_ONE}|o|[0-9])|(?:{'|'.join(_TENS)})(?:[ -](?:{_ONE}))?|{'|'.join(_TEENS)}"
    f"|(?:{_ONE}) hundred|{_ONE})"
)
_TOKEN = (
    f"(?>[{''.join(KANJI_DIGITS)}○◯]|{'|'.join(sorted(_KANA, key=len, reverse=True))}|[0-9]{{1,8}}"
    f"|(?<![a-z]){_ENGLISH}(?![a-z]))"
)
# What may stand between the groups of one number said aloud: `〇九〇、つぎに〇一五二`, `triple five, then seven-six`.
CONNECTORS = (
    "(?:つぎ[にはが]|次[にはが]|それから|そのあと|その後|しまいに|さいご[にはが]|最後[にはが]|続けて|つづけて|続いて|つづいて"
    "|あとは|後は|そして|and then|then|after that|followed by|finally|lastly)"
)
_CONNECTOR = re.compile(CONNECTORS)
_BETWEEN = f"(?:[ 、,・]{{0,3}}{CONNECTORS}[ 、,]{{0,2}}|[ ・、,.\\-のノー/]{{0,3}})"
_RUN = re.compile(f"(?P<plus>(?<![a-z])plus[ -]?)?{_TOKEN}(?:{_BETWEEN}{_TOKEN}){{1,60}}")
_TOKENS = re.compile(f"({_TOKEN})({_BETWEEN})")
_APART = re.compile(f"(?<![0-9a-z])[0-9](?:[{SEPARATORS}のー]{{1,3}}[0-9]){{5,}}(?![0-9a-z])")
# O and l typed for 0 and 1 in something of the length of a telephone number.
_TYPED = re.compile(r"(?<![a-z0-9])[0-9ol](?:[- ]?[0-9ol]){8,13}(?![a-z0-9])")
_WORD_PARTS = re.compile("[a-z]+|[0-9]")
_REPEATS = {"double": 2, "triple": 3}
_LONG_HYPHENS = frozenset("のノー")
_HYPHENS = _LONG_HYPHENS | {"-"}
_PAUSES = frozenset("、,/")
# `…はちにかけて`, `kyu ni kakete`: the particle behind a number.
_PARTICLES = frozenset(("に", "ニ", "ni"))
_GOES_ON = re.compile("[ぁ-ゖァ-ヺ一-鿿]| [a-z]")
# `080★1234★5678`
_SYMBOLS = f"([{DECORATION}/_=~]{{1,3}})"
_BY_SYMBOLS = re.compile(
    f"(?<![0-9])(0[0-9]{{1,3}}){_SYMBOLS}([0-9]{{2,4}}){_SYMBOLS}([0-9]{{3,4}})(?![0-9])"
)


def read_digits(draft: Draft) -> None:
    """Rewrite runs of three digits or more, one of them no ASCII digit, ASCII digits set apart, `ー` and `の` in numbers."""
    draft.rewrite(_BY_SYMBOLS, _join_groups)
    draft.rewrite(_APART, _join_apart)
    draft.rewrite(_RUN, _read_run)
    draft.rewrite(_TYPED, _read_typed)


def _join_groups(match: Match[str]) -> list[Piece]:
    pieces = letter_by_letter(match[1], match.start(1))
    for sign, group in ((2, 3), (4, 5)):
        pieces.append(Piece("-", *match.span(sign)))
        pieces += letter_by_letter(match[group], match.start(group))
    return pieces


def _join_apart(match: Match[str]) -> list[Piece]:
    pieces = []
    for at, char in enumerate(match[0], match.start()):
        if char.isdigit() or char == "-":
            pieces.append(Piece(char, at, at + 1))
        elif char in "のー":
            pieces.append(Piece("-", at, at + 1))
    return pieces


def _read_typed(match: Match[str]) -> list[Piece] | None:
    digits = sum(char.isdigit() for char in match[0])
    letters = sum(char.isalpha() for char in match[0])
    if not letters or digits < 5 or 2 * letters > 3 * digits or digits + letters < 9:
        return None
    read = match[0].replace("o", "0").replace("l", "1")
    return [Piece(char, at, at + 1) for at, char in enumerate(read, match.start())]


def _value(token: str) -> str:
    if token in KANJI_DIGITS:
        return str(KANJI_DIGITS[token])
    if token in "○◯":
        return "0"
    if token in _KANA:
        return str(_KANA[token])
    if token.isdigit():
        return token
    first, *rest = _WORD_PARTS.findall(token)
    if first in _REPEATS:
        return _value(rest[0] if rest[0] != "o" else "0") * _REPEATS[first]
    if rest == ["hundred"]:
        return f"{_ONES[first]}00"
    if first in _TENS_VALUES:
        return _TENS_VALUES[first] + (str(_ONES[rest[0]]) if rest else "0")
    return _TEEN_VALUES.get(first) or str(_ONES[first])


def _trimmed(tokens: list[Match[str]]) -> list[Match[str]]:
    """Without syllables at the ends that are digits only by accident (`皆さんに〇八〇…`)."""
    if any(token[1] in _STRONG for token in tokens):
        return tokens
    first, last = 0, len(tokens)
    while first < last and tokens[first][1] in _KANA:
        first += 1
    while last > first and tokens[last - 1][1] in _KANA:
        last -= 1
    return tokens[first:last]


def _read_run(match: Match[str]) -> list[Piece] | None:
    tokens = _trimmed(list(_TOKENS.finditer(match[0], len(match["plus"] or ""))))
    if len(tokens) > 3 and tokens[-1][1] in _PARTICLES and _GOES_ON.match(match.string, match.end()):
        tokens.pop()
    if not tokens:
        return None
    values = [_value(token[1]) for token in tokens]
    kana = [token[1] for token in tokens if token[1] in _KANA]
    strong = sum(word in _STRONG for word in kana)
    count = sum(map(len, values))
    connected = _CONNECTOR.search(match[0]) is not None
    if count < 3 or (connected and count < 7):
        return None
    if _plain(tokens) and not connected and not (count >= 9 and _LONG_HYPHENS.intersection(match[0])):
        return None
    if count < 7 and any(token[1] in _WEAK_ROMAJI for token in tokens):
        return None
    if (kana and strong < 2 and count < 7) or (count < 9 and any(token[1] in "○◯" for token in tokens)):
        return None
    # Nothing but zeros is a masked word (`チャ〇〇〇ーク`).
    if _inside_katakana(match, tokens) or not "".join(values).strip("0"):
        return None
    return _pieces(match, tokens, values)


def _plain(tokens: list[Match[str]]) -> bool:
    return all(token[1].isascii() and token[1].isdigit() for token in tokens)


def _inside_katakana(match: Match[str], tokens: list[Match[str]]) -> bool:
    before = match.string[match.start() - 1 : match.start()]
    after = match.string[match.end() : match.end() + 1]
    return ("ァ" <= tokens[0][1][0] <= "ヺ" and "ァ" <= before <= "ー") or (
        "ァ" <= tokens[-1][1][0] <= "ヺ" and "ァ" <= after <= "ー"
    )


def _pieces(match: Match[str], tokens: list[Match[str]], values: list[str]) -> list[Piece]:
    text, at = match[0], match.start()
    pieces = [Piece(char, at + i, at + i + 1) for i, char in enumerate(text[: tokens[0].start()])]
    if match["plus"] and tokens[0].start() == len(match["plus"]):
        pieces = [Piece("+", at, at + len(match["plus"]))]
    for i, (token, value) in enumerate(zip(tokens, values, strict=True)):
        pieces.append(Piece(value, at + token.start(1), at + token.end(1)))
        following = tokens[i + 1][1] if i + 1 < len(tokens) else ""
        separator = (
            _separator(token[2], token[1], following) if following else text[token.end(1) : token.end()]
        )
        if separator:
            pieces.append(Piece(separator, at + token.start(2), at + token.end(2)))
    tail = tokens[-1].end()
    return pieces + [Piece(char, at + i, at + i + 1) for i, char in enumerate(text[tail:], tail)]


def _separator(written: str, before: str, after: str) -> str:
    if not written:
        return ""
    if _CONNECTOR.search(written):
        return "-"
    if before.isdigit() and after.isdigit() and before.isascii() and after.isascii():
        return "-" if written in _HYPHENS else written
    if any(char in _HYPHENS for char in written):
        return "" if before[0].isascii() and before.isalpha() else "-"
    if not written.strip(" ・"):
        return ""
    return "-" if written.strip() in _PAUSES else written

"""Digits and signs written for letters inside words: `t3l3gr4m`, `p@yp@l`, `z∞m`. Numbers and mail addresses are left alone."""

from __future__ import annotations

import re
from re import Match

from sekisho.core.text.draft import Draft, Piece, letter_by_letter

_LETTERS = {
    "0": "o",
    "1": "i",
    "3": "e",
    "4": "a",
    "5": "s",
    "7": "t",
    "@": "a",
    "$": "s",
    "!": "i",
    "|": "l",
    "∞": "oo",
    "€": "e",
    "£": "l",
    "¥": "y",
}
_WORD = re.compile(r"(?<![a-z0-9@$!|∞€£¥.])[a-z0-9@$!|∞€£¥]{3,40}(?![a-z0-9@$!|∞€£¥])")
_INSIDE = re.compile(r"(?<=[a-z])[01345 7@$!|∞€£¥]{1,2}(?=[a-z])".replace(" ", ""))
_ANYWHERE = re.compile(r"(?<=[a-z])[01345 7@$!|∞€£¥]{1,3}".replace(" ", ""))
_FIRST = re.compile(r"[01345 7@$|∞](?=[a-z0-9])".replace(" ", ""))
_LAST = re.compile(r"(?<=[a-z013457@$!€])[01345@$∞]\Z")
_ENDS_IN_L = re.compile("[a-z]{4,12}1")  # `paypa1`
_EUROS = re.compile(r"(?<=[a-z])[€£]{1,3}\Z")
_ADDRESS_TAIL = re.compile(r"[a-z0-9_\-]{0,40}\.[a-z0-9]")
# `O77OO`: letters typed for digits, which is for `digits` to say.
_TYPED_DIGITS = re.compile("[ol0-9]{3,40}")


def read_leet(draft: Draft) -> None:
    """Rewrite words with a digit or sign between letters; at their ends only if there is one inside as well."""
    draft.rewrite(_WORD, _read_word)


def _read_word(match: Match[str]) -> list[Piece] | None:
    word = match[0]
    if _ENDS_IN_L.fullmatch(word):
        return letter_by_letter(f"{word[:-1]}l", match.start())
    inside = list(_INSIDE.finditer(word) if not _EUROS.search(word) else _ANYWHERE.finditer(word))
    letters = sum(char.isalpha() for char in word)
    signs = sum(len(run[0]) for run in inside)
    if not inside or (letters < max(2, signs) and "€" not in word):
        return None
    if _TYPED_DIGITS.fullmatch(word):
        return None
    if "@" in word and _ADDRESS_TAIL.match(match.string, match.end()):
        return None
    places = {at for run in inside for at in range(run.start(), run.end())}
    places.update(edge.start() for edge in (_FIRST.match(word), _LAST.search(word)) if edge)
    return [
        Piece(_letter(word, i) if i in places else char, match.start() + i, match.start() + i + 1)
        for i, char in enumerate(word)
    ]


def _letter(word: str, at: int) -> str:
    # 1 is i or l: before a vowel and at the end it is mostly l (te1egram, s1ack, gmai1), else i (l1ne, d1scord).
    if word[at] == "1" and (at + 1 == len(word) or word[at + 1] in "aeiou34@"):
        return "l"
    return _LETTERS[word[at]]

"""Contacts split over several messages of one side: numbers in pieces, an address cut in two, a name here and its tool there.

Looks at a bounded window, and only when the newest message may hold the last piece. Whether it is allowed is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sekisho.core.detection.acts import GRAVITY, Context
from sekisho.core.detection.identifiers import Kind as Identity
from sekisho.core.detection.identifiers import find_identifiers
from sekisho.core.detection.judge import Judge
from sekisho.core.detection.threads.state import PIECE_POINTS, PIECES, Piece
from sekisho.core.detection.threads.verdict import Part
from sekisho.core.rules.model import Kind, Label, Outcome
from sekisho.core.text import fold, read_deep

TIGHT = 24
"""Code points of a message that may be nothing but a piece."""

BRIEF = 90
"""Code points of a message that may hold a piece among other words."""

_DIGITS = re.compile(r"[0-9]{1,11}(?:[- ][0-9]{2,4}){0,2}")
_COUNTED = re.compile(
    r" ?(?:円|万|千|人|名|件|本|枚|個|文字|字|ページ|頁|点|分|秒|時|日|月|年|週|回|%|割|kb|mb|px|cm|mm|kg|話|章|号|:|/"
    r"|[.,][0-9]|(?:words?|pages?|hours?|hrs?|minutes?|mins?|days?|weeks?|months?|items?|usd|dollars?|yen)\b"
    r"|(?:percent|am|pm|th|st|nd|rd)\b)"
)
_MONEY_BEFORE = re.compile(r"[$€£¥#/] ?$|[.,]$|no\. ?$")
_TELEPHONE = re.compile(r"0[5789]0[0-9]{8}|0[1-9][0-9]{8}")
_NORTH_AMERICAN = ((3, 3, 4), (3, 7), (6, 4), (3, 4))
"""Lengths of the pieces of a number of the North American plan; put in a row, other digits of the work look like one."""
_DOMAIN = re.compile(r"(@|アットマーク|アット)? ?[a-z0-9-]{2,40}(?:\.[a-z0-9-]{2,20}){1,3}")
_PROVIDER = re.compile(
    r"^(?:gmail|googlemail|yahoo|outlook|hotmail|icloud|proton|protonmail|ymail|aol|live|docomo|ezweb|softbank|gmx)\b"
)
_MAY_BE_DOMAIN = re.compile(
    r"[.．。｡] ?[A-Za-zＡ-Ｚａ-ｚ]|[@＠]|ドット|どっと|アット|あっと|\b(?:dot|at)\b", re.IGNORECASE
)
_LOCAL = re.compile(r"[a-z0-9][a-z0-9._+-]{2,40}")
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,30}")
_FILE = re.compile(r"\.(?:jpe?g|png|gif|svg|psd|ai|pdf|docx?|xlsx?|csv|txt|mp[34]|mov|wav|zip|html?|css|js|py|com|jp|net|org)$")
_IN_ADDRESS = re.compile(r"(?:://|www\.|/)[^ ]{0,60}$")


@dataclass(frozen=True, slots=True)
class Completed:
    """A contact put together: its parts, the earliest first, and the tool it belongs to ("" when unknown)."""

    parts: tuple[Part, ...]
    tool: str


@dataclass(frozen=True, slots=True)
class _Token:
    """A stretch of a piece as it reads, with its place in the event."""

    event: int
    start: int
    end: int
    text: str


def remembered(pieces: tuple[Piece, ...], event: int, text: str) -> tuple[Piece, ...]:
    """`pieces` with the end of `text`; the oldest go when there are too many or they are too long."""
    start = max(0, len(text) - PIECE_POINTS)
    kept = [*pieces, Piece(event, start, text[start:])][-PIECES:]
    while sum(len(piece.text) for piece in kept) > PIECE_POINTS and len(kept) > 1:
        kept.pop(0)
    return tuple(kept)


def completed(
    judge: Judge, pieces: tuple[Piece, ...], context: Context, *, named: bool, continues: bool
) -> Completed | None:
    """The contact that the last of `pieces` completes, if it does.

    `named` says that words in it speak of a piece, `continues` that it goes on from an earlier one.
    """
    if len(pieces) < 2 or len(pieces[-1].text) > PIECE_POINTS:
        return None
    return (
        _number(pieces, named=named or continues)
        or _address(pieces, named=named, continues=continues)
        or (_name(pieces) if continues else None)
        or _joined(judge, pieces, context, named=named)
    )


def _readings(piece: Piece) -> Iterator[tuple[str, Callable[[int, int], tuple[int, int]]]]:
    """The piece as it reads, and once more in depth where that differs; each with the way back to the piece."""
    folded = fold(piece.text)
    yield folded.text, folded.span
    deep = read_deep(folded.text)
    if deep is not None and deep.text != folded.text:
        way = deep.span
        yield deep.text, lambda start, end: folded.span(*way(start, end))


def _tokens(piece: Piece, pattern: re.Pattern[str]) -> list[list[_Token]]:
    """The matches of `pattern` in each reading of `piece`."""
    return [
        [
            _Token(piece.event, start + piece.start, end + piece.start, match[0])
            for match in pattern.finditer(text)
            if _may_be_piece(pattern, text, *match.span())
            for start, end in [back(*match.span())]
        ]
        for text, back in _readings(piece)
    ]


def _may_be_piece(pattern: re.Pattern[str], text: str, start: int, end: int) -> bool:
    """Not an amount, a count, a date; not inside a web address."""
    if pattern is _DIGITS:
        return not (_COUNTED.match(text, end) or _MONEY_BEFORE.search(text, max(0, start - 6), start))
    return not _IN_ADDRESS.search(text, max(0, start - 70), start)


def _digits(piece: Piece) -> list[_Token]:
    """The digits of the reading that has most of them."""
    return max(_tokens(piece, _DIGITS), key=lambda found: sum(len(token.text) for token in found))


def _number(pieces: tuple[Piece, ...], *, named: bool) -> Completed | None:
    """Digits of the last messages that, put in a row, are a telephone number."""
    if not named and len(pieces[-1].text) > BRIEF:
        return None
    newest = _digits(pieces[-1])
    if not newest:
        return None
    rows = [*(_digits(piece) for piece in pieces[:-1]), newest]
    said = [token for tokens in rows for token in tokens if len(token.text) >= 2]
    before = [token for token in newest if len(token.text) >= 2]
    # The last piece may belong in front: "put 617 before it".
    for row in (said, [*before, *said[: len(said) - len(before)]]):
        chosen = _telephone_in(row, pieces[-1].event, named=named)
        if chosen:
            return Completed(_parts(pieces, sorted(chosen, key=lambda t: (t.event, t.start))), "phone")
    return None


def _telephone_in(row: list[_Token], last: int, *, named: bool) -> list[_Token]:
    """The neighbours in `row`, one of them of the event `last`, that make a number; empty when none do."""
    for first in range(len(row) - 1):
        for end in range(first + 2, min(len(row), first + PIECES) + 1):
            chosen = row[first:end]
            events = {token.event for token in chosen}
            if last not in events or len(events) < 2:
                continue
            digits = re.sub(r"\D", "", "".join(token.text for token in chosen))
            lengths = tuple(len(token.text) for token in chosen)
            if not _TELEPHONE.fullmatch(digits) and lengths not in _NORTH_AMERICAN:
                continue
            written = "-".join(token.text for token in chosen)
            if (named and lengths == (3, 3, 4)) or _is_number(written, digits):
                return chosen
    return []


def _is_number(written: str, digits: str) -> bool:
    for text in (written, digits, f"+{digits}", f"tel {written}"):
        found, _ = find_identifiers(text)
        if any(one.kind is Identity.PHONE and one.end - one.start >= len(digits) for one in found):
            return True
    return False


def _address(pieces: tuple[Piece, ...], *, named: bool, continues: bool) -> Completed | None:
    """A local part in one message and its domain in another, one of them the newest."""
    last = pieces[-1]
    others = [piece for piece in reversed(pieces[:-1]) if len(piece.text) <= BRIEF]
    if len(last.text) > BRIEF and not named:
        return None
    for host in _domains(last, every=continues):
        for other in others:
            if found := _with_local(pieces, other, host):
                return found
    for other in others:
        for host in _domains(other):
            if found := _with_local(pieces, last, host):
                return found
    return None


def _with_local(pieces: tuple[Piece, ...], piece: Piece, host: _Token) -> Completed | None:
    """The address that `host` makes with the last name in `piece` that can be a local part."""
    domain = host.text.lstrip("@アットマーク ")
    for tokens in _tokens(piece, _LOCAL):
        for local in reversed(tokens):
            text = f"{local.text.rstrip('.')}@{domain}"
            found, _ = find_identifiers(text)
            if any(one.kind is Identity.EMAIL and one.end - one.start == len(text) for one in found):
                chosen = sorted((local, host), key=lambda token: (token.event, token.start))
                return Completed(_parts(pieces, chosen), "email")
    return None


def _domains(piece: Piece, *, every: bool = False) -> Iterator[_Token]:
    """Domains said as the end of an address: after an @, or of a provider of mail; with `every` any."""
    if not _MAY_BE_DOMAIN.search(piece.text):
        return
    for tokens in _tokens(piece, _DOMAIN):
        for token in tokens:
            if every or token.text[0] in "@ア" or _PROVIDER.match(token.text):
                yield token


def _name(pieces: tuple[Piece, ...]) -> Completed | None:
    """An account name of which the newest message gives the rest: Latin letters in both, and not a plain word."""
    last = pieces[-1]
    if len(last.text) > BRIEF:
        return None
    for rest in _names_in(last):
        for other in reversed(pieces[:-1]):
            for first in _names_in(other) if len(other.text) <= BRIEF else ():
                if re.search(r"[0-9_]", first.text + rest.text):
                    return Completed(_parts(pieces, [first, rest]), "")
    return None


def _names_in(piece: Piece) -> list[_Token]:
    """What may be part of an account name, as it is written."""
    return [t for t in _tokens(piece, _NAME)[0] if re.search(r"[a-z]", t.text) and not _FILE.search(t.text)]


def _joined(judge: Judge, pieces: tuple[Piece, ...], context: Context, *, named: bool) -> Completed | None:
    """What the messages give away when they are read as one."""
    last = pieces[-1]
    brief = len(last.text) <= BRIEF
    bare = brief and len(last.text) <= TIGHT
    if not (named or bare or (brief and _mostly_name(last.text))):
        return None
    short = [last]
    for piece in reversed(pieces[:-1]):
        if len(piece.text) > (BRIEF if named or _mostly_name(last.text) else TIGHT):
            break
        short.insert(0, piece)
    if len(short) < 2:
        return None
    tight = all(len(piece.text) <= TIGHT for piece in short)
    for joint in (" ", "") if tight else (" ",):
        found = _read_as_one(judge, short, joint, context, every=tight)
        if found is not None:
            return found
    return None


def _read_as_one(
    judge: Judge, pieces: list[Piece], joint: str, context: Context, *, every: bool
) -> Completed | None:
    text, starts = "", []
    for piece in pieces:
        stripped = piece.text.rstrip("。.!！ \n")
        text += joint if text else ""
        starts.append((len(text), len(stripped)))
        text += stripped
    verdict = judge.judge(
        text, kind=Kind.MESSAGE, sender=context.sender, stage=context.stage, approved_tools=context.approved,
        second_reader=False,
    )  # fmt: skip
    graver = sorted(verdict.findings, key=lambda finding: -GRAVITY[finding.verdict])
    for finding in graver:
        if finding.verdict is Outcome.CLEAR or not (every or finding.label is Label.CONTACT_DISCLOSURE):
            continue
        parts = []
        for piece, (at, length) in zip(pieces, starts, strict=True):
            low, high = max(finding.start, at), min(finding.end, at + length)
            if low < high:
                start = piece.start + low - at
                parts.append(Part(piece.event, start, start + high - low, text[low:high]))
        if len(parts) > 1 and parts[-1].event == pieces[-1].event:
            return Completed(tuple(parts), finding.tool)
    return None


def _mostly_name(text: str) -> bool:
    """Whether a message is little more than something like an account name."""
    names = [match[0] for match in _NAME.finditer(fold(text).text) if any(map(str.isalnum, match[0]))]
    longest = max(map(len, names), default=0)
    return longest >= 4 and longest * 10 >= len(text.strip()) * 4


def _parts(pieces: tuple[Piece, ...], tokens: list[_Token]) -> tuple[Part, ...]:
    by_event = {piece.event: piece for piece in pieces}
    return tuple(
        Part(
            t.event,
            t.start,
            t.end,
            by_event[t.event].text[t.start - by_event[t.event].start : t.end - by_event[t.event].start],
        )
        for t in tokens
    )

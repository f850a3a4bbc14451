"""Finds the form of a pasted chat and reads it. Bounded: every line is looked at once by each form."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from sekisho.interfaces.web.chats.forms import (
    DATE_LINE,
    FORMS,
    FURNITURE,
    MYSELF,
    NO_NAMES,
    TITLE,
    WHEN_LINE,
    Form,
)

LINE_LIMIT = 4_000
"""Code points of a line that a form looks at; a longer one is text."""
MOST_SAID = 1_000
"""Messages of a chat; the newest are kept."""
_NUMBERS = re.compile(r"\d+")
_LATE = re.compile(r"午後|p\.?m", re.IGNORECASE)
_EARLY = re.compile(r"午前|a\.?m", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """One message. `at` is ISO 8601 without a zone, or "" where the day is not told; `told` is the time as it was written."""

    speaker: str
    text: str
    at: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class Chat:
    """A conversation. `speakers` in order of appearance; `owner` is who pasted it, "" where nothing tells.

    `sure` when the form can be mistaken for nothing else. `left_out` counts older messages beyond `MOST_SAID`.
    """

    said: tuple[Said, ...]
    speakers: tuple[str, ...]
    owner: str = ""
    sure: bool = False
    left_out: int = 0


def read_chat(text: str) -> Chat | None:
    """The chat in `text`; None where fewer than two messages can be told apart."""
    lines = (
        text.replace("\r\n", "\n").replace("\r", "\n").replace("\u200e", "").replace("\ufeff", "").split("\n")
    )
    reads = [(form.sure, _read(form, lines)) for form in FORMS]
    sure, read = max([(True, _joined(lines)), *reads], key=lambda one: len(one[1]))
    said = [one for one in read if one.text]
    if len(said) < 2:
        return None
    kept = said[-MOST_SAID:]
    speakers = tuple(dict.fromkeys(one.speaker for one in kept))
    return Chat(tuple(kept), speakers, _owner(lines, speakers), sure, len(said) - len(kept))


def _read(form: Form, lines: Sequence[str]) -> list[Said]:
    """What one form reads; lines it does not know go on with the message before them."""
    said: list[Said] = []
    day = ""
    for line, found in _matched(form, lines):
        dated = DATE_LINE.fullmatch(line) if len(line) <= 40 else None
        if found is not None:
            groups = found.groupdict()
            date = groups.get("date") or ""
            told = " ".join(part for part in (date, groups.get("time") or groups.get("clock")) if part)
            at = _moment(date or day, groups.get("time") or groups.get("clock") or "")
            said.append(Said(groups["name"].strip(), (groups.get("text") or "").strip(), at, told))
        elif dated is not None and not form.opens:
            day = dated["date"]
        elif said and line.strip() and not FURNITURE.fullmatch(line):
            said[-1] = _longer(said[-1], line)
    return [replace(one, text=_unquoted(one.text)) for one in said]


def _matched(form: Form, lines: Sequence[str]) -> Iterator[tuple[str, re.Match[str] | None]]:
    """Each line with its match; a label such as 「報酬：」 is no name."""
    for line in lines:
        found = form.line.fullmatch(line.strip(" 　")) if len(line) <= LINE_LIMIT else None
        if (
            found is not None
            and not form.sure
            and (found["text"].startswith("//") or WHEN_LINE.fullmatch(line.strip()))
        ):
            found = None  # an address, or a time by itself
        yield line, None if found is not None and not form.sure and _is_label(found["name"]) else found


def _is_label(name: str) -> bool:
    folded = name.strip().lower()
    return folded in NO_NAMES or folded.isdigit() or DATE_LINE.fullmatch(folded) is not None


def _joined(lines: Sequence[str]) -> list[Said]:
    """The form of pages: a name alone on a line, a time alone on the next, then the text.

    Without blank lines between the messages a name could be the last line of a text: it counts only where it comes again or
    stands after a blank line.
    """
    places = [n for n in range(len(lines) - 1) if _is_head(lines[n], lines[n + 1])]
    often = Counter(lines[n].strip() for n in places)
    places = [
        n
        for n in places
        if n == 0 or not lines[n - 1].strip() or often[lines[n].strip()] > 1 or n == places[0]
    ]
    said = []
    for n, end in pairwise([*places, len(lines)]):
        found = WHEN_LINE.fullmatch(lines[n + 1].strip())
        assert found is not None
        text = "\n".join(line.strip() for line in lines[n + 2 : end] if not FURNITURE.fullmatch(line)).strip()
        clock = found["time"] or found["clock"] or ""
        said.append(Said(lines[n].strip(), text, _moment(found["date"] or "", clock), lines[n + 1].strip()))
    return said


def _is_head(line: str, below: str) -> bool:
    name = line.strip()
    return (
        0 < len(name) <= 40
        and len(below) <= 40
        and not re.search(r"[:：、。!?！？]", name)
        and not _is_label(name)
        and WHEN_LINE.fullmatch(below.strip()) is not None
    )


def _longer(said: Said, line: str) -> Said:
    return replace(said, text=f"{said.text}\n{line.strip()}" if said.text else line.strip())


def _unquoted(text: str) -> str:
    """LINE puts a message of several lines between quotes."""
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] == '"' and "\n" in text else text


def _owner(lines: Sequence[str], speakers: tuple[str, ...]) -> str:
    """Who pasted it: whoever is called "me", or who is left when the title names the other."""
    for speaker in speakers:
        if speaker.lower() in MYSELF:
            return speaker
    titles = (TITLE.fullmatch(line.strip()) for line in lines[:3])
    other = next((found["ja"] or found["en"] for found in titles if found), "")
    left = [speaker for speaker in speakers if speaker != other]
    return left[0] if other in speakers and len(left) == 1 else ""


def _moment(date: str, clock: str) -> str:
    """ISO 8601 of a full date and a time; "" where the year is not told or nothing fits the calendar."""
    numbers, times = _NUMBERS.findall(date), _NUMBERS.findall(clock)
    if len(numbers) != 3 or len(numbers[0]) != 4 or len(times) < 2:
        return ""
    year, month, day = map(int, numbers)
    hour, minute = int(times[0]), int(times[1])
    if _LATE.search(clock) and hour < 12:
        hour += 12
    elif _EARLY.search(clock) and hour == 12:
        hour = 0
    try:
        return datetime(year, month, day, hour, minute).isoformat(timespec="minutes")  # noqa: DTZ001 - no zone is told
    except ValueError:
        return ""

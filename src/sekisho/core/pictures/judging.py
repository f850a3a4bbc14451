"""A picture judged: every message as its writer's, what one side wrote together, and what its QR codes say."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sekisho.core.detection import Finding, Verdict, check
from sekisho.core.detection.acts import GRAVITY
from sekisho.core.detection.judge import FORCE
from sekisho.core.pictures.bubbles import messages_of
from sekisho.core.pictures.formats import pages_of
from sekisho.core.pictures.model import Box, Code, PictureMessage, Reading, Side
from sekisho.core.pictures.ocr import read_codes, read_lines
from sekisho.core.rules.model import Action, Outcome, Sender
from sekisho.core.text.fold import MAX_CODE_POINTS


@dataclass(frozen=True, slots=True)
class Evidence:
    """A finding and where in the picture it stands: one box for each line it touches."""

    finding: Finding
    page: int
    boxes: tuple[Box, ...]
    side: Side


@dataclass(frozen=True, slots=True)
class PictureVerdict:
    """What a picture is and what is done with it; `reading` is what was read."""

    verdict: Outcome
    action: Action
    evidence: tuple[Evidence, ...]
    reading: Reading
    pack: str
    digest: str
    unsure: tuple[str, ...] = ()


def read_picture(data: bytes) -> Reading:
    """Texts, sides and QR codes of a PNG, JPEG, WebP, HEIC or PDF file. Raises `PictureError`."""
    pages = pages_of(data)
    messages: list[PictureMessage] = []
    codes: list[Code] = []
    for number, page in enumerate(pages):
        messages += messages_of(read_lines(page), page, number)
        codes += read_codes(page, number)
    return Reading(tuple(messages), tuple(codes), tuple(page.size for page in pages))


def check_picture(
    data: bytes,
    *,
    kind: str = "message",
    sender: str = "client",
    viewer: str = "worker",
    stage: str = "pre_contract",
    approved_tools: Iterable[str] = (),
    pack: str | os.PathLike[str] = "standard",
) -> PictureVerdict:
    """Judge a picture. In a chat the right side is the `viewer`'s, the left the other's; where sides cannot be told, `sender`'s.

    Raises `PictureError`, and what `check` raises for wrong context.
    """
    return check_reading(
        read_picture(data), kind=kind, sender=sender, viewer=viewer, stage=stage, approved_tools=approved_tools, pack=pack
    )


def check_reading(
    reading: Reading,
    *,
    kind: str = "message",
    sender: str = "client",
    viewer: str = "worker",
    stage: str = "pre_contract",
    approved_tools: Iterable[str] = (),
    pack: str | os.PathLike[str] = "standard",
) -> PictureVerdict:
    """Judge what `read_picture` read, as `check_picture` does: reading is slow and needs no context, judging is neither."""
    tools = tuple(approved_tools)
    other = {Sender.WORKER: Sender.CLIENT, Sender.CLIENT: Sender.WORKER}
    writer = {Side.NONE: sender, Side.RIGHT: viewer, Side.LEFT: other[Sender(viewer)].value}
    verdicts: list[Verdict] = []
    evidence: list[Evidence] = []
    for group in _groups(reading.messages):
        text, places = _together(group)
        said = check(text, kind=kind, sender=writer[group[0].side], stage=stage, approved_tools=tools, pack=pack)
        verdicts.append(said)
        evidence += _placed(said, group, places)
    for code in reading.codes:
        said = check(code.text[:MAX_CODE_POINTS], kind=kind, sender=sender, stage=stage, approved_tools=tools, pack=pack)
        verdicts.append(said)
        evidence += [Evidence(finding, code.page, (code.box,), Side.NONE) for finding in said.findings]
    return _verdict(verdicts, evidence, reading, pack)


def _groups(messages: Sequence[PictureMessage]) -> list[list[PictureMessage]]:
    """What each side wrote, in order: a contact may be spread over its bubbles."""
    return [group for side in Side if (group := [message for message in messages if message.side is side])]


def _together(group: Sequence[PictureMessage]) -> tuple[str, list[int]]:
    """The texts of a group on lines of their own, and where each begins; no more than can be judged."""
    text, places = "", []
    for message in group:
        if text:
            text += "\n"
        places.append(len(text))
        text += message.text
    return text[:MAX_CODE_POINTS], places


def _placed(said: Verdict, group: Sequence[PictureMessage], places: Sequence[int]) -> list[Evidence]:
    found = []
    for finding in said.findings:
        boxes: list[Box] = []
        page = group[0].page
        for message, start in zip(group, places, strict=True):
            touched = [
                part.line.box for part in message.parts if start + part.start < finding.end and finding.start < start + part.end
            ]
            if touched and not boxes:
                page = message.page
            boxes += touched if message.page == page else []
        found.append(Evidence(finding, page, tuple(boxes), group[0].side))
    return found


def _verdict(
    verdicts: Sequence[Verdict], evidence: Sequence[Evidence], reading: Reading, pack: str | os.PathLike[str]
) -> PictureVerdict:
    if not verdicts:
        verdicts = [check("", pack=pack)]
    outcome = max((one.verdict for one in verdicts), key=GRAVITY.__getitem__)
    action = max((one.action for one in verdicts), key=FORCE.__getitem__)
    unsure = tuple(dict.fromkeys(part for one in verdicts for part in one.unsure))
    return PictureVerdict(outcome, action, tuple(evidence), reading, verdicts[0].pack, verdicts[0].digest, unsure)

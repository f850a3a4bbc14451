"""`sekisho check --file` for a picture: what was read in it, judged, for people or as JSON. Not how it is read."""

from __future__ import annotations

from typing import Any, Final

import click

from sekisho.core.detection import load
from sekisho.core.pictures import Evidence, PictureError, PictureVerdict, Side, check_picture
from sekisho.core.pictures.formats import BYTE_LIMIT
from sekisho.core.pictures.model import Box
from sekisho.core.rules.model import Outcome
from sekisho.interfaces.cli import json_output
from sekisho.interfaces.cli.decoding import read_bytes
from sekisho.interfaces.cli.failures import Failure
from sekisho.interfaces.cli.render import Screen
from sekisho.interfaces.cli.visible import visible

SCHEMA = "sekisho.picture/1"
SIDES: Final = {
    "ja": {Side.LEFT: "左", Side.RIGHT: "右", Side.NONE: ""},
    "en": {Side.LEFT: "left", Side.RIGHT: "right", Side.NONE: ""},
}


def judge_picture(name: str, context: dict[str, Any], lang: str | None) -> Outcome:
    """Judge the picture in the file and show the answer in `lang`, or as JSON when that is None. Raises `Failure`."""
    data = read_bytes(name, BYTE_LIMIT)
    try:
        verdict = check_picture(data, **context)
    except PictureError as error:
        raise Failure(f"picture_{error.code}", f"{name}: {error}", error.hint) from None
    if lang is None:
        click.echo(json_output.line(picture_record(verdict, name)), nl=False)
    else:
        _show(verdict, name, context["pack"], lang)
    return verdict.verdict


def _show(verdict: PictureVerdict, name: str, pack: str, lang: str) -> None:
    screen = Screen(lang)
    screen.line(f"== {visible(name)} ==", "bold")
    screen.head(verdict)
    screen.line("")
    for message in verdict.reading.messages:
        side = SIDES[lang][message.side]
        screen.line(f"  {f'[{side}] ' if side else ''}{visible(message.text)}")
    for code in verdict.reading.codes:
        screen.line(f"  [QR] {visible(code.text)}")
    rules = load(pack).pack.rules
    for number, found in enumerate(verdict.evidence, 1):
        screen.line("")
        screen.finding(number, found.finding, [found.finding.quote], rules.get(found.finding.rule))
    screen.line("")


def picture_record(verdict: PictureVerdict, file: str) -> dict[str, Any]:
    """The machine form of a picture's verdict: boxes in pixels, pages from 0."""
    return {
        "schema": SCHEMA,
        "file": file,
        "verdict": verdict.verdict.value,
        "action": verdict.action.value,
        "pack": verdict.pack,
        "digest": verdict.digest,
        "unsure": list(verdict.unsure),
        "pages": [list(size) for size in verdict.reading.sizes],
        "messages": [
            {"text": message.text, "side": message.side.value, "page": message.page, "box": _box(message.box)}
            for message in verdict.reading.messages
        ],
        "codes": [{"text": code.text, "page": code.page, "box": _box(code.box)} for code in verdict.reading.codes],
        "findings": [_finding(found) for found in verdict.evidence],
    }


def _finding(found: Evidence) -> dict[str, Any]:
    finding = found.finding
    return {
        "rule": finding.rule,
        "label": finding.label.value,
        "verdict": finding.verdict.value,
        "quote": finding.quote,
        "by": finding.by.value,
        "severity": finding.severity.value,
        "confidence": finding.confidence.value,
        "side": found.side.value,
        "page": found.page,
        "boxes": [_box(box) for box in found.boxes],
        "why": dict(finding.reasons),
    }


def _box(box: Box) -> list[int]:
    return [box.left, box.top, box.right, box.bottom]

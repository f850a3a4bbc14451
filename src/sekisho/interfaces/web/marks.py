"""A text with its evidence marked, as pieces a template can escape one by one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple


class Piece(NamedTuple):
    """A stretch of text; `findings` are the numbers (from 1) of those that show it."""

    text: str
    findings: tuple[int, ...]


def marked(text: str, findings: Sequence[Any]) -> list[Piece]:
    """`text` cut where findings (objects or records with start and end) begin and end, in order and without loss."""
    spans = []
    for number, finding in enumerate(findings, 1):
        start, end = (
            (finding.get("start"), finding.get("end"))
            if isinstance(finding, dict)
            else (finding.start, finding.end)
        )
        if start is not None and end is not None:
            spans.append((start, end, number))
    return cut(text, spans)


def cut(text: str, spans: Sequence[tuple[int, int, int]]) -> list[Piece]:
    """`text` cut where spans (start, end, number) begin and end, in order and without loss."""
    cuts = sorted({0, len(text), *(s for s, _, _ in spans), *(e for _, e, _ in spans)})
    pieces: list[Piece] = []
    for start, end in pairwise(cuts):
        here = tuple(dict.fromkeys(n for s, e, n in sorted(spans, key=_number) if s <= start and end <= e))
        if pieces and pieces[-1].findings == here:
            pieces[-1] = Piece(pieces[-1].text + text[start:end], here)
        else:
            pieces.append(Piece(text[start:end], here))
    return pieces


def _number(span: tuple[int, int, int]) -> int:
    return span[2]


def seen_in(judgement: Any) -> dict[str, Any]:
    """For a page that gives a text back to its writer: the text as marked `parts`, and the `findings` to name."""
    findings = [finding for finding in judgement.findings if finding["verdict"] != "clear"]
    return {"parts": marked(judgement.text, findings), "findings": findings, "returned": True}

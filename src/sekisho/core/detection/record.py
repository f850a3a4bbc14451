"""The machine form of a verdict, version `sekisho.verdict/1` (docs/schema/verdict.schema.json): plain values, not yet bytes."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Any

from sekisho.core.detection.verdict import Verdict

SCHEMA = "sekisho.verdict/1"
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class Utf16:
    """Offsets in UTF-16 units (as JavaScript counts) for offsets in code points."""

    def __init__(self, text: str) -> None:
        self._astral = [match.start() for match in _ASTRAL.finditer(text)]

    def offset(self, code_points: int) -> int:
        """The same place in UTF-16 units."""
        return code_points + bisect_left(self._astral, code_points)


def verdict_record(text: str, verdict: Verdict, file: str | None = None) -> dict[str, Any]:
    """The record of a verdict over `text`; `file` is there only when the text came from a file. `why` has all languages."""
    utf16 = Utf16(text)
    record: dict[str, Any] = {"schema": SCHEMA}
    if file is not None:
        record["file"] = file
    record |= {
        "verdict": verdict.verdict.value,
        "action": verdict.action.value,
        "pack": verdict.pack,
        "digest": verdict.digest,
        "unsure": list(verdict.unsure),
    }
    record["findings"] = [
        {
            "rule": f.rule,
            "label": f.label.value,
            "verdict": f.verdict.value,
            **_span(f.start, f.end, utf16),
            "quote": f.quote,
            "severity": f.severity.value,
            "confidence": f.confidence.value,
            "by": f.by.value,
            "risks": [risk.value for risk in f.risks],
            "tool": f.tool,
            "frames": list(f.frames),
            "why": dict(f.reasons),
        }
        for f in verdict.findings
    ]
    record["contacts"] = [
        {
            "kind": c.kind,
            **_span(c.start, c.end, utf16),
            "canonical": c.canonical,
            "tool": c.tool,
            "checked": c.checked,
        }
        for c in verdict.contacts
    ]
    return record


def _span(start: int, end: int, utf16: Utf16) -> dict[str, int]:
    return {"start": start, "end": end, "start_utf16": utf16.offset(start), "end_utf16": utf16.offset(end)}

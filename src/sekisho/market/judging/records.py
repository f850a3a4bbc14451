"""Findings of an event of a deal as plain values: the spans in its own text, and by number what earlier events show."""

from __future__ import annotations

from typing import Any

from sekisho.core.detection.record import Utf16
from sekisho.core.detection.threads.verdict import EventVerdict


def event_findings(verdict: EventVerdict, text: str) -> list[dict[str, Any]]:
    """One record a finding; a finding that no words of this event show has no `start`."""
    utf16 = Utf16(text)
    records = []
    for finding in verdict.findings:
        here = next((part for part in finding.parts if part.event == verdict.index), None)
        span = here and {
            "start": here.start, "end": here.end, "start_utf16": utf16.offset(here.start),
            "end_utf16": utf16.offset(here.end), "quote": here.quote,
        }  # fmt: skip
        records.append({
            "rule": finding.rule, "label": finding.label.value, "verdict": finding.verdict.value, **(span or {}),
            "severity": finding.severity.value, "confidence": finding.confidence.value, "by": finding.by.value,
            "lured": finding.lured, "risks": [risk.value for risk in finding.risks], "tool": finding.tool,
            "why": dict(finding.reasons), "events": sorted({part.event for part in finding.parts}),
        })  # fmt: skip
    return records

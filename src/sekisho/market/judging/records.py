"""Findings of the core as plain values: the spans in a text of its own, and by number what earlier events show."""

from __future__ import annotations

from typing import Any

from sekisho.core.detection.record import Utf16
from sekisho.core.detection.threads.verdict import EventVerdict
from sekisho.core.pictures import PictureVerdict


def event_record(verdict: EventVerdict, text: str, digest: str) -> dict[str, Any]:
    """The record of an event; a finding that no words of it show has no `start`."""
    return {"verdict": verdict.verdict.value, "action": verdict.action.value, "digest": digest,
            "findings": _event_findings(verdict, text), "unsure": list(verdict.unsure)}  # fmt: skip


def _event_findings(verdict: EventVerdict, text: str) -> list[dict[str, Any]]:
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


def picture_record(verdict: PictureVerdict) -> dict[str, Any]:
    """The record of a picture: each finding with its page and a box (left, top, right, bottom in pixels) for each line."""
    findings = []
    for evidence in verdict.evidence:
        finding = evidence.finding
        findings.append({
            "rule": finding.rule, "label": finding.label.value, "verdict": finding.verdict.value, "quote": finding.quote,
            "severity": finding.severity.value, "confidence": finding.confidence.value, "by": finding.by.value,
            "risks": [risk.value for risk in finding.risks], "tool": finding.tool, "why": dict(finding.reasons),
            "page": evidence.page, "side": evidence.side.value,
            "boxes": [[box.left, box.top, box.right, box.bottom] for box in evidence.boxes],
        })  # fmt: skip
    return {"verdict": verdict.verdict.value, "action": verdict.action.value, "digest": verdict.digest,
            "findings": findings, "unsure": list(verdict.unsure)}  # fmt: skip

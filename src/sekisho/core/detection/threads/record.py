"""The machine form of a thread's verdict, version `sekisho.thread/1` (docs/schema/thread.schema.json)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sekisho.core.detection.record import Utf16
from sekisho.core.detection.threads.verdict import EventVerdict, Part, ThreadFinding, ThreadVerdict

SCHEMA = "sekisho.thread/1"


def thread_record(events: Sequence[Mapping[str, Any]], verdict: ThreadVerdict) -> dict[str, Any]:
    """The record of a verdict over `events`; offsets of parts count in the text of their event."""
    return {
        "schema": SCHEMA,
        "verdict": verdict.verdict.value,
        "action": verdict.action.value,
        "stage": verdict.stage.value,
        "approved_tools": list(verdict.approved_tools),
        "pack": verdict.pack,
        "digest": verdict.digest,
        "unsure": list(verdict.unsure),
        "findings": [_finding(finding, events) for finding in verdict.findings],
        "events": [_event(event) for event in verdict.events],
    }


def text_of(event: Mapping[str, Any]) -> str:
    """What the event says: its text, or the purpose of a contact request."""
    return str(event.get("text") or event.get("purpose") or "")


def _finding(finding: ThreadFinding, events: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {
        "event": finding.event,
        "rule": finding.rule,
        "label": finding.label.value,
        "verdict": finding.verdict.value,
        "parts": [_part(part, text_of(events[part.event])) for part in finding.parts],
        "severity": finding.severity.value,
        "confidence": finding.confidence.value,
        "by": finding.by.value,
        "lured": finding.lured,
        "risks": [risk.value for risk in finding.risks],
        "tool": finding.tool,
        "frames": list(finding.frames),
        "why": dict(finding.reasons),
    }


def _part(part: Part, text: str) -> dict[str, Any]:
    utf16 = Utf16(text)
    return {
        "event": part.event,
        "start": part.start,
        "end": part.end,
        "start_utf16": utf16.offset(part.start),
        "end_utf16": utf16.offset(part.end),
        "quote": part.quote,
    }


def _event(event: EventVerdict) -> dict[str, Any]:
    record: dict[str, Any] = {
        "index": event.index,
        "type": event.type.value,
        "verdict": event.verdict.value,
        "action": event.action.value,
        "stage": event.stage.value,
        "approved_tools": list(event.approved_tools),
        "unsure": list(event.unsure),
    }
    return record | {key: value for key, value in (("id", event.id), ("at", event.at)) if value}

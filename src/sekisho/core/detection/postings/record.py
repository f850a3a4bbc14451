"""The machine form of a verdict on a posting, version `sekisho.posting/1` (docs/schema/posting.schema.json)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sekisho.core.detection.postings import PostingContact, PostingFinding, PostingPay, PostingVerdict
from sekisho.core.detection.record import Utf16

SCHEMA = "sekisho.posting/1"


def texts_of(posting: Mapping[str, Any]) -> dict[str, str]:
    """The texts of a posting by field, which spans are counted in."""
    pay = posting.get("pay")
    if isinstance(pay, Mapping):
        pay = pay.get("text")
    given = {"title": posting.get("title"), "body": posting.get("body"), "pay": pay}
    return {field: str(text or "") for field, text in given.items()}


def posting_record(posting: Mapping[str, Any], verdict: PostingVerdict, file: str | None = None) -> dict[str, Any]:
    """The record of a verdict over `posting`; `file` is there only when it came from a file."""
    utf16 = {field: Utf16(text) for field, text in texts_of(posting).items()}
    return {
        "schema": SCHEMA,
        **({} if file is None else {"file": file}),
        "verdict": verdict.verdict.value,
        "action": verdict.action.value,
        "pack": verdict.pack,
        "digest": verdict.digest,
        "unsure": list(verdict.unsure),
        "findings": [_finding(one, utf16) for one in verdict.findings],
        "signs": [sign.value for sign in verdict.signs],
        "pay": [_pay(one, utf16) for one in verdict.pay],
        "pay_implausible": verdict.pay_implausible,
        "pay_too_low": verdict.pay_too_low,
        "vague": verdict.vague,
        "missing": [part.value for part in verdict.missing],
        "contacts": [
            {**_place(one, utf16), "kind": one.kind, "canonical": one.canonical, "tool": one.tool, "checked": one.checked}
            for one in verdict.contacts
        ],
    }


def _place(one: PostingFinding | PostingPay | PostingContact, utf16: Mapping[str, Utf16]) -> dict[str, Any]:
    counted = utf16.get(one.field) or Utf16("")
    return {
        "field": one.field.value,
        "start": one.start,
        "end": one.end,
        "start_utf16": counted.offset(one.start),
        "end_utf16": counted.offset(one.end),
    }


def _finding(finding: PostingFinding, utf16: Mapping[str, Utf16]) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "label": finding.label.value if finding.label else None,
        "verdict": finding.verdict.value,
        **_place(finding, utf16),
        "quote": finding.quote,
        "severity": finding.severity.value,
        "confidence": finding.confidence.value,
        "by": finding.by.value,
        "risks": [risk.value for risk in finding.risks],
        "tool": finding.tool,
        "frames": list(finding.frames),
        "title": dict(finding.title),
        "why": dict(finding.reasons),
        "instead": dict(finding.instead),
    }


def _pay(pay: PostingPay, utf16: Mapping[str, Utf16]) -> dict[str, Any]:
    going = pay.going
    return {
        **_place(pay, utf16),
        "amount_min": pay.amount_min,
        "amount_max": pay.amount_max,
        "currency": pay.currency,
        "unit": pay.unit,
        "effort": pay.effort,
        "effort_per": pay.effort_per,
        "standing": pay.standing.value if pay.standing else None,
        "going": going
        and {
            "low": going.low,
            "usual": going.usual,
            "high": going.high,
            "currency": going.currency,
            "unit": going.unit.value,
            "source": dict(going.source),
            "seen": going.seen,
        },
    }

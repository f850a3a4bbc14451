"""The words in a case, ready for its page: the record with what was found in it, texts outside of any deal, evidence to quote."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sekisho.interfaces.web.marks import marked
from sekisho.market.deals.models import Event
from sekisho.market.jobs.models import Job
from sekisho.market.judging.models import Judgement
from sekisho.market.kernel.problems import Problem
from sekisho.market.messaging.models import Message
from sekisho.market.messaging.reading import Entry
from sekisho.market.safety.models import Case
from sekisho.market.safety.reading import Dossier, deals_of

QUOTE = 500
"""Code points of one quotation."""


def record(dossier: Dossier, case: Case) -> list[dict[str, Any]]:
    """The entries of the shown deal. Only words of whom the case is about can be quoted: hers would tell who she is."""
    if dossier.thread is None:
        return []
    return [_row(entry, dossier, case) for entry in dossier.thread.entries]


def _row(entry: Entry, dossier: Dossier, case: Case) -> dict[str, Any]:
    event, message = entry.event, entry.message
    body = (event.body or {}) if event else {}
    text = message.text if message else str(body.get("text") or body.get("purpose") or body.get("note") or "")
    findings = _found(message.judgement) if message else []
    author = event.author if event else message.author_id if message else None
    about = author == case.subject_id
    kind, pk = ("event", event.id) if event else ("message", message.id if message else None)
    return {
        "kind": kind, "id": pk, "at": event.at if event else message.at if message else None,
        "author": event.author_name if event else message.author.display_name if message else "",
        "type": event.type if event else "message", "said": bool(text), "text": text, "about": about,
        "parts": marked(text, findings), "findings": findings, "reported": pk in dossier.reported,
        "state": entry.state if event is None or entry.state not in ("", "delivered") else "",
        "anyway": bool(message and message.anyway), "erased": event.erased if event else "",
        "quote": f"{kind}:{pk}" if about and text else "", "files": entry.files,
    }  # fmt: skip


def _found(judgement: Judgement) -> list[dict[str, Any]]:
    return [finding for finding in judgement.findings if finding["verdict"] != "clear"]


def _placed(judgement: Judgement) -> list[dict[str, Any]]:
    """Findings with offsets in the whole text: those of a posting count in its title or its body."""
    title = judgement.context.get("posting", {}).get("title", "")
    shift = {"title": 0, "body": len(title) + 1}
    placed = []
    for finding in _found(judgement):
        field, start = finding.get("field"), finding.get("start")
        if field is not None and start is not None:
            by = shift.get(field)
            span = {"start": None, "end": None} if by is None else {"start": start + by, "end": finding["end"] + by}
            finding = finding | span
        placed.append(finding)
    return placed


def sources(case: Case) -> list[dict[str, Any]]:
    """What opened the case outside of any deal and was judged: a job, a profile, an application. Each text once."""
    rows = list(case.sources.exclude(judgement=None).filter(deal=None).order_by("at"))
    judged = Judgement.objects.in_bulk([row.judgement for row in rows if row.judgement])
    found: dict[UUID, dict[str, Any]] = {}
    for row in rows:
        judgement = judged.get(row.judgement) if row.judgement else None
        if judgement is None or judgement.id in found:
            continue
        findings = _placed(judgement)
        job = (
            Job.objects.filter(pk=case.matter, client_id=case.subject_id).first()
            if judgement.kind == "job"
            else None
        )
        found[judgement.id] = {
            "source": row, "parts": marked(judgement.text, findings), "findings": findings,
            "quote": f"judgement:{judgement.id}" if judgement.writer == case.subject_id else "", "job": job,
        }  # fmt: skip
    return list(found.values())


def evidence(case: Case, chosen: Iterable[str]) -> list[dict[str, str]]:
    """References as ticked, each with its words out of the record. Raises `Problem("not_attachable")` for what is not there."""
    deals = [deal.id for deal in deals_of(case)]
    rows = []
    for value in list(dict.fromkeys(chosen))[:50]:
        kind, _, ref = value.partition(":")
        text = _quoted(kind, ref, case, deals)
        if text is None:
            raise Problem("not_attachable")
        rows.append({"kind": kind, "ref": ref, "quote": text[:QUOTE]})
    return rows


def _quoted(kind: str, ref: str, case: Case, deals: list[UUID]) -> str | None:
    try:
        pk = UUID(ref)
    except ValueError:
        return None
    if kind == "event":
        event = (
            Event.objects.filter(pk=pk, deal__in=deals, author_id=case.subject_id)
            .select_related("body")
            .first()
        )
        content = event.body.content if event else {}
        return (
            str(content.get("text") or content.get("purpose") or content.get("note") or "") if event else None
        )
    if kind == "message":
        message = Message.objects.filter(pk=pk, deal__in=deals, author_id=case.subject_id).first()
        return message.text if message else None
    if kind == "judgement" and case.sources.filter(judgement=pk).exists():
        judgement = Judgement.objects.filter(pk=pk, writer=case.subject_id).first()
        return judgement.text if judgement else None
    return None

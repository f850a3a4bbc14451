"""The one door from the market to the core's judgement: every text that enters goes through here."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings

from sekisho.core.detection import check
from sekisho.core.detection.postings import check_posting
from sekisho.core.detection.postings.record import posting_record
from sekisho.core.detection.record import verdict_record
from sekisho.core.detection.threads.verdict import EventVerdict
from sekisho.market.judging.models import Judgement
from sekisho.market.judging.records import event_findings


def pack() -> str:
    """The pack that is live."""
    return settings.SEKISHO_PACK


def judge_text(text: str, *, kind: str, sender: str, subject: UUID | None = None, writer: UUID | None = None,
               stage: str = "pre_contract", approved_tools: tuple[str, ...] = ()) -> Judgement:  # fmt: skip
    """Judge a text that stands by itself (an application, a profile, a file's name) and keep the judgement."""
    verdict = check(text, kind=kind, sender=sender, stage=stage, approved_tools=approved_tools, pack=pack())
    record = verdict_record(text, verdict)
    context = {"sender": sender, "stage": stage, "approved_tools": list(approved_tools)}
    return _kept(record, kind=kind, text=text, subject=subject, writer=writer, context=context)


def judge_posting(
    posting: dict[str, Any], *, subject: UUID | None = None, writer: UUID | None = None
) -> Judgement:
    """Judge a job's title, body, pay and client facts, and keep the judgement with all it says of pay and signs."""
    verdict = check_posting(posting, pack=pack())
    record = posting_record(posting, verdict)
    context = {"posting": posting, **{k: record[k] for k in ("signs", "pay_implausible", "vague", "missing")}}
    text = f"{posting.get('title', '')}\n{posting.get('body', '')}"
    return _kept(record, kind="posting", text=text, subject=subject, writer=writer, context=context)


def keep_event(
    text: str, verdict: EventVerdict, *, kind: str, subject: UUID, writer: UUID | None, digest: str
) -> Judgement:
    """Keep what the core said of an event of a deal; offsets count in `text`, parts of earlier events are named by number."""
    record = {"verdict": verdict.verdict.value, "action": verdict.action.value, "digest": digest,
              "findings": event_findings(verdict, text)}  # fmt: skip
    context = {
        "deal": str(subject),
        "position": verdict.index,
        "stage": verdict.stage.value,
        "approved_tools": list(verdict.approved_tools),
    }
    return _kept(record, kind=kind, text=text, subject=subject, writer=writer, context=context)


def _kept(record: dict[str, Any], **fields: Any) -> Judgement:
    judgement = Judgement(
        pack=pack(), **{k: record[k] for k in ("digest", "verdict", "action", "findings")}, **fields
    )
    judgement.save(force_insert=True)
    return judgement

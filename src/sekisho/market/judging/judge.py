"""The one door from the market to the core's judgement: every text that enters goes through here, and is kept."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sekisho.market.deals.log import Seen
from sekisho.market.judging.asking import Answer, ask
from sekisho.market.judging.judges import judges, pack
from sekisho.market.judging.linking import link
from sekisho.market.judging.models import Judgement
from sekisho.market.judging.records import event_record
from sekisho.market.kernel.outbox import tell

__all__ = ["judge_posting", "judge_text", "keep", "keep_event", "pack"]


def judge_text(text: str, *, kind: str, sender: str, subject: UUID | None = None, writer: UUID | None = None,
               stage: str = "pre_contract", approved_tools: tuple[str, ...] = ()) -> Judgement:  # fmt: skip
    """Judge a text that stands by itself (a profile, a dispute, a file's name) and keep the judgement."""
    context = {"form": "text", "sender": sender, "stage": stage, "approved_tools": list(approved_tools)}
    return keep(None, kind=kind, text=text, context=context, subject=subject, writer=writer)


def judge_posting(
    posting: dict[str, Any], *, subject: UUID | None = None, writer: UUID | None = None
) -> Judgement:
    """Judge a job's title, body, pay and client facts, and keep the judgement with all it says of pay and signs."""
    text = posting_text(posting)
    context = {"form": "posting", "posting": posting}
    by = pack(writer)
    answer = ask("posting", text, context, by)
    context |= {k: answer.record[k] for k in ("signs", "pay_implausible", "vague", "missing")}
    return keep(answer, kind="posting", text=text, context=context, subject=subject, writer=writer, by=by)


def posting_text(posting: dict[str, Any]) -> str:
    """A posting as one text, as it is kept beside its judgement: the title, then the body."""
    return f"{posting.get('title', '')}\n{posting.get('body', '')}"


def keep_event(
    text: str, seen: Seen, *, kind: str, subject: UUID, writer: UUID | None, other: UUID | None = None
) -> Judgement:
    """Keep what the core said of an event of a deal; offsets count in `text`, parts of earlier events are named by number.

    `other` is the other side where `subject` is no deal yet.
    """
    said = seen.said
    context = {
        "form": "event", "deal": str(subject), "position": said.index, "stage": said.stage.value,
        "approved_tools": list(said.approved_tools), "state": seen.before, "event": seen.event,
    }  # fmt: skip
    answer = Answer(event_record(said, text, seen.digest), said.contacts)
    return keep(
        answer, kind=kind, text=text, context=context, subject=subject, writer=writer, other=other, by=seen.pack
    )


def keep(
    answer: Answer | None,
    *,
    kind: str,
    text: str,
    context: dict[str, Any],
    subject: UUID | None,
    writer: UUID | None,
    other: UUID | None = None,
    by: str = "",
) -> Judgement:
    """Store what pack `by` (the one that judges `writer`) said, asking it now when there is no `answer` yet; tell who listens."""
    now = judges()
    by = by or now.of(writer)
    answer = answer or ask(kind, text, context, by)
    on_trial = now.canary if now.canary is not None and by == now.canary.pack != now.live else None
    kept = {name: answer.record[name] for name in ("digest", "verdict", "action", "findings", "unsure")}
    row = Judgement(
        pack=by, canary=on_trial, kind=kind, text=text, context=context, subject=subject, writer=writer, **kept
    )
    row.save(force_insert=True)
    link(row, answer.contacts, other)
    # Beside the live one: a shadow compared with a pack on trial would be compared with neither.
    if now.shadow is not None and on_trial is None:
        tell("judgement.shadowed", judgement=row.id, version=now.shadow.id)
    if row.verdict == "unsure":
        tell("judgement.unsure", judgement=row.id)
    return row

"""Reporting: what somebody tells the house of another, with the record as evidence. The reported side never learns of it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from sekisho.core.guidance.model import Exposed
from sekisho.market.files.models import Upload
from sekisho.market.files.verbs import attach, waiting
from sekisho.market.kernel import clock, fields
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.ids import new_id
from sekisho.market.kernel.outbox import tell
from sekisho.market.kernel.problems import Kind, Problem, Row, describe
from sekisho.market.kernel.verbs import current, verb
from sekisho.market.safety.claims import holds
from sekisho.market.safety.evidence import record
from sekisho.market.safety.folding import fold, settle
from sekisho.market.safety.models import Attachment, Case, Report
from sekisho.market.safety.policy import policy
from sekisho.market.safety.priority import weigh
from sekisho.market.safety.states import REPORT, ReportState
from sekisho.market.safety.subjects import Subject, subject

describe({
    "own_report": Row(Kind.CONFLICT, "ご自身のものは違反報告の対象にできません。", "You cannot report what is your own."),
    "reports_a_day": Row(Kind.TOO_MANY, "1日に送れる違反報告は{most}件までです。急ぎのときは運営へお問い合わせください。",
                         "At most {most} reports a day. If it is urgent, please write to us."),
    "not_attachable": Row(Kind.INVALID, "添付できない記録が含まれています。この取引の記録から選び直してください。",
                          "Something you attached is not in this record. Please choose from the record of this deal."),
    "too_many_attached": Row(Kind.INVALID, "添付できるのは{most}件までです。", "At most {most} things can be attached."),
})  # fmt: skip


@verb("report.file")
def file(
    actor: Actor, thing: None, *, about: str, about_id: UUID, category: str, text: str = "",
    happened_on: date | None = None, events: Sequence[UUID] = (), files: Sequence[UUID] = (), pasted: str = "",
    tool: str = "", answered: bool = False, gave: Sequence[str] = (),
    freeze_asked: bool = False,
) -> Report:  # fmt: skip
    """Tell the house that somebody broke a rule. Stage and means come from the record; nothing she says counts against herself.

    `events`: of the deal's record, attached by reference. `pasted`: a chat from elsewhere (`tool`). `gave`: kinds of what she
    gave away, never the values. A second report of the same matter joins her first. Raises `Problem` not_found, own_report,
    bad_value, reports_a_day, not_attachable, too_many_attached.
    """
    rules, found = policy(), subject(actor, about, about_id)
    _not_too_many(actor)
    kinds = [fields.one_of(kind, "gave", tuple(Exposed)) for kind in dict.fromkeys(gave)]
    first = Report.objects.filter(
        reporter_id=actor.me, subject_id=found.account, matter=found.matter, state=ReportState.RECEIVED
    ).first()
    report = Report(
        id=new_id(), reporter_id=actor.me, subject_id=found.account, about=about, about_id=about_id, deal=found.deal,
        matter=found.matter, category=fields.one_of(category, "category", tuple(rules.categories)), stage=found.stage,
        methods=list(found.labels), text=fields.text(text, "text", rules.text_length, blank=True),
        happened_on=happened_on, answered=answered or bool(kinds), gave=kinds,
        freeze_asked=freeze_asked and found.deal is not None,
    )  # fmt: skip
    REPORT.find(None, "file", current().held)
    report.save(force_insert=True)
    _attach(actor, report, found, events=list(dict.fromkeys(events)), files=list(files), chat=(pasted, tool))
    report.case = _folded(report, found)
    report.merged_into = first
    if first is not None:
        REPORT.move(report, "merge", {"authority"}, case=report.case, merged_into=first, ended_at=clock.now())
    else:
        report.save(update_fields=["case"])
    weigh(report.case)  # what she gave away and how many report him is known only now
    tell("report.received", report=report.id)
    return report


def _not_too_many(actor: Actor) -> None:
    most, since = policy().reports_per_day, clock.now() - timedelta(days=1)
    if Report.objects.filter(reporter_id=actor.me, at__gt=since).count() >= most:
        raise Problem("reports_a_day", most=most)


def _folded(report: Report, found: Subject) -> Case:
    return fold(
        "report", report.id, subject=report.subject_id, matter=report.matter, category=report.category, deal=report.deal,
        judgement=found.judgement.id if found.judgement else None, told_by=report.reporter_id,
    )  # fmt: skip


def _attach(
    actor: Actor, report: Report, found: Subject, *, events: list[UUID], files: list[UUID], chat: tuple[str, str]
) -> None:
    if len(events) + len(files) > policy().attached:
        raise Problem("too_many_attached", most=policy().attached)
    rows = [
        Attachment(report=report, kind=kind, ref=ref, digest=digest)
        for kind, ref, digest in record(actor, report.about, report.about_id, found, events)
    ]
    uploads: list[Upload] = waiting(actor, files, "evidence") if files else []
    rows += [Attachment(report=report, kind="file", ref=u.id, digest=bytes.fromhex(u.sha256)) for u in uploads]
    words = fields.text(chat[0], "pasted", 100_000, blank=True)
    if words:
        tool = fields.line(chat[1], "tool", 40, blank=True)
        rows.append(
            Attachment(report=report, kind="pasted", digest=hashlib.sha256(words.encode()).digest(), text=words, tool=tool)
        )
    for row in rows:
        row.save(force_insert=True)
    if uploads:
        attach(uploads, "report", report.id)


@verb("report.withdraw")
def withdraw(actor: Actor, report: Report) -> Report:
    """Take a report back. What the record itself shows may still be looked at."""
    REPORT.move(report, "withdraw", current().held, ended_at=clock.now())
    for one in [report, *Report.objects.filter(merged_into=report)]:
        settle("report", one.id, "withdrawn")
    tell("report.withdrawn", report=report.id)
    return report


@verb("report.rate")
def rate(actor: Actor, report: Report, *, helped: bool) -> Report:
    """Say whether the house's answer helped. Raises `Problem("not_from_here")` before there is one."""
    if report.state not in (ReportState.UPHELD, ReportState.DISMISSED):
        raise Problem("not_from_here", state=report.state)
    report.helped = helped
    report.save(update_fields=["helped"])
    return report


@verb("report.mark_bad_faith")
def mark_bad_faith(actor: Actor, report: Report, *, because: str) -> Report:
    """The one who decides finds that a report was made up: a case about its reporter opens. Being wrong is not bad faith."""
    current().because = fields.text(because, "because", policy().text_length)
    assert report.case is not None
    holds(actor, report.case)
    report.bad_faith = True
    report.save(update_fields=["bad_faith"])
    fold("report", new_id(), subject=report.reporter_id, matter=report.reporter_id, category="other",
         facts={"bad_faith": str(report.id)})  # fmt: skip
    return report


def answer(case: Case, verb_name: str) -> None:
    """What a decision or an appeal means for the reports of a case: `uphold`, `dismiss`, `reverse`, `reopen`."""
    states = {row.state for row in REPORT.rows if row.verb == verb_name and row.state is not None}
    for report in Report.objects.select_for_update(of=("self",)).filter(case=case, state__in=states):
        ended = None if verb_name == "reopen" else clock.now()
        REPORT.move(report, verb_name, {"authority"}, ended_at=ended)
        if verb_name != "reopen":
            tell("report.answered", report=report.id, how=str(report.state))

"""Posting a job and applying for it."""

from __future__ import annotations

from typing import Any

from sekisho.market.deals import log
from sekisho.market.jobs.models import Application, Job
from sekisho.market.jobs.states import APPLICATION, JOB, JobState
from sekisho.market.judging.judge import judge_posting, keep_event
from sekisho.market.kernel import clock, fields
from sekisho.market.kernel.actors import SYSTEM, Actor
from sekisho.market.kernel.outbox import tell
from sekisho.market.kernel.problems import Kind, Problem, Row, describe
from sekisho.market.kernel.verbs import current, verb
from sekisho.market.kernel.yen import yen
from sekisho.market.people.verbs import blocked_between
from sekisho.market.profiles.models import client_facts

CATEGORIES = (
    "writing",
    "design",
    "development",
    "data_entry",
    "translation",
    "video",
    "marketing",
    "consulting",
    "other",
)
describe({
    "applied_already": Row(Kind.CONFLICT, "この案件にはすでに応募しています。", "You have already applied for this job."),
    "own_job": Row(Kind.CONFLICT, "ご自分の案件には応募できません。", "You cannot apply for your own job."),
})  # fmt: skip


def _fields(
    title: str, body: str, category: str, pay_text: str, questions: tuple[str, ...]
) -> dict[str, Any]:
    return {
        "title": fields.line(title, "title", 120), "body": fields.text(body, "body", 10_000),
        "category": fields.one_of(category, "category", CATEGORIES), "pay_text": fields.line(pay_text, "pay_text", 120),
        "questions": [fields.line(q, "questions", 300) for q in questions[:5]],
    }  # fmt: skip


@verb("job.draft")
def draft(
    actor: Actor,
    thing: None,
    *,
    title: str,
    body: str,
    category: str,
    pay_text: str,
    questions: tuple[str, ...] = (),
) -> Job:
    """A new job, seen by nobody else yet."""
    return Job.objects.create(client_id=actor.me, **_fields(title, body, category, pay_text, questions))


@verb("job.edit")
def edit(
    actor: Actor,
    job: Job,
    *,
    title: str,
    body: str,
    category: str,
    pay_text: str,
    questions: tuple[str, ...] = (),
) -> Job:
    """Change a job. An open one goes through screening again before the change is seen."""
    if job.state not in (JobState.DRAFT, JobState.OPEN):
        raise Problem("not_from_here", state=job.state)
    for name, value in _fields(title, body, category, pay_text, questions).items():
        setattr(job, name, value)
    job.save()
    return submit(actor, job) if job.state == JobState.OPEN else job


@verb("job.submit")
def submit(actor: Actor, job: Job) -> Job:
    """Have it judged: what is clear or a caution opens at once, what breaks the rules waits for a person."""
    JOB.move(job, "submit", current().held)
    posting = {"title": job.title, "body": job.body, "category": job.category, "pay": {"text": job.pay_text},
               "client": client_facts(job.client)}  # fmt: skip
    job.judgement = judge_posting(posting, subject=job.id, writer=actor.id)
    job.save(update_fields=["judgement"])
    if job.judgement.verdict in ("clear", "caution"):
        return publish(SYSTEM, job)
    tell("job.held", job=job.id, judgement=job.judgement.id)
    return job


@verb("job.publish")
def publish(actor: Actor, job: Job) -> Job:
    """Open it for applications."""
    JOB.move(job, "publish", current().held, opened_at=clock.now())
    tell("job.opened", job=job.id)
    return job


@verb("job.send_back")
def send_back(actor: Actor, job: Job, because: str) -> Job:
    """Give it back to its client to be put right, with a reason he reads."""
    current().because = fields.text(because, "because", 1000)
    JOB.move(job, "send_back", current().held)
    tell("job.sent_back", job=job.id, because=because)
    return job


@verb("job.remove")
def remove(actor: Actor, job: Job, because: str) -> Job:
    """Take it down, with a reason its client reads."""
    current().because = fields.text(because, "because", 1000)
    JOB.move(job, "remove", current().held)
    tell("job.removed", job=job.id, because=because)
    return job


@verb("job.close")
def close(actor: Actor, job: Job) -> Job:
    """No more applications."""
    JOB.move(job, "close", current().held)
    return job


@verb("application.apply")
def apply(
    actor: Actor, job: Job, *, text: str, price_yen: int | None = None, answers: tuple[str, ...] = ()
) -> Application:
    """Apply for an open job; opens the deal between the two and stands in it as its first words."""
    if job.client_id == actor.id:
        raise Problem("own_job")
    if job.state != JobState.OPEN or blocked_between(actor.id, job.client_id):
        raise Problem("not_found")
    if Application.objects.filter(job=job, worker_id=actor.id).exists():
        raise Problem("applied_already")
    words = fields.text(text, "text", 5000)
    deal = log.lock(log.open_deal(job.client_id, actor.me, job.id, job.title).id)
    if deal.length == 0:
        log.append(
            deal, "posting", by="client", author=job.client_id, content={"text": f"{job.title}\n{job.body}"}
        )
    said = [fields.text(a, "answers", 2000, blank=True) for a in answers[: len(job.questions)]]
    whole = "\n".join([words, *said]).strip()
    _, seen = log.append(deal, "application", by="worker", author=actor.id, content={"text": whole})
    if seen is not None:
        keep_event(whole, seen, kind="application", subject=deal.id, writer=actor.id)
    application = Application.objects.create(
        job=job,
        worker_id=actor.me,
        deal=deal,
        text=words,
        answers=said,
        price_yen=None if price_yen is None else yen(price_yen),
    )
    tell("application.made", application=application.id)
    return application


@verb("application.withdraw")
def withdraw(actor: Actor, application: Application) -> Application:
    """Take an application back."""
    APPLICATION.move(application, "withdraw", current().held)
    return application


@verb("application.decline")
def decline(actor: Actor, application: Application) -> Application:
    """Say no to an application."""
    APPLICATION.move(application, "decline", current().held)
    tell("application.declined", application=application.id)
    return application


@verb("application.choose")
def choose(actor: Actor, application: Application) -> Application:
    """採用. The contract is offered next."""
    APPLICATION.move(application, "choose", current().held)
    tell("application.chosen", application=application.id)
    return application

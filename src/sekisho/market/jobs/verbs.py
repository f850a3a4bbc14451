"""Posting a job and keeping it in order. Applying is in `applications`, inviting in `invitations`."""

from __future__ import annotations

from datetime import date

from sekisho.market.jobs.applications import apply, choose, decline, withdraw
from sekisho.market.jobs.models import Job, Revision
from sekisho.market.jobs.posting import checked, ends, judged, may_open, not_own, restored, shown, stored
from sekisho.market.jobs.states import JOB, REVISION, WAITS, JobState
from sekisho.market.kernel import clock, fields
from sekisho.market.kernel.actors import SYSTEM, Actor
from sekisho.market.kernel.outbox import tell
from sekisho.market.kernel.problems import Problem
from sekisho.market.kernel.verbs import current, verb

__all__ = ["apply", "choose", "decline", "draft", "edit", "publish", "submit", "withdraw"]


@verb("job.draft")
def draft(
    actor: Actor, thing: None, *, title: str, body: str, category: str, pay_text: str, questions: tuple[str, ...] = (),
    closes_on: date | None = None,
) -> Job:  # fmt: skip
    """A new job, seen by nobody else yet. `closes_on`: the last day on which one can apply."""
    content = checked(title, body, category, pay_text=pay_text, questions=questions, closes_on=closes_on)
    return Job.objects.create(client_id=actor.me, **content)


@verb("job.edit")
def edit(
    actor: Actor, job: Job, *, title: str, body: str, category: str, pay_text: str, questions: tuple[str, ...] = (),
    closes_on: date | None = None,
) -> Job:  # fmt: skip
    """Change a job. An edit of an open one is judged first; what is held waits apart, and the job stays as it was."""
    content = checked(title, body, category, pay_text=pay_text, questions=questions, closes_on=closes_on)
    if job.state == JobState.DRAFT:
        for name, value in content.items():
            setattr(job, name, value)
        job.save(update_fields=list(content))
        return job
    if job.state != JobState.OPEN:
        raise Problem("not_from_here", state=job.state)
    judgement = judged(job, content)
    drop_held(job)
    row = REVISION.find(None, "show" if may_open(judgement) else "hold", current().held)
    revision = Revision(job=job, state=row.to, content=stored(content), judgement=judgement)
    if row.verb == "hold":
        revision.due_at = clock.now() + WAITS["look"]
    revision.save(force_insert=True)
    if row.verb == "show":
        shown(job, content, judgement)
        tell("job.edited", job=job.id)
    else:
        tell("revision.held", revision=revision.id)
    return job


def drop_held(job: Job) -> None:
    """An edit that waits is over: another came, or the job is no longer open."""
    for waiting in Revision.objects.filter(job=job, state="held"):
        REVISION.move(waiting, "drop", ("clock",), WAITS)


@verb("job.submit")
def submit(actor: Actor, job: Job) -> Job:
    """Have it judged: what is clear or a caution opens at once, what breaks the rules waits for a person."""
    content = checked(job.title, job.body, job.category, pay_text=job.pay_text, questions=tuple(job.questions),
                      closes_on=job.closes_on)  # fmt: skip
    JOB.move(job, "submit", current().held, WAITS, because="")
    job.judgement = judged(job, content)
    job.save(update_fields=["judgement"])
    if may_open(job.judgement):
        return publish(SYSTEM, job)
    tell("job.held", job=job.id, judgement=job.judgement.id)
    return job


@verb("job.publish")
def publish(actor: Actor, job: Job, *, because: str = "") -> Job:
    """Open it for applications, until `closes_on` where it has one. A moderator may say why."""
    not_own(actor, job.client_id)
    current().because = fields.text(because, "because", 1000, blank=True)
    closes = ends(job.closes_on) if job.closes_on else None
    JOB.move(job, "publish", current().held, WAITS, opened_at=clock.now(), due_at=closes)
    tell("job.opened", job=job.id)
    return job


@verb("job.take_back")
def take_back(actor: Actor, job: Job) -> Job:
    """Its client takes it out of screening, to put it right himself."""
    JOB.move(job, "take_back", current().held, WAITS)
    return job


@verb("job.send_back")
def send_back(actor: Actor, job: Job, because: str) -> Job:
    """Give it back to its client to be put right, with a reason he reads."""
    return _told(job, "send_back", because, "job.sent_back")


@verb("job.remove")
def remove(actor: Actor, job: Job, because: str) -> Job:
    """Take it down, with a reason its client reads."""
    return _told(job, "remove", because, "job.removed")


def _told(job: Job, name: str, because: str, topic: str) -> Job:
    words = current().because = fields.text(because, "because", 1000)
    JOB.move(job, name, current().held, WAITS, because=words)
    drop_held(job)
    tell(topic, job=job.id, because=words)
    return job


@verb("job.pause")
def pause(actor: Actor, job: Job) -> Job:
    """On an authority (a sanction of its client): taken from sight for as long as that holds. Its last day stays."""
    JOB.move(job, "pause", current().held, WAITS, due_at=job.due_at)
    drop_held(job)
    return job


@verb("job.resume")
def resume(actor: Actor, job: Job) -> Job:
    """On an authority: the sanction is over."""
    JOB.move(job, "resume", current().held, WAITS, due_at=job.due_at)
    return job


@verb("job.restore")
def restore(actor: Actor, job: Job) -> Job:
    """On an authority (an upheld appeal): a removed job is shown again, until the day it closes."""
    closes = ends(job.closes_on) if job.closes_on else None
    JOB.move(job, "restore", current().held, WAITS, because="", due_at=closes)
    tell("job.opened", job=job.id)
    return job


@verb("job.overdue")
def overdue(actor: Actor, job: Job) -> Job:
    """Nobody has looked at it in time: it escalates, and again after as long. It never opens by silence."""
    JOB.move(job, "overdue", current().held, WAITS)
    tell("job.overdue", job=job.id)
    return job


@verb("job.close")
def close(actor: Actor, job: Job) -> Job:
    """No more applications."""
    return _closed(job, "close")


@verb("job.close_by_date")
def close_by_date(actor: Actor, job: Job) -> Job:
    """The last day for applications is over."""
    return _closed(job, "close_by_date")


def _closed(job: Job, name: str) -> Job:
    JOB.move(job, name, current().held, WAITS)
    drop_held(job)
    tell("job.closed", job=job.id)
    return job


@verb("revision.publish")
def publish_revision(actor: Actor, revision: Revision, *, because: str = "") -> Revision:
    """A moderator lets an edit pass: the job says it from now on."""
    not_own(actor, revision.job.client_id)
    current().because = fields.text(because, "because", 1000, blank=True)
    job = Job.objects.select_for_update(of=("self",)).get(pk=revision.job_id)
    REVISION.move(revision, "publish", current().held, WAITS)
    shown(job, restored(revision.content), revision.judgement)
    tell("job.edited", job=job.id)
    return revision


@verb("revision.send_back")
def send_back_revision(actor: Actor, revision: Revision, *, because: str) -> Revision:
    """A moderator gives an edit back, with a reason: the job stays as it is shown."""
    words = current().because = fields.text(because, "because", 1000)
    REVISION.move(revision, "send_back", current().held, WAITS, because=words)
    tell("revision.sent_back", revision=revision.id, because=words)
    return revision


@verb("revision.drop")
def drop(actor: Actor, revision: Revision) -> Revision:
    """Its client takes a waiting edit back."""
    REVISION.move(revision, "drop", current().held, WAITS)
    return revision


@verb("revision.overdue")
def overdue_revision(actor: Actor, revision: Revision) -> Revision:
    """Nobody has looked at it in time: it escalates, and again after as long."""
    REVISION.move(revision, "overdue", current().held, WAITS)
    tell("revision.overdue", revision=revision.id)
    return revision

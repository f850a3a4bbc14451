"""Applying. An application is judged before its client sees it; every attempt is kept."""

from __future__ import annotations

from datetime import timedelta

from sekisho.core.detection.threads import Thread
from sekisho.market.deals import log
from sekisho.market.deals.log import Seen
from sekisho.market.deals.models import Deal
from sekisho.market.jobs.invitations import taken_up
from sekisho.market.jobs.models import Application, Job
from sekisho.market.jobs.posting import not_own
from sekisho.market.jobs.states import APPLICATION, WAITS, ApplicationState, JobState
from sekisho.market.judging.judge import keep_event, pack
from sekisho.market.kernel import clock, fields
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.ids import new_id
from sekisho.market.kernel.outbox import tell
from sekisho.market.kernel.problems import Kind, Problem, Row, describe
from sekisho.market.kernel.verbs import current, verb
from sekisho.market.kernel.yen import yen
from sekisho.market.people.verbs import blocked_between

NUDGES = 2
"""After so many attempts returned within a day the next is held, so that returning does not teach evasion."""
describe({
    "applied_already": Row(Kind.CONFLICT, "この案件にはすでに応募しています。", "You have already applied for this job."),
    "own_job": Row(Kind.CONFLICT, "ご自分の案件には応募できません。", "You cannot apply for your own job."),
    "unanswered": Row(Kind.INVALID, "質問{number}に回答してください。", "Answer question {number}."),
})  # fmt: skip


@verb("application.apply")
def apply(
    actor: Actor, job: Job, *, text: str, price_yen: int | None = None, answers: tuple[str, ...] = ()
) -> Application:
    """Apply for an open job, with an answer to each of its questions.

    The returned application's `state` tells what came of it: submitted (the client sees it, with a warning where it is a
    caution), returned to its writer, or held for a moderator.
    """
    if job.client_id == actor.id:
        raise Problem("own_job")
    if job.state != JobState.OPEN or blocked_between(actor.id, job.client_id):
        raise Problem("not_found")
    tried = Application.objects.filter(job=job, worker_id=actor.id)
    if tried.exclude(state__in=[ApplicationState.RETURNED, ApplicationState.WITHHELD]).exists():
        raise Problem("applied_already")
    application = Application(
        id=new_id(), job=job, worker_id=actor.me, text=fields.text(text, "text", 5000), answers=_answers(job, answers),
        price_yen=None if price_yen is None else yen(price_yen, field="price_yen"),
    )  # fmt: skip
    deal = _deal_of(application)
    verdict = log.foresee(deal, "application", by="worker", content=application.content)
    application.judgement = keep_event(
        application.whole, verdict, kind="application", subject=application.id, writer=actor.id, other=job.client_id
    )  # fmt: skip
    application.warned = verdict.verdict.value != "clear"
    row = APPLICATION.find(None, _comes_to(verdict, application), current().held)
    application.state = row.to
    application.due_at = clock.now() + WAITS["look"] if row.to == ApplicationState.HELD else None
    application.save(force_insert=True)
    if row.to == ApplicationState.SUBMITTED:
        _submitted(application)
    else:
        tell(f"application.{row.to}", application=application.id)
    return application


def _answers(job: Job, answers: tuple[str, ...]) -> list[dict[str, str]]:
    told = []
    for number, question in enumerate(job.questions, 1):
        answer = fields.text(
            answers[number - 1] if number <= len(answers) else "", "answers", 2000, blank=True
        )
        if not answer:
            raise Problem("unanswered", number=number)
        told.append({"question": question, "answer": answer})
    return told


def _comes_to(verdict: Seen, application: Application) -> str:
    action = {"allow": "apply", "nudge": "return", "refuse": "return", "hold": "hold"}[verdict.action.value]
    if verdict.verdict.value in ("clear", "caution"):
        return "apply"
    since = clock.now() - timedelta(days=1)
    returned = Application.objects.filter(
        job=application.job, worker=application.worker, state=ApplicationState.RETURNED, at__gte=since
    ).count()
    return "hold" if action == "return" and returned >= NUDGES else action


def _posting(job: Job) -> dict[str, str]:
    return {"text": f"{job.title}\n{job.body}"}


def _deal_of(application: Application) -> Deal:
    """The deal in which it would stand; one that is not stored, with the posting alone, where there is none yet."""
    job = application.job
    deal = Deal.objects.filter(client=job.client_id, worker=application.worker_id, matter=job.id).first()
    if deal is not None and deal.state:
        return deal
    thread = Thread(pack())
    thread.add({"type": "posting", **_posting(job)})
    return Deal(client_id=job.client_id, worker_id=application.worker_id, pack=pack(), state=thread.state())


def _submitted(application: Application) -> None:
    """It reaches the client: it stands in the deal as the worker's first words."""
    job = application.job
    deal = log.lock(log.open_deal(job.client_id, application.worker_id, job.id, job.title, pack()).id)
    if deal.length == 0:
        log.append(deal, "posting", by="client", author=job.client_id, content=_posting(job))
    log.append(deal, "application", by="worker", author=application.worker_id, content=application.content)
    application.deal = deal
    application.save(update_fields=["deal"])
    taken_up(job, application.worker_id)
    tell("application.made", application=application.id)


@verb("application.release")
def release(actor: Actor, application: Application) -> Application:
    """A moderator lets a held application pass to the client."""
    not_own(actor, application.worker_id, application.job.client_id)
    APPLICATION.move(application, "release", current().held, WAITS)
    _submitted(application)
    return application


@verb("application.withhold")
def withhold(actor: Actor, application: Application, *, because: str) -> Application:
    """A moderator keeps it back; its writer is told why and may apply anew."""
    words = current().because = fields.text(because, "because", 1000)
    APPLICATION.move(application, "withhold", current().held, WAITS)
    tell("application.withheld", application=application.id, because=words)
    return application


@verb("application.overdue")
def overdue(actor: Actor, application: Application) -> Application:
    """Nobody has looked at it in time: it escalates, and again after as long."""
    APPLICATION.move(application, "overdue", current().held, WAITS)
    tell("application.overdue", application=application.id)
    return application


@verb("application.withdraw")
def withdraw(actor: Actor, application: Application) -> Application:
    """Take an application back."""
    APPLICATION.move(application, "withdraw", current().held, WAITS)
    return application


@verb("application.decline")
def decline(actor: Actor, application: Application) -> Application:
    """Say no to an application."""
    APPLICATION.move(application, "decline", current().held, WAITS)
    tell("application.declined", application=application.id)
    return application


@verb("application.choose")
def choose(actor: Actor, application: Application) -> Application:
    """採用. The contract is offered next."""
    APPLICATION.move(application, "choose", current().held, WAITS)
    tell("application.chosen", application=application.id)
    return application

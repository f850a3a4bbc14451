"""Inviting a worker to an open job. Between two of whom one blocks the other nothing happens, and nobody can tell."""

from __future__ import annotations

from uuid import UUID

from sekisho.market.jobs.models import Invitation, Job
from sekisho.market.jobs.states import INVITATION, InvitationState, JobState
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.outbox import tell
from sekisho.market.kernel.problems import Kind, Problem, Row, describe
from sekisho.market.kernel.verbs import current, verb
from sekisho.market.people.models import Account
from sekisho.market.people.verbs import blocked_between

describe({
    "invited_already": Row(Kind.CONFLICT, "この方はすでに招待しています。", "This person is invited already."),
})  # fmt: skip


@verb("invitation.invite")
def invite(actor: Actor, job: Job, *, worker: Account) -> Invitation:
    """Point a worker to an open job. It carries no words of its own: the job says everything."""
    if job.state != JobState.OPEN:
        raise Problem("not_from_here", state=job.state)
    if worker.pk == job.client_id or not worker.is_worker:
        raise Problem("not_found")
    if Invitation.objects.filter(job=job, worker=worker).exists():
        raise Problem("invited_already")
    muted = blocked_between(job.client_id, worker.pk)
    row = INVITATION.find(None, "mute" if muted else "invite", current().held)
    invitation = Invitation.objects.create(job=job, worker=worker, state=row.to, muted=muted)
    if not muted:
        tell("invitation.sent", invitation=invitation.id)
    return invitation


def taken_up(job: Job, worker: UUID) -> None:
    """The invited has applied."""
    waiting = Invitation.objects.filter(job=job, worker_id=worker, state=InvitationState.SENT).first()
    if waiting is not None:
        INVITATION.move(waiting, "take_up", ("worker",))


@verb("invitation.decline")
def decline(actor: Actor, invitation: Invitation) -> Invitation:
    """The invited is not interested."""
    INVITATION.move(invitation, "decline", current().held)
    tell("invitation.declined", invitation=invitation.id)
    return invitation


@verb("invitation.withdraw")
def withdraw(actor: Actor, invitation: Invitation) -> Invitation:
    """The client takes it back."""
    INVITATION.move(invitation, "withdraw", current().held)
    return invitation

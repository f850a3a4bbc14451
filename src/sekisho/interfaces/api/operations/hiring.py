"""Edits that wait to be looked at, and invitations to a job."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sekisho.interfaces.api.operation import Ask, Asked, Op, Shown, act, found, many, one, seen
from sekisho.interfaces.api.operations.jobs import JOBS
from sekisho.market.jobs import invitations, verbs
from sekisho.market.jobs.models import Invitation, Revision
from sekisho.market.kernel.actors import Actor
from sekisho.market.people.models import Account


class RevisionOut(Shown):
    """An edit of an open job: the fields as they would be."""

    id: UUID
    job_id: UUID
    state: str
    content: dict[str, Any]
    because: str
    at: datetime


class InvitationOut(Shown):
    """An invitation to a job."""

    id: UUID
    job_id: UUID
    worker_id: UUID
    state: str
    at: datetime

    @classmethod
    def of(cls, row: Invitation, actor: Actor) -> InvitationOut:
        """As `actor` may see it: nobody can tell that he is blocked."""
        invitation: InvitationOut = cls.from_orm(row)
        invitation.state = row.shown_state
        return invitation


class InvitationIn(Asked):
    """Whom."""

    worker: UUID


def _members(_actor: Actor) -> Any:
    return Account.objects.filter(is_active=True, deleted_at=None)


def _invite(ask: Ask) -> Any:
    job = found(JOBS, ask.actor, ask.pk)
    worker = found(_members, ask.actor, ask.body["worker"])
    return InvitationOut.of(invitations.invite(ask.actor, job, worker=worker, key=ask.key), ask.actor)


EDITS, INVITED = seen(Revision, "job"), seen(Invitation, "job")
OPERATIONS = (
    many("jobs.revisions", "/jobs/{id}/revisions", EDITS, RevisionOut, under=("job", JOBS)),
    one("revisions.get", "/revisions/{id}", EDITS, RevisionOut),
    act("revisions.drop", "/revisions/{id}/drop", verbs.drop, EDITS, out=RevisionOut),
    many("invitations.list", "/invitations", INVITED, InvitationOut),
    one("invitations.get", "/invitations/{id}", INVITED, InvitationOut),
    Op(name="invitations.invite", method="POST", path="/jobs/{id}/invitations", about="Point a worker to an open job.",
       body=InvitationIn, out=InvitationOut, answer=_invite, status=201, does="invitation.invite"),
    act("invitations.decline", "/invitations/{id}/decline", invitations.decline, INVITED, out=InvitationOut),
    act("invitations.withdraw", "/invitations/{id}/withdraw", invitations.withdraw, INVITED, out=InvitationOut),
    act("jobs.take_back", "/jobs/{id}/take-back", verbs.take_back, JOBS),
)  # fmt: skip

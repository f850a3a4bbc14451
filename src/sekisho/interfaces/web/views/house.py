"""The house's desk: what cannot wait: held texts, jobs in screening, disputes, deposits and payouts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from sekisho.interfaces.web.doors import Page, member, whole
from sekisho.interfaces.web.marks import marked
from sekisho.market.contracts.models import Contract
from sekisho.market.jobs import verbs as jobs
from sekisho.market.jobs.models import Job
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.problems import Problem
from sekisho.market.ledger import verbs as ledger
from sekisho.market.ledger.models import Payout
from sekisho.market.messaging import verbs as messages
from sekisho.market.messaging.models import Message
from sekisho.market.people.models import Account


def _staff(actor: Actor) -> Actor:
    if not actor.roles & {"moderator", "operator"}:
        raise Problem("not_found")
    return actor


class Desk(Page):
    """What waits for the house."""

    template = "web/house.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """Oldest first."""
        _staff(actor)
        held = (
            Message.objects.filter(state="held")
            .select_related("judgement", "author", "deal")
            .order_by("at")[:50]
        )
        return {
            "held": [(m, marked(m.text, m.judgement.findings)) for m in held],
            "jobs": Job.objects.filter(state="screening")
            .select_related("client", "judgement")
            .order_by("made_at")[:50],
            "disputes": Contract.objects.filter(state="disputed").select_related(
                "deal__client", "deal__worker"
            )[:50],
            "payouts": Payout.objects.filter(state="asked").order_by("asked_at")[:50],
        }


def _found(rows: Any, pk: UUID) -> Any:
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Problem("not_found")
    return row


@require_POST
def message(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Release or withhold a held message."""
    actor, row = _staff(member(request)), _found(Message.objects, pk)
    if verb == "release":
        messages.release(actor, row)
    elif verb == "withhold":
        messages.withhold(actor, row, because=request.POST.get("because", ""))
    return redirect("house")


@require_POST
def job(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Publish, send back or remove a job."""
    actor, row = _staff(member(request)), _found(Job.objects, pk)
    if verb == "publish":
        jobs.publish(actor, row)
    elif verb in ("send_back", "remove"):
        getattr(jobs, verb)(actor, row, because=request.POST.get("because", ""))
    return redirect("house")


class Deposits(Page):
    """Confirm that a client's money arrived at the bank."""

    template = "web/deposits.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """The form."""
        _staff(actor)
        return {"clients": Account.objects.filter(is_client=True).order_by("display_name")[:500]}

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> str:
        """Confirm it."""
        client = _found(Account.objects, UUID(request.POST.get("client") or "0" * 32))
        ledger.confirm_deposit(actor, None, client=client.id, amount=whole(request.POST.get("amount"), "amount"),
                               reference=request.POST.get("reference", ""), key=request.POST.get("key"))  # fmt: skip
        return "/house"


@require_POST
def payout(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """The bank has paid, or sent back, a payout."""
    actor, row = member(request), _found(Payout.objects, pk)
    {"confirm": ledger.confirm_payout, "fail": ledger.fail_payout}.get(verb, ledger.confirm_payout)(
        actor, row
    )
    return redirect("house")


@require_POST
def settle(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Settle a dispute: waits for the second person."""
    raise Problem("not_found")

"""The home of those who are logged in. The front page is `check`."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest

from sekisho.interfaces.web.doors import Page
from sekisho.interfaces.web.words import lang
from sekisho.market.contracts.models import Change, Contract, Dispute, Termination
from sekisho.market.contracts.next_step import OVER, sentences
from sekisho.market.deals.models import Deal
from sekisho.market.jobs.models import Application, Invitation, Job
from sekisho.market.kernel.actors import Actor


class Home(Page):
    """What waits for whom is logged in."""

    template = "web/home.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """Deals, contracts, own jobs, newest first."""
        contracts = list(
            Contract.objects.visible_to(actor)
            .select_related("deal__client", "deal__worker")
            .order_by("-made_at")[:20]
        )
        return {
            "contracts": steps(contracts, actor),
            "deals": Deal.objects.visible_to(actor).select_related("client", "worker").order_by("-moved_at")[:20],
            "jobs": Job.objects.filter(client_id=actor.id).order_by("-made_at")[:20],
            "applications": Application.objects.filter(worker_id=actor.id).exclude(state="returned")
            .select_related("job").order_by("-at")[:20],
            "invitations": Invitation.objects.visible_to(actor).filter(worker_id=actor.id, state="sent")
            .select_related("job__client").order_by("-at")[:20],
        }  # fmt: skip


def steps(contracts: list[Contract], actor: Actor) -> list[tuple[Contract, str, str]]:
    """Each with its next sentence and whether it is this reader's turn (`turn`, `wait`); few queries however many."""
    rows, asked = sentences(), _asked(contracts)
    disputes: dict[UUID, Any] = {d.contract_id: d for d in Dispute.objects.filter(contract__in=contracts)}
    told = []
    for contract in contracts:
        side = contract.deal.side(actor.id) or ""
        row = rows["contract"]["over" if contract.state in OVER else contract.state].get(side) if (
            contract.state != "disputed") else None  # fmt: skip
        if row is None:
            dispute = disputes[contract.pk]
            accepted = dispute.state == "proposed" and dispute.accepted_by == side
            row = rows["dispute"]["accepted" if accepted else dispute.state]
        elif asked.get(contract.pk, ("", ""))[1] not in ("", side):
            row = rows["asked"][asked[contract.pk][0]]
        told.append(
            (contract, row[lang()], "turn" if row.get("verb") and contract.state not in OVER else "wait")
        )
    return told


def _asked(contracts: list[Contract]) -> dict[UUID, tuple[str, str]]:
    """What waits for an answer on which contract, and which side asked."""
    found = {}
    for name, model, state in (("change", Change, "proposed"), ("termination", Termination, "asked")):
        for row in model.objects.filter(contract__in=contracts, state=state):
            found[row.contract_id] = (name, row.side)
    return found

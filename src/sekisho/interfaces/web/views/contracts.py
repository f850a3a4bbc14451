"""Offering a contract and taking it to its end."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_POST

from sekisho.interfaces.web.doors import Page, visible, whole
from sekisho.market.contracts import escrow, verbs
from sekisho.market.contracts.models import Contract
from sekisho.market.contracts.states import CONTRACT
from sekisho.market.deals.models import Deal
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.permits import relations
from sekisho.market.kernel.problems import Problem
from sekisho.market.ledger.book import balance
from sekisho.market.ledger.fees import split
from sekisho.market.ledger.models import Kind


class Offer(Page):
    """Offer a contract to the worker of a deal."""

    template = "web/offer.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """The form, or the last contract's terms again (`again`)."""
        deal = visible(Deal, actor, where["pk"])
        last = Contract.objects.filter(deal=deal).order_by("-number").first()
        values = (
            {"title": last.title, "terms": last.terms, "price_yen": last.price_yen}
            if last and "again" in request.GET
            else {}
        )
        return {"deal": deal, "values": values}

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> str:
        """Offer it."""
        post = request.POST
        contract = verbs.offer(
            actor, visible(Deal, actor, where["pk"]), title=post.get("title", ""), terms=post.get("terms", ""),
            price_yen=whole(post.get("price_yen"), "price_yen"), deadline=parse_date(post.get("deadline") or "0"),
            key=post.get("key"),
        )  # fmt: skip
        return f"/contracts/{contract.id}"


class Show(Page):
    """One contract: terms, money where it is, the next step as one button."""

    template = "web/contract.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """The contract and what its reader can do next."""
        contract = visible(Contract, actor, where["pk"])
        open_ = [
            row.verb
            for row in CONTRACT.open(contract.state, relations(actor, contract))
            if row.by != ("authority",)
        ]
        return {
            "contract": contract, "side": contract.deal.side(actor.id), "open": open_, "held": escrow.held(contract),
            "split": split(contract.price_yen), "balance": balance(Kind.CLIENT, contract.deal.client_id),
            "deliveries": contract.deliveries.order_by("at"), "reviews": contract.reviews.order_by("at"),
        }  # fmt: skip


def _typed(verb: str, request: HttpRequest) -> dict[str, Any]:
    post = request.POST
    if verb == "deliver":
        return {"note": post.get("note", "")}
    if verb in ("send_back", "cancel", "dispute"):
        return {"because": post.get("because", "")}
    if verb == "review":
        return {"stars": whole(post.get("stars"), "stars"), "text": post.get("text", "")}
    return {}


class Move(Show):
    """One verb of a contract; refused, the contract's page says why and keeps what was typed."""

    VERBS = (
        "agree",
        "decline",
        "withdraw",
        "fund",
        "deliver",
        "send_back",
        "accept",
        "cancel",
        "dispute",
        "review",
    )

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> str:
        """Do it."""
        if where["verb"] not in self.VERBS:
            raise Problem("not_found")
        contract = visible(Contract, actor, where["pk"])
        getattr(verbs, where["verb"])(
            actor, contract, **_typed(where["verb"], request), key=request.POST.get("key")
        )
        return f"/contracts/{contract.id}"


@require_POST
def move(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """A verb as an address of its own."""
    return Move.as_view()(request, pk=pk, verb=verb)  # type: ignore[return-value]

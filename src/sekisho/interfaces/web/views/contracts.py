"""Offering a contract, and the one page that shows a contract with everything that belongs to it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sekisho.interfaces.web.doors import Page, day_or_none, visible, whole
from sekisho.interfaces.web.marks import seen_in
from sekisho.interfaces.web.views import files
from sekisho.market.contracts import verbs
from sekisho.market.contracts.models import (
    Change,
    Contract,
    Dispute,
    Review,
    Settlement,
    Statement,
    Termination,
)
from sekisho.market.contracts.next_step import Around, next_step
from sekisho.market.contracts.reasons import reasons
from sekisho.market.deals.models import Deal
from sekisho.market.kernel.actors import Actor
from sekisho.market.ledger.book import account, balances
from sekisho.market.ledger.fees import policy, split
from sekisho.market.ledger.models import Kind
from sekisho.market.personal_data import recruiter


class Offer(Page):
    """Offer a contract to the worker of a deal. One that was returned is shown with what was seen in it."""

    template = "web/offer.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """The form, or the last contract's terms again (`again`)."""
        deal = visible(Deal, actor, where["pk"])
        last = Contract.objects.filter(deal=deal).order_by("-number").first()
        again = last and "again" in request.GET
        values = (
            {"title": last.title, "terms": last.terms, "price_yen": last.price_yen} if again and last else {}
        )
        return {"deal": deal, "values": values}

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> HttpResponse | str:
        """Offer it."""
        post = request.POST
        contract = verbs.offer(
            actor, visible(Deal, actor, where["pk"]), title=post.get("title", ""), terms=post.get("terms", ""),
            price_yen=whole(post.get("price_yen"), "price_yen"), deadline=day_or_none(post.get("deadline"), "deadline"),
            key=post.get("key"),
        )  # fmt: skip
        if contract.state == "returned":
            shown = self.fresh(request, **where) | seen_in(contract.judgement) | {"values": post}
            return render(request, self.template, shown)
        return f"/contracts/{contract.id}"


class Show(Page):
    """One contract: what comes next, terms, money where it is, and what was asked, changed, delivered and said."""

    template = "web/contract.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """The contract and what belongs to it, as its reader may see it."""
        contract = visible(Contract, actor, where["pk"], related=("deal__client__profile", "deal__worker"))
        things, side = belongings(contract, actor), contract.deal.side(actor.id)
        box, purse = account(Kind.ESCROW, contract.id), account(Kind.CLIENT, contract.deal.client_id)
        money = balances([box, purse])
        return {
            "contract": contract, "side": side, "step": next_step(contract, actor, Around(things["dispute"], contract.asked)),
            "held": money[box], "split": split(contract.price_yen, policy(contract.fee_table)), "balance": money[purse],
            "recruiter": recruiter.shown_in(actor, contract) if side == "worker" else None,
        } | things  # fmt: skip


def belongings(contract: Contract, actor: Actor) -> dict[str, Any]:
    """What belongs to a contract, oldest first, as `actor` may see it."""
    statements: list[Any] = list(_of(contract, Statement.objects.visible_to(actor), "judgement"))
    may_read = {statement.pk for statement in statements}
    deliveries = contract.deliveries.select_related("statement").order_by("at")
    terminations, changes = (
        _of(contract, Termination.objects, "statement"),
        _of(contract, Change.objects, "statement"),
    )
    reviews_ = _of(contract, Review.objects.visible_to(actor))
    # What the buttons ask for is known already.
    contract.asked = {  # type: ignore[attr-defined]
        name: row.side for name, rows, state in (("termination", terminations, "asked"), ("change", changes, "proposed"))
        for row in rows if row.state == state
    }  # fmt: skip
    contract.reviewed_by = {row.author for row in reviews_}  # type: ignore[attr-defined]
    dispute = next(iter(_of(contract, Dispute.objects)), None)
    waits = dispute is not None and dispute.state == "decided" and contract.state == "disputed"
    return {
        "deliveries": [(d, d.statement_id in may_read) for d in deliveries],
        "changes": [(c, c.statement_id in may_read) for c in reversed(changes)],
        "terminations": [(t, reasons()[t.reason].words, t.statement_id in may_read) for t in terminations],
        "dispute": dispute,
        "settlement": Settlement.objects.filter(contract=contract, state="waiting").first() if waits else None,
        "statements": [s for s in statements if s.kind in ("dispute", "send_back", "cancel")],
        "waiting": [s for s in statements if s.state != "shown"],
        "files": files.by_thing(may_read, actor),
        "reviews": reviews_,
    }


def _of(contract: Contract, rows: Any, *related: str) -> list[Any]:
    """Those of `rows` that belong to a contract, oldest first, each knowing the contract it is of."""
    found = list(rows.filter(contract=contract).select_related(*related).order_by("at"))
    for row in found:
        row.contract = contract
    return found

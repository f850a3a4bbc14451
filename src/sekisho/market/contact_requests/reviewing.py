"""The four things to look at before a request is approved, with the facts of the market. A reading, not a verb."""

from __future__ import annotations

from sekisho.core.guidance import RequestReview, review_contact_request
from sekisho.market.contact_requests.models import HOUSE, ContactRequest
from sekisho.market.contracts.real import counts
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.problems import Problem
from sekisho.market.profiles.models import client_facts


def review(request: ContactRequest, actor: Actor) -> RequestReview:
    """The client's rating and orders, the purpose, the terms on the platform: each met, unmet or unknown, with its fact.

    Advice only. Raises `Problem("not_found")` for whoever may not see the request.
    """
    if not request.relations(actor) and not actor.roles & HOUSE:
        raise Problem("not_found")
    live = request.contract is not None and counts(request.contract)
    facts = client_facts(request.deal.client)
    return review_contact_request(
        {"tools": request.tools, "purpose": request.purpose},
        {name: facts[name] for name in ("rating", "reviews", "orders")},
        contract_agreed=live, escrow_funded=live, pack=request.deal.judged_by,
    )  # fmt: skip

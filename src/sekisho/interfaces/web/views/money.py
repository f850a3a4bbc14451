"""Balance, transfers and payouts of whom is logged in."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest

from sekisho.interfaces.web.doors import Page, whole
from sekisho.market.kernel.actors import Actor
from sekisho.market.ledger import verbs
from sekisho.market.ledger.book import balance
from sekisho.market.ledger.models import Kind, Payout, Transfer


class Balance(Page):
    """What one has and where it came from."""

    template = "web/money.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """Both balances, the last transfers, the payouts."""
        mine = Q(debit__owner=actor.id) | Q(credit__owner=actor.id)
        rows = Transfer.objects.filter(mine).select_related("debit", "credit").order_by("-at")[:50]
        return {
            "client": balance(Kind.CLIENT, actor.id), "worker": balance(Kind.WORKER, actor.id),
            "rows": [(row, row.credit.owner == actor.id) for row in rows],
            "payouts": Payout.objects.filter(worker=actor.me).order_by("-asked_at")[:20],
        }  # fmt: skip

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> str:
        """Ask for a payout."""
        verbs.ask_payout(
            actor, None, amount=whole(request.POST.get("amount"), "amount"), key=request.POST.get("key")
        )
        return "/money"

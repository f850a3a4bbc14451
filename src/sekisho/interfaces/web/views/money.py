"""Balance, bank account, deposits, payouts and statements of whom is logged in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from sekisho.interfaces.web.doors import Page, day, download, member, whole
from sekisho.interfaces.web.words import lang
from sekisho.market.contracts.models import Contract
from sekisho.market.kernel.actors import Actor
from sekisho.market.ledger import verbs
from sekisho.market.ledger.book import balance
from sekisho.market.ledger.models import DepositReference, Kind, Payout
from sekisho.market.ledger.payouts import TYPES, bank_account, minimum
from sekisho.market.ledger.statements import Statement, statement, statement_csv


class Balance(Page):
    """What one has, how money comes in and goes out."""

    template = "web/money.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """Both balances, the reference for deposits, the bank account (masked), the payouts, this month."""
        today = timezone.localdate()
        sides = [word for word in ("client", "worker") if f"a_{word}" in actor.roles]
        return {
            "client": balance(Kind.CLIENT, actor.id), "worker": balance(Kind.WORKER, actor.id),
            "reference": DepositReference.objects.filter(client_id=actor.id).first(), "sides": sides,
            "bank_account": bank_account(actor.me), "house_bank": settings.HOUSE_BANK, "minimum": minimum(),
            "payouts": Payout.objects.visible_to(actor).filter(worker=actor.me).order_by("-asked_at")[:20],
            "first": today.replace(day=1).isoformat(), "last": today.isoformat(),
        }  # fmt: skip

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> str:
        """Ask for a payout."""
        amount = whole(request.POST.get("amount"), "amount")
        verbs.ask_payout(actor, None, amount=amount, key=request.POST.get("key"))
        return "/money"


@require_POST
def reference(request: HttpRequest) -> HttpResponse:
    """The digits for one's transfers, made at the first asking."""
    verbs.issue_reference(member(request), None)
    return redirect("money")


class Bank(Page):
    """Where one's payouts go."""

    template = "web/bank.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """The form; what stands there is shown masked and never filled in."""
        return {"bank_account": bank_account(actor.me), "types": TYPES}

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> str:
        """Set it."""
        post = request.POST
        verbs.set_bank_account(
            actor, None, bank=post.get("bank", ""), branch=post.get("branch", ""), type_=post.get("type", ""),
            number=post.get("number", ""), holder=post.get("holder", ""), key=post.get("key"),
        )  # fmt: skip
        return "/money"


def _asked(request: HttpRequest, actor: Actor) -> Statement:
    today = timezone.localdate()
    first = day(request.GET.get("first", today.replace(day=1).isoformat()), "first")
    last = day(request.GET.get("last", today.isoformat()), "last")
    side = request.GET.get("side") or ("client" if "a_client" in actor.roles else "worker")
    found = statement(actor, side, first, last)
    matters = {line.matter for line in found.lines if line.matter}
    return statement(actor, side, first, last, titles=_titles(actor, matters)) if matters else found


def _titles(actor: Actor, matters: set[UUID]) -> dict[UUID, str]:
    return dict(Contract.objects.visible_to(actor).filter(pk__in=matters).values_list("pk", "title"))


class StatementPage(Page):
    """A statement of a period, made for printing too."""

    template = "web/statement.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """The rows with the balance after each."""
        data = _asked(request, actor)
        first, last = _month_before(data.first)
        sides = [word for word in ("client", "worker") if f"a_{word}" in actor.roles]
        lines = [(line, data.purpose(line, lang())) for line in data.lines]
        return {"data": data, "lines": lines, "sides": sides, "before": (first.isoformat(), last.isoformat())}


def _month_before(first: date) -> tuple[date, date]:
    last = first.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last


def csv(request: HttpRequest) -> HttpResponse:
    """The statement as a file."""
    return download(statement_csv(_asked(request, member(request)), lang()))

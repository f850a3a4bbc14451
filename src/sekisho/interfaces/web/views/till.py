"""The operator's till: the bank's statements read in, deposits without a match, payouts and their lists for the bank."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages as flash
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sekisho.interfaces.web.doors import Page, download, member, whole
from sekisho.interfaces.web.views.house import staff
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.problems import Problem
from sekisho.market.ledger import payouts, verbs
from sekisho.market.ledger.bank_transfer.statement_file import MOST_BYTES
from sekisho.market.ledger.imports import import_statement, summary
from sekisho.market.ledger.models import Payout, PayoutBatch, StatementImport, Unmatched
from sekisho.market.people.models import Account

MOST = 50


class Till(Page):
    """What waits for the operator; its act reads a statement of the bank in."""

    template = "web/till.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """Deposits without a match, payouts on their way, the last lists and statements."""
        staff(actor, "operator")
        waiting = Payout.objects.filter(state__in=["asked", "sent"]).order_by("asked_at")[:MOST]
        done = Payout.objects.filter(state="paid").order_by("-ended_at")[:10]
        names = dict(Account.objects.filter(pk__in={p.worker for p in [*waiting, *done]}).values_list("pk", "display_name"))
        return {
            "unmatched": Unmatched.objects.filter(state="waiting").select_related("row").order_by("row__date")[:MOST],
            "payouts": [(p, names.get(p.worker, "")) for p in waiting], "done": [(p, names.get(p.worker, "")) for p in done],
            "batches": PayoutBatch.objects.order_by("-at")[:10], "imports": StatementImport.objects.order_by("-at")[:10],
        }  # fmt: skip

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> str:
        """Read the uploaded file in."""
        staff(actor, "operator")
        file = request.FILES.get("file")
        if file is None:
            raise Problem("blank", field="file")
        content = file.read(MOST_BYTES + 1)
        done = import_statement(actor, None, content=content, name=(file.name or "")[:120], key=request.POST.get("key"))
        return f"/house/statements/{done.id}"


class Imported(Page):
    """What came of one statement, row by row."""

    template = "web/imported.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """The counts and the rows."""
        staff(actor, "operator")
        found = StatementImport.objects.filter(pk=where["pk"]).first()
        if found is None:
            raise Problem("not_found")
        counts = {name: count for name, count in summary(found).items() if count}
        return {"statement": found, "counts": counts, "rows": found.rows.order_by("line")[:1000]}


class Deposits(Page):
    """Record by hand that a client's money arrived at the bank."""

    template = "web/deposits.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """The form."""
        staff(actor, "operator")
        return {"clients": Account.objects.filter(is_client=True, deleted_at=None).order_by("display_name")[:1000]}

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> str:
        """Record it."""
        post = request.POST
        try:
            client = UUID(post.get("client", ""))
        except ValueError:
            raise Problem("blank", field="client") from None
        verbs.confirm_deposit(actor, None, client=client, amount=whole(post.get("amount"), "amount"),
                              reference=post.get("reference", ""), key=post.get("key"))  # fmt: skip
        flash.success(request, _("入金を記録しました。"))
        return "/house/money"


class Listing(Till):
    """Put every payout that waits into one list for the bank."""

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> str:
        """Make the list; it is then downloaded."""
        payouts.list_payouts(actor, None, key=request.POST.get("key"))
        flash.success(request, _("振込の一覧を作成しました。ダウンロードして、銀行に渡してください。"))
        return "/house/money"


@require_POST
def batch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A list for the bank as a file; every download is in the record."""
    actor = member(request)
    found = PayoutBatch.objects.filter(pk=pk).first()
    if found is None:
        raise Problem("not_found")
    return download(payouts.download_batch(actor, None, batch=found))

"""違反報告: making one with the record as evidence, one's receipts, and asking again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages as flash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sekisho.core.guidance import Exposed
from sekisho.interfaces.web.doors import Page, day_or_none, member, visible
from sekisho.interfaces.web.views.deals import events_of
from sekisho.market.deals.models import Deal
from sekisho.market.files import verbs as files
from sekisho.market.files.models import Upload
from sekisho.market.files.policy import policy as files_policy
from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.problems import Problem
from sekisho.market.messaging.models import Message
from sekisho.market.people.models import Account
from sekisho.market.safety import appeals, reports
from sekisho.market.safety.models import Appeal, Attachment, Decision, Report
from sekisho.market.safety.policy import policy
from sekisho.market.safety.subjects import Subject, facts, subject

SAID = ("message", "application", "posting", "contact_request")
"""Events of a record that hold words and can be chosen as evidence."""
_TEXTS = ("text", "happened_on", "pasted", "tool", "category")


def uuids(values: Iterable[str]) -> list[UUID]:
    """Ids as a form sends them. Raises `Problem("not_found")`."""
    try:
        return [UUID(value) for value in values]
    except ValueError:
        raise Problem("not_found") from None


class New(Page):
    """Report something. Whom it is about, at which stage and by which means is read from the record, not typed."""

    template = "web/report_new.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """The form for the thing; without one, where to begin."""
        about, pk = _asked(request)
        if not about:
            deals = Deal.objects.visible_to(actor).select_related("client", "worker").order_by("-pk")
            return {"deals": [(deal, _other(deal, actor)) for deal in deals[:20]], "policy": policy()}
        found = subject(actor, about, pk)
        told = facts(found)
        posted = request.method == "POST"
        suggested = next((label for label in told["labels"] if label in policy().categories), "")
        return {
            "about": about, "about_id": pk, "found": found, "who": Account.objects.get(pk=found.account), "told": told,
            "categories": tuple(policy().categories), "gave_kinds": tuple(Exposed), "policy": policy(),
            "rows": _record(actor, about, pk, found),
            "chosen": request.POST.getlist("events") if posted else [],
            "category": request.POST.get("category", "") if posted else suggested or next(iter(policy().categories)),
            "gave": request.POST.getlist("gave"), "kept": self._kept(request, actor), "largest": _largest(),
            "happened": request.POST.get("happened_on", "") if posted else _date(about, pk),
            "freeze": not posted and "freeze" in request.GET,
        }  # fmt: skip

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> str:
        """File it. Files that have arrived stay for the next try."""
        about, pk = _asked(request)
        post = request.POST
        arrived = [self._upload(actor, file) for file in request.FILES.getlist("files") if file.size]
        kept = [row.id for row in self._kept(request, actor)]
        report = reports.file(
            actor, None, about=about, about_id=pk, category=post.get("category", ""), text=post.get("text", ""),
            happened_on=day_or_none(post.get("happened_on"), "happened_on"), events=uuids(post.getlist("events")),
            files=list(dict.fromkeys(kept + [row.id for row in arrived])), pasted=post.get("pasted", ""),
            tool=post.get("tool", ""), answered="answered" in post,
            freeze_asked="freeze_asked" in post, gave=post.getlist("gave"), key=None if arrived else post.get("key"),
        )  # fmt: skip
        flash.success(request, _("違反報告を受け付けました。"))
        return f"/reports/{report.id}"

    def _upload(self, actor: Actor, file: Any) -> Upload:
        row: Upload = files.upload(actor, None, name=file.name or "file", stream=file, for_="evidence")
        self._arrived = [*getattr(self, "_arrived", []), row]
        return row

    def _kept(self, request: HttpRequest, actor: Actor) -> list[Upload]:
        """What arrived with an earlier try of the same form, or just now."""
        wanted = uuids(request.POST.getlist("kept"))
        mine = Upload.objects.filter(pk__in=wanted, owner=actor.me, purpose="evidence", about=None)
        return list(dict.fromkeys([*mine, *getattr(self, "_arrived", [])]))


def _asked(request: HttpRequest) -> tuple[str, UUID]:
    given = request.POST if request.method == "POST" else request.GET
    about = given.get("about", "")
    return about, uuids([given.get("id", "")])[0] if about else UUID(int=0)


def _other(deal: Deal, actor: Actor) -> Account:
    return deal.worker if actor.id == deal.client_id else deal.client


def _record(actor: Actor, about: str, pk: UUID, found: Subject) -> list[dict[str, Any]]:
    """What was said in the deal, newest first, with the reported message `fixed`: it is attached in any case."""
    deal = Deal.objects.visible_to(actor).filter(pk=found.deal).first() if found.deal else None
    if deal is None:
        return []
    itself = (
        Message.objects.filter(pk=pk).values_list("event", flat=True).first() if about == "message" else None
    )
    rows = [row for row in events_of(deal, actor) if row["event"].type in SAID]
    return [
        row | {"fixed": row["event"].id == itself, "text": row["text"] or row["content"].get("purpose", "")}
        for row in reversed(rows)
    ]


def _date(about: str, pk: UUID) -> str:
    message = Message.objects.filter(pk=pk).first() if about == "message" else None
    return f"{message.at:%Y-%m-%d}" if message else ""


def _largest() -> int:
    return files_policy().largest_bytes["evidence"] // 1_000_000


@require_GET
def freeze(request: HttpRequest, pk: UUID) -> HttpResponse:
    """To the report of a contract, with the wish that it be frozen."""
    return redirect(f"{reverse('report_new')}?about=contract&id={pk}&freeze=1")


class List(Page):
    """One's own reports."""

    template = "web/reports.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """The last hundred, newest first."""
        return {"reports": Report.objects.visible_to(actor).select_related("subject").order_by("-at")[:100]}


class Show(Page):
    """The receipt: where it stands, what happens next and by when, what it means for her."""

    template = "web/report.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """The report, what is attached, and whether one can ask again."""
        report = visible(Report, actor, where["pk"], related=("subject", "case", "merged_into"))
        rows = list(Attachment.objects.filter(report=report).order_by("at", "pk"))
        again = Appeal.objects.filter(report=report, appellant_id=actor.id).first()
        until = (report.ended_at or report.at) + timedelta(days=policy().appeal_days)
        return {
            "report": report, "attached": rows, "files": files.attached([report.id]).get(report.id, []),
            "events": sum(row.kind == "event" for row in rows), "pasted": [r for r in rows if r.kind == "pasted"],
            "policy": policy(), "look_by": report.at + policy().waits["look"],
            "looked": report.case.first_look_at if report.case else None, "again": again, "until": until,
            "may_ask": again is None and policy().reporter_appeal and report.state == "dismissed" and clock.now() <= until
            and Decision.objects.filter(case_id=report.case_id, breach=False, state="done").exists(),
        }  # fmt: skip

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> str:
        """Ask that it be looked at again, by somebody else."""
        report = visible(Report, actor, where["pk"])
        appeals.file(actor, report, text=request.POST.get("text", ""), key=request.POST.get("key"))
        flash.success(request, _("再確認の依頼を受け付けました。前とは別の担当者が確認します。"))
        return f"/reports/{report.id}"


@require_POST
def rate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say whether the answer helped."""
    actor = member(request)
    report = visible(Report, actor, pk)
    reports.rate(actor, report, helped=request.POST.get("helped") == "yes", key=request.POST.get("key"))
    flash.success(request, _("ご意見をありがとうございました。今後の対応に役立てます。"))
    return redirect(f"/reports/{report.id}")

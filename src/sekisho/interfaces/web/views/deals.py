"""One deal: everything said and done in order, what is being written, and the contact requests of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as flash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sekisho.core.guidance import refusals
from sekisho.interfaces.web.doors import Page, visible
from sekisho.interfaces.web.marks import marked, seen_in
from sekisho.interfaces.web.views import files
from sekisho.market.contact_requests import verbs as requests
from sekisho.market.contact_requests.models import ContactRequest
from sekisho.market.contact_requests.policy import before_contract, policy
from sekisho.market.contact_requests.reviewing import review
from sekisho.market.contracts.models import Contract
from sekisho.market.contracts.next_step import next_step
from sekisho.market.deals.models import Deal, Event
from sekisho.market.files.verbs import attached
from sekisho.market.kernel.actors import Actor
from sekisho.market.messaging import verbs
from sekisho.market.messaging.models import Message
from sekisho.market.messaging.reading import events_for, judged_files

PAGE = 50


class Show(Page):
    """The record of a deal and the place to write."""

    template = "web/deal.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """The last `PAGE` events with what was found in them, the contracts and the contact requests."""
        deal = visible(Deal, actor, where["pk"], related=("client", "worker"))
        side = deal.side(actor.id)
        mine = Message.objects.filter(deal=deal, author_id=actor.id, state__in=["held", "withheld"])
        asked = (
            ContactRequest.objects.visible_to(actor)
            .filter(deal=deal)
            .select_related("contract")
        )
        requests_ = list(asked.order_by("-asked_at")[:5])
        for request_ in requests_:
            request_.deal = deal
            if request_.contract is not None:
                request_.contract.deal = deal
        contracts = list(Contract.objects.visible_to(actor).filter(deal=deal).order_by("-number")[:20])
        for contract in contracts:
            contract.deal = deal
        return {
            "deal": deal, "side": side, "rows": events_of(deal, actor),
            "own": list(mine.order_by("-at")[:5]),
            "contracts": contracts, "step": next_step(contracts[0], actor) if contracts else None,
            "may_ask": side in policy().ask and (deal.stage != "pre_contract" or before_contract(deal)),
            "asked": [(r, _reviewed(r, actor)) for r in requests_],
            "kept": files.unused(actor, "message"),
        }  # fmt: skip

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> HttpResponse | str:
        """Send; what is returned to its writer is shown with what was seen in it."""
        deal = visible(Deal, actor, where["pk"])
        message = verbs.send(
            actor, deal, text=request.POST.get("text", ""), files=files.taken(request, actor, "message"),
            key=request.POST.get("key"),
        )  # fmt: skip
        if message.state in ("nudged", "refused"):
            shown = {
                "nudged": message,
                "values": request.POST,
                "refusals": refusals(),
                "seen_files": _seen_files(message),
            }
            context = self.fresh(request, **where) | seen_in(message.judgement) | shown
            return render(request, self.template, context)
        if message.state == "held":
            told = _(
                "このメッセージは確認のためお預かりしました。24時間以内に運営が確認し、結果をお知らせします。"
            )
            flash.info(request, told)
        return f"/deals/{deal.id}#last"


def _seen_files(message: Message) -> list[tuple[str, Any]]:
    """What was seen in the files of an attempt, for its writer: the file's name and the finding."""
    uploads = {upload.id: upload.name for upload in attached([message.id]).get(message.id, ())}
    judged = judged_files(uploads)
    return [
        (uploads[pk], f)
        for pk, rows in judged.items()
        for j in rows
        for f in j.findings
        if f["verdict"] != "clear"
    ]


def _reviewed(request: ContactRequest, actor: Actor) -> Any:
    """The four criteria, for whoever is to answer."""
    answers = request.state in ("asked", "half_approved") and request.deal.side(actor.id) != request.asker
    return review(request, actor) if answers else None


def events_of(deal: Deal, actor: Actor) -> list[dict[str, Any]]:
    """The last `PAGE` events of a deal, oldest first, with what was found in the messages among them."""
    found = events_for(actor, deal).select_related("body", "author").order_by("-position")[:PAGE]
    events = list(found)[::-1]
    said = Message.objects.filter(event__in=[e.id for e in events]).select_related("judgement")
    by_event = {message.event_id: message for message in said}
    named = files.named((event.body.content for event in events), actor)
    return [_row(event, by_event.get(event.id), actor, named) for event in events]


def _row(event: Event, message: Message | None, actor: Actor, named: dict[str, Any]) -> dict[str, Any]:
    warned, mine = message is not None and message.warned, event.author_id == actor.id
    found = [f for f in message.judgement.findings if f["verdict"] != "clear"] if message and warned else []
    text = str(event.body.content.get("text", ""))
    carried = [named[f["id"]] for f in event.body.content.get("files", ()) if f.get("id") in named]
    return {
        "event": event, "content": event.body.content, "mine": mine, "findings": found,
        "parts": marked(text, found) if found and not mine else [], "text": text, "files": carried,
        "message": message.pk if message is not None else None,
        "unsure": warned and not mine and not found and not any(row["findings"] for row in carried),
    }  # fmt: skip


class Ask(Page):
    """サービス外連絡申請."""

    template = "web/contact_ask.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """The form, which teaches the rule."""
        chosen = request.POST.getlist("tools")
        return {"deal": visible(Deal, actor, where["pk"]), "tools": requests.TOOLS, "chosen": chosen}

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> HttpResponse | str:
        """Ask. What is no purpose of a request comes back with what was seen in it."""
        deal = visible(Deal, actor, where["pk"])
        asked = requests.ask(
            actor, deal, tools=tuple(request.POST.getlist("tools")), purpose=request.POST.get("purpose", ""),
            key=request.POST.get("key"),
        )  # fmt: skip
        if asked.state == "returned":
            context = self.fresh(request, **where) | seen_in(asked.judgement) | {"values": request.POST}
            return render(request, self.template, context)
        if asked.state == "held":
            flash.info(request, _("申請の目的を運営が確認しています。24時間以内に結果をお知らせします。"))
        return f"/deals/{deal.id}"

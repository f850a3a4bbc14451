"""One deal: everything said and done in order, what is being written, and the contact requests of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages as flash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sekisho.core.guidance import refusals
from sekisho.interfaces.web.doors import Page, member, visible
from sekisho.interfaces.web.marks import marked
from sekisho.market.contact_requests import verbs as requests
from sekisho.market.contact_requests.models import ContactRequest
from sekisho.market.contact_requests.states import REQUEST
from sekisho.market.contracts.models import Contract
from sekisho.market.deals.models import Deal, Event
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.permits import relations
from sekisho.market.kernel.problems import Problem
from sekisho.market.messaging import verbs
from sekisho.market.messaging.models import Message

PAGE = 50


class Show(Page):
    """The record of a deal and the place to write."""

    template = "web/deal.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """The last `PAGE` events with what was found in them, the contracts and the contact requests."""
        deal = visible(Deal, actor, where["pk"])
        events = list(
            Event.objects.filter(deal=deal).select_related("body", "author").order_by("-position")[:PAGE]
        )[::-1]
        said = {
            m.event_id: m
            for m in Message.objects.filter(event__in=[e.id for e in events]).select_related("judgement")
        }
        rows = [_row(event, said.get(event.id), actor) for event in events]
        own = (
            Message.objects.filter(deal=deal, author_id=actor.id)
            .exclude(state="delivered")
            .order_by("-at")[:5]
        )
        asked = ContactRequest.objects.filter(deal=deal).order_by("-asked_at")[:5]
        return {
            "deal": deal, "side": deal.side(actor.id), "rows": rows, "own": [m for m in own if m.state != "muted"],
            "contracts": Contract.objects.filter(deal=deal).order_by("-number"),
            "asked": [(r, [row.verb for row in REQUEST.open(r.state, relations(actor, r))]) for r in asked],
        }  # fmt: skip

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> HttpResponse | str:
        """Send; what is returned to its writer is shown with what was seen in it."""
        deal = visible(Deal, actor, where["pk"])
        message = verbs.send(actor, deal, text=request.POST.get("text", ""), key=request.POST.get("key"))
        if message.state in ("nudged", "refused"):
            found = [f for f in message.judgement.findings if f["verdict"] != "clear"]
            context = self.context(request, actor, **where) | {
                "nudged": message, "parts": marked(message.text, found), "findings": found, "values": request.POST,
                "key": "", "refusals": refusals(),
            }  # fmt: skip
            return render(request, self.template, context)
        if message.state == "held":
            flash.info(
                request,
                _(
                    "このメッセージは確認のためお預かりしました。24時間以内に運営が確認し、結果をお知らせします。"
                ),
            )
        return f"/deals/{deal.id}#last"


def _row(event: Event, message: Message | None, actor: Actor) -> dict[str, Any]:
    found = (
        [f for f in message.judgement.findings if f["verdict"] != "clear"]
        if message and message.warned
        else []
    )
    text = str(event.body.content.get("text", ""))
    return {
        "event": event, "content": event.body.content, "mine": event.author_id == actor.id, "findings": found,
        "parts": marked(text, found) if found and event.author_id != actor.id else [], "text": text,
    }  # fmt: skip


@require_POST
def send_anyway(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Deliver one's own nudged message as it is."""
    actor = member(request)
    message = Message.objects.filter(pk=pk, author_id=actor.id).first()
    if message is None:
        raise Problem("not_found")
    return redirect("deal", pk=verbs.send_anyway(actor, message).deal_id)


class Ask(Page):
    """サービス外連絡申請."""

    template = "web/contact_ask.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """The form, which teaches the rule."""
        return {"deal": visible(Deal, actor, where["pk"]), "tools": requests.TOOLS}

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> str:
        """Ask."""
        deal = visible(Deal, actor, where["pk"])
        requests.ask(actor, deal, tools=tuple(request.POST.getlist("tools")), purpose=request.POST.get("purpose", ""),
                     key=request.POST.get("key"))  # fmt: skip
        return f"/deals/{deal.id}"


ANSWERS = {verb: getattr(requests, verb) for verb in ("approve", "decline", "withdraw", "end")}


@require_POST
def answer(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Approve, decline, withdraw or end."""
    actor = member(request)
    if verb not in ANSWERS:
        raise Problem("not_found")
    return redirect("deal", pk=ANSWERS[verb](actor, visible(ContactRequest, actor, pk)).deal_id)

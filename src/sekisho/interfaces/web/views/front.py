"""The front page, which judges a pasted text without an account, and the home of those who are logged in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sekisho.core.detection import check
from sekisho.core.guidance import refusals, risks_of
from sekisho.core.text import TextTooLong
from sekisho.interfaces.web.doors import Page
from sekisho.interfaces.web.marks import marked
from sekisho.market.contracts.models import Contract
from sekisho.market.deals.models import Deal
from sekisho.market.jobs.models import Application, Job
from sekisho.market.kernel.actors import Actor

STAGES = ("pre_contract", "contracted")
KINDS = ("message", "posting")
PACKS = ("standard", "crowdworks", "lancers", "coconala", "upwork", "fiverr")
LONGEST = 20_000


class Check(Page):
    """Paste a text, get a verdict with its evidence and the next step. Nothing is stored, logged or cached."""

    template = "web/front.html"
    open_to_all = True

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """The empty form."""
        return {"packs": PACKS, "longest": LONGEST}

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> HttpResponse:
        """Judge what was pasted and show the answer on the same page."""
        post = request.POST
        text = post.get("text", "").replace("\r\n", "\n")[:LONGEST]
        kind = post.get("kind") if post.get("kind") in KINDS else "message"
        stage = post.get("stage") if post.get("stage") in STAGES else "pre_contract"
        pack = post.get("pack") if post.get("pack") in PACKS else "standard"
        context = self.context(request, actor) | {"values": post, "text": text}
        if text.strip():
            try:
                verdict = check(text, kind=str(kind), sender="client", stage=str(stage), pack=str(pack))
            except TextTooLong:
                return render(request, self.template, context, status=400)
            seen = [f for f in verdict.findings if f.verdict != "clear"]
            risks = {risk.id: risk for finding in seen for risk in risks_of(finding)}
            context |= {"verdict": verdict, "parts": marked(text, seen), "findings": seen, "risks": risks.values(),
                        "refusals": refusals(str(pack) if pack != "standard" else "here")}  # fmt: skip
        return render(request, self.template, context)


class Home(Page):
    """What waits for whom is logged in."""

    template = "web/home.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """Deals, contracts, own jobs, newest first."""
        return {
            "deals": Deal.objects.visible_to(actor)
            .select_related("client", "worker")
            .order_by("-moved_at")[:20],
            "contracts": Contract.objects.visible_to(actor)
            .select_related("deal__client", "deal__worker")
            .order_by("-made_at")[:20],
            "jobs": Job.objects.filter(client_id=actor.id).order_by("-made_at")[:20],
            "applications": Application.objects.filter(worker_id=actor.id)
            .select_related("job")
            .order_by("-at")[:20],
        }

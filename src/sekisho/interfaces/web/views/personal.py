"""Personal data the work needs, asked for and given on a page of its own; and the client's own fields for his workers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as flash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sekisho.interfaces.web.doors import Page, visible
from sekisho.interfaces.web.marks import seen_in
from sekisho.market.deals.models import Deal
from sekisho.market.kernel.actors import Actor
from sekisho.market.personal_data import recruiter, verbs
from sekisho.market.personal_data.models import PersonalDataRequest
from sekisho.market.personal_data.policy import policy
from sekisho.market.profiles.models import Profile


class OfDeal(Page):
    """Every request of a deal, and the client's form for another one."""

    template = "web/personal_data.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """The requests, newest first."""
        deal = visible(Deal, actor, where["pk"], related=("client", "worker"))
        rows = PersonalDataRequest.objects.visible_to(actor).filter(deal=deal).order_by("-asked_at")[:50]
        return {
            "deal": deal, "side": deal.side(actor.id), "rows": rows, "kinds": policy().kinds, "days": policy().access_days,
            "chosen": request.POST.getlist("kinds"),
        }  # fmt: skip

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> HttpResponse | str:
        """Ask. A purpose that steers outside comes back with what was seen in it, and never reaches the worker."""
        post = request.POST
        asked = verbs.ask(
            actor, visible(Deal, actor, where["pk"]), kinds=tuple(post.getlist("kinds")), purpose=post.get("purpose", ""),
            key=post.get("key"),
        )  # fmt: skip
        if asked.state == "refused":
            shown = self.fresh(request, **where) | seen_in(asked.judgement) | {"values": post}
            return render(request, self.template, shown)
        flash.success(request, _("提供をお願いしました。回答をお待ちください。"))
        return f"/personal-data/{asked.id}"


class Show(Page):
    """One request: what is asked and why, the worker's answer, and who has looked when."""

    template = "web/personal_data_request.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """What was given is not here: reading it is an act."""
        row = visible(PersonalDataRequest, actor, where["pk"], related=("deal__client", "deal__worker"))
        return {
            "row": row, "side": row.deal.side(actor.id), "days": policy().access_days,
            "accesses": row.accesses.select_related("reader").order_by("-at")[:200],
        }  # fmt: skip

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> HttpResponse | str:
        """The worker gives what was asked for."""
        row = visible(PersonalDataRequest, actor, where["pk"])
        values = {kind: request.POST.get(f"value_{kind}", "") for kind in row.kinds}
        verbs.approve(actor, row, values=values, key=request.POST.get("key"))
        flash.success(request, _("情報を提供しました。いつでも終わらせることができます。"))
        return f"/personal-data/{row.id}"


class Read(Show):
    """The client reads what was given; that he did is written down."""

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> HttpResponse | str:
        """Read."""
        given = verbs.read(actor, visible(PersonalDataRequest, actor, where["pk"]))
        return render(request, self.template, self.fresh(request, **where) | {"given": given})


class Recruiter(Page):
    """The client's name, address and contact, apart from free text: shown to his workers from when the policy says."""

    template = "web/recruiter.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """What stands there."""
        profile = Profile.objects.filter(account_id=actor.me).first()
        values = {name: getattr(profile, f"recruiter_{name}", "") for name in recruiter.FIELDS}
        return {"values": values, "shown": policy().recruiter_shown}

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> str:
        """Save it."""
        values = {name: request.POST.get(name, "") for name in recruiter.FIELDS}
        recruiter.write(actor, None, **values, key=request.POST.get("key"))
        flash.success(request, _("保存しました。"))
        return "/me/recruiter"

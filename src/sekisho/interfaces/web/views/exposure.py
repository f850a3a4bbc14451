"""What somebody gave away: the wizard, the record with its plan, its print, and a moderator's reading of a shared one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages as flash
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _

from sekisho.interfaces.web import words
from sekisho.interfaces.web.doors import Page, visible
from sekisho.interfaces.web.given import id_or_none, raw_rows, told_rows
from sekisho.market.deals.models import Deal
from sekisho.market.exposure import sharing, verbs
from sekisho.market.exposure.entries import KINDS, MOST, TOOLS, met_by
from sekisho.market.exposure.matters import MATTERS, matters_of
from sekisho.market.exposure.models import Attached, Exposure
from sekisho.market.exposure.reading import Whole, plan_for, timeline, titles
from sekisho.market.exposure.reading import whole as all_of
from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.problems import Problem
from sekisho.market.messaging.reading import events_for
from sekisho.market.people.models import Account

SPARE = 2
"""Empty rows at the end of the form that amends."""


def _choices(actor: Actor) -> dict[str, Any]:
    """What the forms let choose from."""
    known = Account.objects.filter(pk__in=met_by(actor.me)) if actor.id else Account.objects.none()
    return {"titles": titles(), "tools": TOOLS, "known": known.order_by("display_name")[:200],
            "today": clock.now(), "sharing": bool(MATTERS)}  # fmt: skip


def _paper(record: Whole) -> dict[str, Any]:
    """What the printed document shows of a record."""
    plan = plan_for(record.kinds)
    return {
        "exposure": record.exposure, "given": record.given, "said": record.words, "ticked": record.ticked, "plan": plan,
        "moments": timeline(record.given, record.words, record.ticked, plan.steps), "titles": titles(),
        "total": sum(one.amount_yen or 0 for one in record.given), "printed_at": clock.now(),
    }  # fmt: skip


class Private(Page):
    """A page that no browser and no server on the way keeps a copy of."""

    def dispatch(self, request: HttpRequest, *args: Any, **where: Any) -> HttpResponseBase:
        """As every page, and then forgotten."""
        page = super().dispatch(request, *args, **where)
        page["Cache-Control"] = "no-store"
        return page


class List(Private):
    """One's records, newest first."""

    template = "web/exposures.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """The last hundred."""
        rows = Exposure.objects.visible_to(actor).prefetch_related("given").order_by("-made_at")[:100]
        return {"records": rows, "titles": titles()}


class New(Private):
    """The wizard: first which kinds, then of each when and by which tool. Nothing is stored before the end."""

    template = "web/exposure_new.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """The first step, or the second with a row for each kind that was chosen."""
        rows = raw_rows(request.POST)
        if not rows:
            kinds = [kind for kind in dict.fromkeys(request.POST.getlist("kinds")) if kind in KINDS]
            rows = [{"n": n, "kind": kind} for n, kind in enumerate(kinds)]
        return _choices(actor) | {"rows": rows, "other": _other(request, actor)}

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> HttpResponse | str:
        """On to the second step, or write it down."""
        post = request.POST
        if post.get("step") == "kinds":
            context = self.fresh(request, **where) | {"values": post}
            if not context["rows"]:
                raise Problem("blank", field="given")
            return render(request, self.template, context)
        made = verbs.write(
            actor, None, given=told_rows(post), title=post.get("title", ""), story=post.get("story", ""),
            key=post.get("key") or None,
        )  # fmt: skip
        flash.success(request, _("記録しました。ほかの方からは見えません。"))
        return f"/exposure/{made.id}"


def _other(request: HttpRequest, actor: Actor) -> str:
    """The other side of the deal from whose page she came."""
    try:
        asked = UUID(request.GET.get("deal", "") or request.POST.get("deal", ""))
    except ValueError:
        return ""
    deal = Deal.objects.visible_to(actor).filter(pk=asked).first()
    return "" if deal is None else str(deal.worker_id if deal.client_id == actor.id else deal.client_id)


class Show(Private):
    """A record: what was given, the plan with what is done of it, the words attached, with whom it is shared."""

    template = "web/exposure.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """Everything of it."""
        record = all_of(visible(Exposure, actor, where["pk"]))
        known, shared = matters_of(actor.me), {share.matter for share in record.shares}
        return _paper(record) | {
            "sharing": bool(MATTERS), "shares": [(share, known.get(share.matter)) for share in record.shares],
            "matters": [m for m in known.values() if m.open and m.id not in shared],
        }  # fmt: skip

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> str:
        """One of the acts on a record."""
        exposure, post = visible(Exposure, actor, where["pk"]), request.POST
        acts: dict[str, Callable[[], Any]] = {
            "tick": lambda: verbs.tick(
                actor, exposure, step=post.get("step", ""), done=post.get("done") == "1"
            ),
            "share": lambda: sharing.share(actor, exposure, matter=_matter(post)),
            "unshare": lambda: sharing.unshare(actor, exposure, matter=_matter(post)),
            "erase": lambda: verbs.erase(actor, exposure),
            "keep": lambda: verbs.keep(actor, exposure),
        }
        if post.get("do") not in acts:
            raise Problem("not_found")
        done = acts[post["do"]]()
        if done.state == "erased":
            flash.success(request, _("記録を消去しました。"))
            return "/exposure"
        return f"/exposure/{exposure.id}" + (f"#step-{post['step']}" if post["do"] == "tick" else "")


def _matter(post: Mapping[str, str]) -> UUID:
    matter = id_or_none(post.get("matter", ""))
    if matter is None:
        raise Problem("not_found")
    return matter


class Edit(Private):
    """Write a record anew."""

    template = "web/exposure_edit.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """The form with what stands there, and room for more."""
        exposure = visible(Exposure, actor, where["pk"])
        rows = raw_rows(request.POST) or [
            {"kind": one.kind, "on": one.on.isoformat() if one.on else "", "tool": one.tool, "to": str(one.to_id or ""),
             "to_words": one.to_words, "amount_yen": one.amount_yen or ""}
            for one in exposure.given.order_by("number")
        ]  # fmt: skip
        rows += [{"kind": ""} for _spare in range(SPARE)]
        return _choices(actor) | {
            "exposure": exposure, "rows": [row | {"n": n} for n, row in enumerate(rows[:MOST])],
            "values": {"title": exposure.title, "story": exposure.story},
        }  # fmt: skip

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> str:
        """Save it."""
        exposure, post = visible(Exposure, actor, where["pk"]), request.POST
        verbs.amend(
            actor, exposure, given=told_rows(post), title=post.get("title", ""), story=post.get("story", ""),
            key=post.get("key") or None,
        )  # fmt: skip
        return f"/exposure/{exposure.id}"


class Words(Private):
    """Choose which words of one of her deals belong to the record: first the deal, then its words."""

    template = "web/exposure_words.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """Her deals, or the last two hundred events of one that say something."""
        exposure, asked = visible(Exposure, actor, where["pk"]), id_or_none(request.GET.get("deal", ""))
        if asked is None:
            deals = Deal.objects.visible_to(actor).select_related("client", "worker").order_by("-moved_at")
            return {"exposure": exposure, "deals": deals[:50]}
        deal = visible(Deal, actor, asked)
        events = events_for(actor, deal).filter(type__in=verbs.WORDED).select_related("body", "author")
        chosen = Attached.objects.filter(exposure=exposure, event__deal=deal).values_list(
            "event_id", flat=True
        )
        return {
            "exposure": exposure,
            "deal": deal,
            "events": events.order_by("-position")[:200],
            "chosen": set(chosen),
        }

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> str:
        """Attach what is ticked, and take away what is not."""
        exposure, deal = visible(Exposure, actor, where["pk"]), id_or_none(request.POST.get("deal", ""))
        if deal is None:
            raise Problem("not_found")
        events = {
            event for event in map(id_or_none, request.POST.getlist("events")[:500]) if event is not None
        }
        verbs.attach(actor, exposure, deal=deal, events=tuple(events))
        return f"/exposure/{exposure.id}#words"


class Print(Private):
    """The record as one document for the police, a consumer centre or a bank; `in` chooses its language."""

    template = "web/exposure_print.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """What the document shows."""
        return _paper(all_of(visible(Exposure, actor, where["pk"])))

    def get(self, request: HttpRequest, **where: Any) -> HttpResponse:
        """In the language asked for, whatever that of the pages is."""
        asked = request.GET.get("in", "")
        with translation.override(asked if asked in ("ja", "en") else words.lang()):
            page = super().get(request, **where)
            page["Content-Language"] = words.lang()
        return page


class Inspect(Private):
    """A moderator reads a record that its writer shares with a case: by an act with a reason."""

    template = "web/exposure_inspect.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """The form; not there for anybody else, nor for a record that is not shared."""
        shared = Exposure.objects.filter(pk=where["pk"], shares__ended_at=None, shares__isnull=False)
        if "moderator" not in actor.roles or not shared.exclude(state="erased").exists():
            raise Problem("not_found")
        return {"pk": where["pk"]}

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> HttpResponse:
        """Read it."""
        context = self.fresh(request, **where)
        exposure = Exposure.objects.get(pk=where["pk"])
        record = sharing.inspect(actor, exposure, because=request.POST.get("because", ""))
        return render(request, self.template, context | _paper(record))

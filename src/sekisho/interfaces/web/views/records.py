"""The record of a deal as a whole: taken out by its parties, read by a moderator who says why, erased from by an operator."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib import messages as flash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sekisho.interfaces.web import words
from sekisho.interfaces.web.doors import Page, download, visible, whole
from sekisho.interfaces.web.views import files
from sekisho.interfaces.web.views.house import staff
from sekisho.market.deals import verbs as deals
from sekisho.market.deals.models import Deal
from sekisho.market.deals.printing import sentence, words_of
from sekisho.market.files import verbs as file_verbs
from sekisho.market.files.models import Upload
from sekisho.market.judging.printing import printed_deal
from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.problems import Problem
from sekisho.market.ledger.port import File
from sekisho.market.messaging import verbs as messages
from sekisho.market.messaging.reading import Entry
from sekisho.market.people.models import Account


class Export(Page):
    """Take the whole record out: as a file with every hash, or as a page made for paper."""

    template = "web/deal_export.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """The two ways."""
        return {"deal": visible(Deal, actor, where["pk"], related=("client", "worker"))}

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> HttpResponse | str:
        """Export, which stands in the audit chain."""
        deal = visible(Deal, actor, where["pk"], related=("client", "worker"))
        record = deals.export(actor, deal)
        if request.POST.get("as") == "print":
            lines = list(printed_deal(deal, words.lang()))
            shown = {"deal": deal, "lines": lines, "head": record["head"], "now": clock.now()}
            return render(request, "web/deal_print.html", shown)
        text = json.dumps(record, ensure_ascii=False, indent=1)
        return download(File(f"deal-{deal.id}.json", "application/json", text.encode()))


class Inspect(Page):
    """A moderator reads a deal: nothing of it is shown before the reason is given, and each page read is an act of its own."""

    template = "web/house_deal.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """Whose deal it is."""
        staff(actor)
        deal = Deal.objects.select_related("client", "worker").filter(pk=where["pk"]).first()
        if deal is None:
            raise Problem("not_found")
        return {"deal": deal, "operator": "operator" in actor.roles, "moderator": "moderator" in actor.roles}

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> HttpResponse | str:
        """Read the log alone, or with every attempt that was not delivered."""
        shown, post = self.fresh(request, **where), request.POST
        because, before = post.get("because", ""), post.get("before") or None
        page = {"because": because, "before": whole(before, "before") if before else None}
        if post.get("what") == "log":
            log = deals.inspect(actor, shown["deal"], **page)
            entries, older = tuple(Entry(row, None, "") for row in log.rows), log.older
        else:
            thread = messages.inspect(actor, shown["deal"], **page)
            entries, older = thread.entries, thread.older
        shown |= {
            "rows": _rows(entries, actor),
            "older": older,
            "because": because,
            "what": post.get("what", "thread"),
        }
        return render(request, self.template, shown)


def _rows(entries: tuple[Entry, ...], actor: Actor) -> list[dict[str, Any]]:
    own = files.listed((upload for entry in entries for upload in entry.files), actor)
    told = files.named((e.event.body or {} for e in entries if e.event and e.message is None), actor)
    return [_row(entry, own, told) for entry in entries]


def _row(entry: Entry, own: dict[UUID, Any], told: dict[str, Any]) -> dict[str, Any]:
    event, message, lang = entry.event, entry.message, words.lang()
    judgements = ([message.judgement] if message else []) + list(entry.judgements)
    named = [told.get(str(f.get("id"))) for f in (event.body or {}).get("files", ())] if event else []
    return {
        "event": event, "message": message, "state": entry.state, "at": event.at if event else message and message.at,
        "sentence": sentence(event, lang) if event else "", "words": words_of(event, lang) if event else message and message.text,
        "findings": [f for judgement in judgements for f in judgement.findings if f["verdict"] != "clear"],
        "files": [own[u.id] for u in entry.files if u.id in own] or [row for row in named if row],
    }  # fmt: skip


class Erase(Inspect):
    """An operator erases what one event says, by policy. The chain holds all the same, and says so."""

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> HttpResponse | str:
        """Erase."""
        deal, post = self.context(request, actor, **where)["deal"], request.POST
        deals.erase_body(
            actor, deal, position=whole(post.get("position"), "position"), because=post.get("because", ""),
            key=post.get("key"),
        )  # fmt: skip
        flash.success(request, _("本文を消去しました。消去したことは記録に残ります。"))
        return f"/house/deals/{deal.id}"


class Look(Page):
    """A moderator looks at a file, and says why. Before that he is shown whose it is and what was seen in it, no more."""

    template = "web/house_file.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """What is known of it. The file itself is not here: it is fetched with a reason."""
        staff(actor, "moderator")
        upload = Upload.objects.filter(pk=where["pk"]).first()
        if upload is None:
            raise Problem("not_found")
        return {"row": files.listed([upload], actor)[upload.id],
                "owner": Account.objects.filter(pk=upload.owner).first()}  # fmt: skip

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> HttpResponse | str:
        """Fetch it."""
        upload = self.context(request, actor, **where)["row"]["upload"]
        return files.handed_out(file_verbs.inspect(actor, upload, because=request.POST.get("because", "")))  # type: ignore[return-value]

"""Accounts that have things in common, for the house: the graph of a case with its reasons, innocent causes, and the keys."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as flash
from django.http import HttpRequest
from django.utils.translation import gettext as _

from sekisho.interfaces.web import drawing
from sekisho.interfaces.web.doors import Page, visible
from sekisho.interfaces.web.views.house import staff
from sekisho.interfaces.web.views.reports import uuids
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.problems import Problem
from sekisho.market.linkage import rotation
from sekisho.market.linkage import verbs as linkage
from sekisho.market.linkage.models import Explanation, KeyUse
from sekisho.market.people.models import Account
from sekisho.market.safety import decisions
from sekisho.market.safety.claims import barred
from sekisho.market.safety.models import Case

DEPTH, MOST = 2, 24
"""How far the graph of a case goes, and how many accounts it shows: what one can look over."""


def drawn(actor: Actor, case: Case) -> dict[str, Any]:
    """The graph around whom a case is about; nothing for who has a part in the case. Every look stands in the audit chain."""
    if barred(actor, case):
        return {}
    found = linkage.look(actor, case.subject, depth=DEPTH, limit=MOST)
    points, lines = drawing.graph(found)
    accounts = Account.objects.in_bulk([node.account for node in found.nodes])
    return {
        "points": points, "lines": lines, "more_links": found.more, "causes": linkage.CAUSES,
        "linked": [(point, decisions.strikes(accounts[point.node.account])) for point in points[1:]],
        "wide": drawing.WIDE, "high": drawing.HIGH,
    }  # fmt: skip


class Links(Page):
    """The graph by itself, and explaining a link or taking that back."""

    template = "web/links.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """The same as on the page of the case."""
        case = visible(Case, staff(actor), where["pk"], related=("subject",))
        return {"case": case, "wide_page": True} | drawn(actor, case)

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> str:
        """Mark two accounts or one thing as explained, or take a mark back."""
        case, post = visible(Case, staff(actor), where["pk"]), request.POST
        if barred(actor, case):
            raise Problem("barred")
        key, because = post.get("key"), post.get("because", "")
        if post.get("explanation"):
            row = visible(Explanation, actor, uuids([post["explanation"]])[0])
            linkage.unmark(actor, row, because=because, key=key)
            flash.success(request, _("説明を取り消しました。"))
        else:
            trait = post.get("trait")
            linkage.mark_innocent(
                actor, None, cause=post.get("cause", ""), because=because, key=key,
                accounts=[] if trait else uuids(post.getlist("account")), trait=uuids([trait])[0] if trait else None,
            )  # fmt: skip
            flash.success(request, _("問題のないつながりとして記録しました。"))
        return f"/house/cases/{case.id}#linked"


class Keys(Page):
    """What is hashed under which key, and deleting what an old key hashed."""

    template = "web/keys.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """The lists of keys, those in use first."""
        staff(actor, "operator")
        since = dict(KeyUse.objects.values_list("name", "since"))
        rows = sorted(rotation.standing(), key=lambda row: (not row.newest, not row.listed, row.name))
        return {"rows": [(row, since.get(row.name)) for row in rows]}

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> str:
        """Delete."""
        post = request.POST
        linkage.forget_key(
            staff(actor, "operator"), None, name=post.get("name", ""), because=post.get("because", ""), key=post.get("key")
        )  # fmt: skip
        flash.success(request, _("この鍵でつくった照合用の値を削除しました。"))
        return "/house/keys"

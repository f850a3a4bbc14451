"""Deciding many cases at once: choosing them in the queue, looking them over, letting it run, stopping and undoing it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import HttpRequest

from sekisho.interfaces.web.doors import Page, visible, whole
from sekisho.interfaces.web.views.house import staff
from sekisho.interfaces.web.views.reports import uuids
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.problems import Problem
from sekisho.market.safety import bulk
from sekisho.market.safety.models import Bulk, BulkCase, Case
from sekisho.market.safety.policy import policy

LISTED = 20


class New(Page):
    """What is to be done with the chosen cases; without any, the bulk decisions of late."""

    template = "web/bulks.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """The chosen cases, each with what keeps it out, and the form."""
        staff(actor)
        chosen = _chosen(request, actor)
        return {
            "chosen": [(case, bulk.kept_out(actor, case)) for case in chosen], "policy": policy(),
            "categories": tuple(policy().categories), "sanctions": sorted(bulk.MEASURES, reverse=True),
            "earlier": Bulk.objects.visible_to(actor).select_related("owner").order_by("-at")[:LISTED],
        }  # fmt: skip

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> str:
        """Set it down; nothing is decided before it is started."""
        post, sanction = request.POST, request.POST.get("sanction", "")
        if post.get("breach") not in ("yes", "no"):
            raise Problem("blank", field="breach")
        days = {"days": whole(post.get("days"), "days")} if sanction == "suspension" else {}
        made = bulk.prepare(
            staff(actor), None, cases=_chosen(request, actor), because=post.get("because", ""),
            breach=post["breach"] == "yes", rule=post.get("rule", ""), public_reason=post.get("public_reason", ""),
            private_note=post.get("private_note", ""), orders=[{"kind": sanction} | days] if sanction else [],
            key=post.get("key"),
        )  # fmt: skip
        return f"/house/bulk/{made.id}"


def _chosen(request: HttpRequest, actor: Actor) -> list[Case]:
    given = request.POST if request.method == "POST" else request.GET
    wanted = uuids(given.getlist("case")[: policy().bulk_most + 1])
    rows = Case.objects.visible_to(actor).filter(pk__in=wanted).select_related("subject").order_by("opened_at", "pk")
    return list(rows)


class Show(Page):
    """One bulk decision: the preview before it is started, then how far it is and what came of each case."""

    template = "web/bulk.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """Each case with what came of it, or what would keep it out now."""
        found = visible(Bulk, staff(actor), where["pk"], related=("owner",))
        rows = BulkCase.objects.filter(bulk=found).order_by("case__opened_at", "pk")
        came_to = dict(rows.values_list("case", "came_to"))
        counts = Counter("left" if code not in ("", "decided", "undone") else code for code in came_to.values())
        shown = [(case, came_to[case.pk] or out) for case, out in bulk.preview(found.owner.actor, found)]
        return {
            "bulk": found, "rows": shown, "all": len(came_to), "decided": counts["decided"], "undone": counts["undone"],
            "left_out": counts["left"], "waiting": counts[""], "moving": found.state in ("running", "undoing"),
            "ready": sum(not out for _, out in shown),
            "steps": len(came_to) - (counts["decided"] if found.state == "undoing" else counts[""]),
        }  # fmt: skip

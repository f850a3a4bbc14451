"""The moderators' console: the queue of cases, one case with everything that belongs to it, and deciding it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.utils.http import urlencode

from sekisho.interfaces.web.doors import Page, member, visible, whole
from sekisho.interfaces.web.dossiers import evidence, record, sources
from sekisho.interfaces.web.views.house import staff
from sekisho.interfaces.web.views.links import drawn
from sekisho.interfaces.web.views.reports import uuids
from sekisho.market.exposure.models import Exposure
from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.problems import Problem
from sekisho.market.safety import choosing, claims, decisions, measures, reading
from sekisho.market.safety.claims import related
from sekisho.market.safety.fairness import is_victim
from sekisho.market.safety.models import Appeal, Case, Decision
from sekisho.market.safety.policy import policy

PAGE, COUNTED = 50, 100
"""Cases on a page; how far a view is counted."""
SANCTIONS = tuple(kind for kind, means in measures.MEANS.items() if means.sanction)
IN_PLACE = ("image/png", "image/jpeg", "image/webp", "image/gif")
"""Types of files that the page can show as pictures; all others are only downloads."""


class Queue(Page):
    """What waits, the worst first, with the reasons; the next case at one press."""

    template = "web/cases.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """One view, a page of it, and how many wait in each."""
        staff(actor)
        view, category = request.GET.get("view", "all"), request.GET.get("category", "")
        start = max(0, int(request.GET["from"])) if request.GET.get("from", "").isdecimal() else 0
        rows = reading.queue(actor, view, category).select_related("subject", "holder")
        cases = list(rows[start : start + PAGE + 1])
        counts = {name: reading.queue(actor, name)[:COUNTED].count() for name in reading.VIEWS}
        here = {"view": view, "category": category}
        return {
            "cases": [(case, _held_by(case, actor)) for case in cases[:PAGE]], "view": view, "category": category,
            "views": counts.items(), "counted": COUNTED, "categories": tuple(policy().categories), "now": clock.now(),
            "following": urlencode(here | {"from": start + PAGE}) if len(cases) > PAGE else "",
            "appeals": reading.waiting(actor)[:COUNTED].count(),
        }  # fmt: skip

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> str:
        """Take the worst case that nobody works on."""
        return f"/house/cases/{claims.claim_next(staff(actor), None, key=request.POST.get('key')).id}"


def _held_by(case: Case, actor: Actor) -> str:
    """Who works on it now: `me`, somebody's name, or nobody."""
    if case.holder is None or case.holder_now is None:
        return ""
    return "me" if case.holder_id == actor.id else case.holder.display_name


class Show(Page):
    """One case. What people wrote is shown to whoever works on it; its form decides."""

    template = "web/case.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """Everything of the case."""
        case = visible(Case, staff(actor), where["pk"], related=("subject", "holder", "merged_into"))
        opened = reading.may_read(actor, case)
        asked = request.GET.get("before", "")
        dossier = reading.read(
            actor, case, deal=next(iter(uuids(filter(None, [request.GET.get("deal", "")]))), None),
            before=int(asked) if asked.isdecimal() and len(asked) < 9 else None,
        ) if opened else None  # fmt: skip
        mine = case.holder_now == actor.id
        return {
            "case": case, "held_by": _held_by(case, actor), "mine": mine, "now": clock.now(), "policy": policy(),
            "dossier": dossier, "rows": record(dossier, case) if dossier else [],
            "sources": sources(case) if dossier else [], "reports": _reports(dossier), "timeline": reading.timeline(case),
            "earlier": reading.earlier(case), "related": related(case),
            "decisions": case.decisions.select_related("decider", "second").order_by("-at"),
            "appeals": Appeal.objects.filter(decision__case=case, state="filed"),
            "strikes": decisions.strikes(case.subject),
        } | drawn(actor, case) | (_form(request, case) if mine and case.state == "open" else {})  # fmt: skip

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> str:
        """Decide."""
        case = visible(Case, staff(actor), where["pk"])
        post = request.POST
        if post.get("breach") not in ("yes", "no"):
            raise Problem("blank", field="breach")
        decisions.make(
            actor, case, breach=post["breach"] == "yes", rule=post.get("rule", ""),
            public_reason=post.get("public_reason", ""), private_note=post.get("private_note", ""),
            orders=_orders(post), evidence=evidence(case, post.getlist("evidence")), key=post.get("key"),
        )  # fmt: skip
        return f"/house/cases/{case.id}"


def _reports(dossier: reading.Dossier | None) -> list[dict[str, Any]]:
    if dossier is None:
        return []
    return [
        {"report": report, "attached": dossier.attachments.get(report.id, []),
         "files": [(file, file.type in IN_PLACE) for file in dossier.files.get(report.id, [])],
         "exposures": list(Exposure.objects.shared_with(report.id))}
        for report in dossier.reports
    ]  # fmt: skip


def _form(request: HttpRequest, case: Case) -> dict[str, Any]:
    """What the form of a decision offers, with what was chosen when it was refused."""
    post = request.POST
    return {
        "deciding": True, "proposal": decisions.proposal(case), "victim": is_victim(case), "options": choosing.options(case),
        "sanctions": SANCTIONS, "categories": tuple(policy().categories), "chosen_orders": post.getlist("orders"),
        "chosen_evidence": post.getlist("evidence"), "rule": post.get("rule") or case.category,
    }  # fmt: skip


def _orders(post: Any) -> list[dict[str, Any]]:
    """The measures as ticked: one sanction at most, then those on things."""
    orders: list[dict[str, Any]] = []
    sanction = post.get("sanction", "")
    if sanction:
        orders.append(
            {"kind": sanction}
            | ({"days": whole(post.get("days"), "days")} if sanction == "suspension" else {})
        )
    for value in post.getlist("orders"):
        kind, _, rest = value.partition(":")
        thing, _, pk = rest.partition(":")
        orders.append({"kind": kind, "thing": thing, "thing_id": pk})
    return orders


def file(request: HttpRequest, pk: UUID, upload: UUID) -> HttpResponseBase:
    """A file that a reporter attached. Who looked stands in the audit chain."""
    actor = staff(member(request))
    found = reading.read_file(actor, visible(Case, actor, pk), upload=upload)
    answer = FileResponse(found.path.open("rb"), as_attachment=True, filename=found.name)
    answer["Content-Type"], answer["X-Content-Type-Options"] = "application/octet-stream", "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


class Appeals(Page):
    """Appeals that wait, those with the nearest term first."""

    template = "web/house_appeals.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """Each with whether whoever looks may decide it."""
        rows = reading.waiting(staff(actor))[:PAGE]
        free = [(appeal, "other_moderator" in appeal.relations(actor)) for appeal in rows]
        return {"appeals": free, "now": clock.now()}


class AppealPage(Page):
    """One appeal: the decision, what its subject says, what upholding will undo."""

    template = "web/house_appeal.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """Raises `Problem("not_found")` for whoever is not of the house, or is its subject."""
        related_rows = (
            "decision__case__subject",
            "decision__decider",
            "decision__second",
            "appellant",
            "decider",
            "report",
        )
        appeal = visible(Appeal, staff(actor), where["pk"], related=related_rows)
        decision: Decision = appeal.decision
        if actor.id in (appeal.appellant_id, decision.case.subject_id):
            raise Problem("not_found")
        return {
            "appeal": appeal, "decision": decision, "case": decision.case, "now": clock.now(),
            "done": [] if appeal.report_id else decision.done.order_by("-order"),
            "may_decide": "other_moderator" in appeal.relations(actor),
        }  # fmt: skip

"""The house's desk: everything that waits for a moderator, and disputes with the whole record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest

from sekisho.interfaces.web.doors import Page
from sekisho.interfaces.web.marks import marked
from sekisho.interfaces.web.views.contracts import belongings
from sekisho.interfaces.web.views.deals import events_of
from sekisho.interfaces.web.views.files import by_thing
from sekisho.interfaces.web.words import HELD
from sekisho.market.contact_requests.models import ContactRequest
from sekisho.market.contracts import escrow
from sekisho.market.contracts.models import Dispute, Review, Settlement, Statement
from sekisho.market.deals.models import Deal
from sekisho.market.jobs.models import Application, Job, Revision
from sekisho.market.judging.models import Judgement
from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.permits import permit
from sekisho.market.kernel.problems import Problem
from sekisho.market.messaging.models import Message
from sekisho.market.profiles.models import Profile

MOST = 50
Waiting = dict[str, Any]


def staff(actor: Actor, *roles: str) -> Actor:
    """`actor` if he has one of `roles` (any of the house's without). Raises `Problem("not_found")`."""
    if not actor.roles & set(roles or ("moderator", "operator")):
        raise Problem("not_found")
    return actor


def _row(
    thing: Any, who: Any, where: Any, text: str, *, judgement: Judgement | None = None, note: str = ""
) -> Waiting:
    findings = [f for f in judgement.findings if f["verdict"] != "clear"] if judgement else []
    fits = judgement is not None and judgement.text == text
    due = getattr(thing, "due_at", None)
    return {
        "thing": thing, "who": who, "where": where, "parts": marked(text, findings if fits else []), "findings": findings,
        "at": getattr(thing, "at", None) or getattr(thing, "made_at", None) or getattr(thing, "asked_at", None),
        "late": getattr(thing, "overdue", False) or bool(due and due < clock.now()), "note": note,
    }  # fmt: skip


def _messages() -> Iterator[Waiting]:
    for m in (
        Message.objects.filter(state="held")
        .select_related("judgement", "author", "deal")
        .order_by("at")[:MOST]
    ):
        yield _row(m, m.author, m.deal, m.text, judgement=m.judgement)


def _applications() -> Iterator[Waiting]:
    rows = Application.objects.filter(state="held").select_related("judgement", "worker", "job")
    for a in rows.order_by("at")[:MOST]:
        yield _row(a, a.worker, a.job, a.whole, judgement=a.judgement)


def _requests() -> Iterator[Waiting]:
    rows = ContactRequest.objects.filter(state="held").select_related(
        "judgement", "deal__client", "deal__worker"
    )
    for r in rows.order_by("asked_at")[:MOST]:
        yield _row(r, getattr(r.deal, r.asker), r.deal, r.purpose, judgement=r.judgement)


def _statements() -> Iterator[Waiting]:
    rows: Any = Statement.objects.filter(state="held").select_related(
        "judgement", "contract__deal__client", "contract__deal__worker"
    )
    for s in rows.order_by("at")[:MOST]:
        yield _row(
            s, getattr(s.contract.deal, s.side), s.contract, s.text, judgement=s.judgement, note=s.kind
        )


def _reviews() -> Iterator[Waiting]:
    rows: Any = Review.objects.filter(state="hidden").select_related(
        "judgement", "contract__deal__client", "contract__deal__worker"
    )
    for r in rows.order_by("at")[:MOST]:
        yield _row(r, getattr(r.contract.deal, r.side), r.contract, r.text, judgement=r.judgement, note=r.why)


def _profiles() -> Iterator[Waiting]:
    for p in Profile.objects.filter(shown=False).select_related("account").order_by("updated_at")[:MOST]:
        text = "\n".join([p.headline, p.body, *p.links, p.company])
        last = Judgement.objects.filter(kind="profile", writer=p.account_id).order_by("-at").first()
        yield _row(p, p.account, "", text, judgement=last)


def _jobs() -> Iterator[Waiting]:
    rows = (
        Job.objects.filter(state="screening").select_related("client", "judgement").order_by("made_at")[:MOST]
    )
    for j in rows:
        yield _row(j, j.client, j, _posting(j.title, j.body, j.pay_text, j.questions), judgement=j.judgement)


def _revisions() -> Iterator[Waiting]:
    rows = (
        Revision.objects.filter(state="held").select_related("job__client", "judgement").order_by("at")[:MOST]
    )
    for r in rows:
        c = r.content
        text = _posting(c["title"], c["body"], c["pay_text"], c["questions"])
        yield _row(r, r.job.client, r.job, text, judgement=r.judgement)


def _posting(title: str, body: str, pay: str, questions: list[str]) -> str:
    return "\n".join([title, "", body, "", pay, *questions])


_FOUND = {
    "message": _messages, "job": _jobs, "revision": _revisions, "application": _applications, "statement": _statements,
    "contact_request": _requests, "review": _reviews, "profile": _profiles,
}  # fmt: skip


class Desk(Page):
    """What waits for the house, oldest first."""

    template = "web/house.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """Held texts of every kind and open disputes."""
        staff(actor)
        groups = [(name, HELD[name], list(find())) for name, find in _FOUND.items()]
        carried = by_thing((row["thing"].pk for _, _, rows in groups for row in rows), actor)
        for row in (row for _, _, rows in groups for row in rows):
            row["files"] = carried.get(row["thing"].pk, [])
            row["deal"] = getattr(row["where"], "deal_id", None) or (
                row["where"].pk if isinstance(row["where"], Deal) else None
            )
        waiting = Dispute.objects.filter(ended_at=None).select_related(
            "contract__deal__client", "contract__deal__worker"
        )
        return {"groups": groups, "disputes": waiting.order_by("at")[:MOST],
                "count": sum(len(rows) for *_, rows in groups)}  # fmt: skip


class Case(Page):
    """A dispute with the contract, its money and the whole record of the deal; what the house may do next."""

    template = "web/dispute.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """Everything; raises `Problem("not_found")` for those who are not of the house."""
        staff(actor)
        dispute: Any = Dispute.objects.filter(pk=where["pk"]).first()
        if dispute is None:
            raise Problem("not_found")
        contract = dispute.contract
        permit(actor, "deal.inspect", contract.deal)
        return {
            "contract": contract, "held": escrow.held(contract), "rows": events_of(contract.deal, actor),
            "settlements": Settlement.objects.filter(dispute=dispute).order_by("-at"),
        } | belongings(contract, actor)  # fmt: skip

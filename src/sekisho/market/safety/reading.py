"""Reading cases: the queue and its views, the file of one case. Words of people are only for who works on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from sekisho.market.deals.models import Deal, Event
from sekisho.market.deals.verbs import OPENINGS
from sekisho.market.files.models import Upload
from sekisho.market.files.verbs import Download, attached
from sekisho.market.files.verbs import inspect as inspect_file
from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.permits import Permit, allow, may
from sekisho.market.kernel.problems import Problem
from sekisho.market.kernel.verbs import current, verb
from sekisho.market.messaging.reading import ThreadPage
from sekisho.market.messaging.verbs import inspect
from sekisho.market.people.models import Account
from sekisho.market.safety.claims import barred
from sekisho.market.safety.models import Appeal, Attachment, Case, CaseSource, Decision, Report

allow([Permit("case.read", ("moderator", "operator"))])
AFTER, PAGE = 10, 50
"""Events shown after the last reported one, and on one page of a record."""


def _held(actor: Actor) -> Q:
    return Q(holder_id=actor.id, held_until__gt=clock.now())


VIEWS: Mapping[str, Callable[[Actor], Q]] = {
    "all": lambda _: Q(),
    "mine": _held,
    "free": lambda _: Q(state="open") & (Q(holder=None) | Q(held_until__lte=clock.now())),
    "escalated": lambda _: Q(escalated__gt=0),
    "late": lambda _: Q(due_at__lt=clock.now()),
    "second": lambda a: Q(
        pk__in=Decision.objects.filter(state="proposed").exclude(decider_id=a.id).values("case")
    ),
}
"""Saved views of the queue. `second`: decisions that wait for somebody else than who proposed them."""


def queue(actor: Actor, view: str = "all", category: str = "") -> QuerySet[Case]:
    """Open cases that `actor` sees, the worst first. Unknown views are `all`."""
    narrowed = VIEWS.get(view, VIEWS["all"])(actor)
    if category:
        narrowed &= Q(category=category)
    return Case.objects.visible_to(actor).queue().filter(narrowed)


def may_read(actor: Actor, case: Case) -> bool:
    """Whether the words in a case are open to `actor`: to who holds it, who is to confirm, and who is to decide an appeal."""
    if actor.id is None or not actor.roles & {"moderator", "operator"} or barred(actor, case):
        return False
    if case.holder_now == actor.id:
        return True
    if Decision.objects.filter(case=case, state="proposed").exclude(decider_id=actor.id).exists():
        return True
    appeals = Appeal.objects.filter(decision__case=case, state="filed").select_related("decision__case")
    return any("other_moderator" in appeal.relations(actor) for appeal in appeals)


@dataclass(frozen=True, slots=True)
class Dossier:
    """What people wrote in a case. `thread` is a page of `deal`'s record, None without one or for who is no moderator.

    `reported`: the events that reporters attached by reference. `deals`: all that the case touches.
    """

    reports: tuple[Report, ...]
    attachments: Mapping[UUID, list[Attachment]]
    files: Mapping[UUID, list[Upload]]
    deals: tuple[Deal, ...]
    deal: Deal | None
    thread: ThreadPage | None
    reported: frozenset[UUID]


@verb("case.read")
def read(actor: Actor, case: Case, *, deal: UUID | None = None, before: int | None = None) -> Dossier:
    """Read what people wrote in a case. It stands in the audit chain, with the case as the reason.

    Raises `Problem` barred, not_claimed.
    """
    _open_to(actor, case)
    reports = tuple(Report.objects.filter(case=case).select_related("reporter").order_by("at"))
    attachments: dict[UUID, list[Attachment]] = {}
    for row in Attachment.objects.filter(report__in=reports).order_by("at", "pk"):
        attachments.setdefault(row.report_id, []).append(row)
    reported = frozenset(
        row.ref
        for rows in attachments.values()
        for row in rows
        if row.kind == "event" and row.ref is not None
    )
    deals = deals_of(case)
    chosen = next((one for one in deals if one.id == deal), deals[0] if deals else None)
    return Dossier(
        reports, attachments, attached(report.id for report in reports), deals, chosen,
        _thread(actor, case, chosen, reported, before) if chosen else None, reported,
    )  # fmt: skip


@verb("case.read_file")
def read_file(actor: Actor, case: Case, *, upload: UUID) -> Download:
    """A file that a reporter attached. Raises `Problem` barred, not_claimed, file_gone, not_found."""
    _open_to(actor, case)
    row = Upload.objects.filter(pk=upload, about__in=Report.objects.filter(case=case).values("pk")).first()
    if row is None:
        raise Problem("not_found")
    return inspect_file(actor, row, because=f"case {case.id}")


allow([Permit("case.read_file", ("moderator",))])


def _open_to(actor: Actor, case: Case) -> None:
    current().because = f"case {case.id}"
    if barred(actor, case):
        raise Problem("barred")
    if not may_read(actor, case):
        raise Problem("not_claimed")


def deals_of(case: Case) -> tuple[Deal, ...]:
    """The deals that what opened the case stands in, the first first."""
    rows = (
        CaseSource.objects.filter(case=case, deal__isnull=False).order_by("at").values_list("deal", flat=True)
    )
    order = list(dict.fromkeys(rows))
    found = Deal.objects.select_related("client", "worker").in_bulk(order)
    return tuple(found[pk] for pk in order if pk in found)


def _thread(
    actor: Actor, case: Case, deal: Deal, reported: frozenset[UUID], before: int | None
) -> ThreadPage | None:
    """The record around what was reported, else its end."""
    if not may(actor, "message.inspect", deal):
        return None
    if before is None:
        last = Event.objects.filter(deal=deal, pk__in=reported).order_by("-position").first()
        if last is not None and last.position + AFTER + 1 < deal.length:
            before = last.position + AFTER + 1
    return inspect(actor, deal, because=f"case {case.id}", before=before, limit=PAGE)


@dataclass(frozen=True, slots=True)
class Moment:
    """One row of a case's time line. `who`: one of the house, or None. `code`: `source.report`, `claim.lapse`, `note`, …"""

    at: Any
    code: str
    who: Account | None = None
    text: str = ""
    category: str = ""


def timeline(case: Case) -> list[Moment]:
    """Everything that happened in a case, oldest first. What reporters wrote is not here."""
    rows = [Moment(s.at, f"source.{s.kind}", category=s.category) for s in case.sources.all()]
    rows += [Moment(c.at, f"claim.{c.how}", c.moderator) for c in case.claims.select_related("moderator")]
    rows += [Moment(n.at, "note", n.author, n.text) for n in case.notes.select_related("author")]
    for decision in case.decisions.select_related("decider", "second"):
        rows.append(Moment(decision.at, "decision.made", decision.decider))
        if decision.second is not None:
            code = "decision.rejected" if decision.state == "rejected" else "decision.confirmed"
            rows.append(Moment(decision.done_at or decision.ended_at, code, decision.second))
        elif decision.state == "withdrawn":
            rows.append(Moment(decision.ended_at, "decision.withdrawn", decision.decider))
    for appeal in Appeal.objects.filter(decision__case=case).select_related("decider"):
        rows.append(Moment(appeal.at, "appeal.filed"))
        if appeal.ended_at is not None:
            rows.append(Moment(appeal.ended_at, f"appeal.{appeal.state}", appeal.decider))
    return sorted(rows, key=lambda row: row.at)


def earlier(case: Case) -> QuerySet[Decision]:
    """What was decided about the same account before, newest first."""
    done = Decision.objects.filter(case__subject_id=case.subject_id, state__in=("done", "reversed"))
    return done.exclude(case=case).select_related("case").order_by("-at")[:20]


def waiting(actor: Actor) -> QuerySet[Appeal]:
    """Appeals that `actor` could decide or look at, those with the nearest term first."""
    found = Appeal.objects.visible_to(actor).filter(state="filed").exclude(appellant_id=actor.id)
    return found.select_related("decision__case__subject", "decision__decider", "appellant").order_by(
        "due_at", "pk"
    )


def _opens(deal: UUID, actor: Actor) -> bool:
    """A case opens the records it touches to whom it is open to."""
    touching = Case.objects.filter(pk__in=CaseSource.objects.filter(deal=deal).values("case"))
    return any(may_read(actor, case) for case in touching)


OPENINGS.append(_opens)

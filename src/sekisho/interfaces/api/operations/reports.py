"""Reports of one's own, decisions about oneself, appeals. Nothing here tells anybody of another's report."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from sekisho.core.guidance import Exposed
from sekisho.interfaces.api.operation import (
    Ask,
    Asked,
    Op,
    Rows,
    Shown,
    Text,
    act,
    found,
    many,
    most,
    one,
    seen,
)
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.permits import relations
from sekisho.market.kernel.problems import Problem
from sekisho.market.safety import appeals, reports
from sekisho.market.safety.models import Appeal, Decision, Reasons, Report
from sekisho.market.safety.policy import policy
from sekisho.market.safety.states import APPEAL, REPORT
from sekisho.market.safety.subjects import ABOUT, facts, subject

CATEGORIES = tuple(policy().categories)
Ids = Annotated[list[UUID], Field(max_length=policy().attached)]


class ReportOut(Shown):
    """One's own report and what came of it. `can`: the verbs its reporter could use."""

    id: UUID
    at: datetime
    state: str
    about: str
    about_id: UUID
    category: str
    stage: str
    methods: list[str]
    text: str
    happened_on: date | None
    answered: bool
    freeze_asked: bool
    gave: list[str]
    merged_into_id: UUID | None
    ended_at: datetime | None
    helped: bool | None
    look_by: datetime | None = None
    can: list[str] = []

    @classmethod
    def of(cls, row: Report, actor: Actor) -> ReportOut:
        """With when somebody begins to look at it at the latest, and what `actor` can do."""
        report: ReportOut = cls.from_orm(row)
        report.look_by = row.at + policy().waits["look"] if row.state == "received" else None
        report.can = [move.verb for move in REPORT.open(row.state, relations(actor, row))]
        return report


class ReportIn(Asked):
    """What happened. `events`: of the deal's record, by reference. `gave`: kinds of what was given away, never the values."""

    about: Literal[tuple(ABOUT)]  # type: ignore[valid-type]
    about_id: UUID
    category: Literal[CATEGORIES]  # type: ignore[valid-type]
    text: Annotated[Text, most(policy().text_length)] = ""
    happened_on: date | None = None
    events: Ids = []
    files: Ids = []
    pasted: Annotated[Text, most(100_000)] = ""
    tool: Annotated[Text, most(40)] = ""
    answered: bool = False
    freeze_asked: bool = False
    gave: Annotated[list[Literal[tuple(Exposed)]], Field(max_length=len(Exposed))] = []  # type: ignore[valid-type]


class RateIn(Asked):
    """Whether the answer helped."""

    helped: bool


class AboutAsked(Asked):
    """What a report would be about."""

    about: Literal[tuple(ABOUT)]  # type: ignore[valid-type]
    id: UUID


class AboutOut(Schema):
    """What the record says of it, to fill a form with. `categories`: in the order in which they are offered."""

    stage: str
    methods: list[str]
    categories: list[str]


class DecisionOut(Shown):
    """A decision about oneself, with its statement of reasons (DSA article 17)."""

    id: UUID
    at: datetime
    state: str
    statement: dict[str, Any]

    @classmethod
    def of(cls, row: Decision, actor: Actor) -> DecisionOut:
        """With the statement as it was given."""
        told = Reasons.objects.filter(decision=row).first()
        if told is None:
            raise Problem("not_found")
        return cls(id=row.id, at=row.at, state=str(row.state), statement=told.content)


class AppealOut(Shown):
    """An appeal of one's own. `left`: what could not be undone, as codes with facts."""

    id: UUID
    at: datetime
    state: str
    decision_id: UUID | None
    report_id: UUID | None
    text: str
    reason: str
    due_at: datetime | None
    ended_at: datetime | None
    left: list[dict[str, Any]]
    can: list[str] = []

    @classmethod
    def of(cls, row: Appeal, actor: Actor) -> AppealOut:
        """With what `actor` can do. Whoever asked again about her report is not told which decision that was."""
        appeal: AppealOut = cls.from_orm(row)
        if row.report_id is not None and not actor.roles & {"moderator", "operator"}:
            appeal.decision_id = None
        appeal.can = [move.verb for move in APPEAL.open(row.state, relations(actor, row))]
        return appeal


class AppealIn(Asked):
    """What was wrong with it."""

    text: Annotated[Text, most(policy().text_length)]


def _about(ask: Ask) -> dict[str, Any]:
    told = facts(subject(ask.actor, ask.query.about, ask.query.id))
    return {"stage": told["stage"], "methods": told["labels"], "categories": list(CATEGORIES)}


def _own_decisions(actor: Actor) -> Any:
    return (
        Decision.objects.visible_to(actor)
        .filter(case__subject_id=actor.id, reasons__isnull=False)
        .select_related("case")
    )


def _own_appeals(actor: Actor) -> Any:
    return Appeal.objects.visible_to(actor).filter(appellant_id=actor.id)


def _by_link(ask: Ask) -> Any:
    subject_, decision = appeals.by_link(ask.word)
    return DecisionOut.of(decision, subject_)


def _file_by_link(ask: Ask) -> Any:
    subject_, decision = appeals.by_link(ask.word)
    return AppealOut.of(appeals.file(subject_, decision, **ask.body, key=ask.key), subject_)


def _filed(ask: Ask, rows: Rows) -> Any:
    return AppealOut.of(
        appeals.file(ask.actor, found(rows, ask.actor, ask.pk), **ask.body, key=ask.key), ask.actor
    )


MINE = seen(Report)
OPERATIONS = (
    Op(name="reports.about", method="GET", path="/reports/about", query=AboutAsked, out=AboutOut, answer=_about,
       about="What the record says of a thing that one wants to report."),
    many("reports.list", "/reports", MINE, ReportOut),
    act("reports.file", "/reports", reports.file, body=ReportIn, out=ReportOut, status=201),
    one("reports.get", "/reports/{id}", MINE, ReportOut),
    act("reports.rate", "/reports/{id}/rate", reports.rate, MINE, body=RateIn, out=ReportOut),
    act("reports.withdraw", "/reports/{id}/withdraw", reports.withdraw, MINE, out=ReportOut),
    Op(name="reports.ask_again", does="appeal.file", method="POST",
       path="/reports/{id}/appeal", body=AppealIn, out=AppealOut, status=201,
       answer=lambda ask: _filed(ask, MINE), about="Ask that a report which found no breach be looked at again."),
    many("decisions.list", "/decisions", _own_decisions, DecisionOut),
    one("decisions.get", "/decisions/{id}", _own_decisions, DecisionOut),
    Op(name="decisions.appeal", does="appeal.file", method="POST",
       path="/decisions/{id}/appeal", body=AppealIn, out=AppealOut, status=201,
       answer=lambda ask: _filed(ask, _own_decisions), about="Appeal against a decision about oneself."),
    many("appeals.list", "/appeals", _own_appeals, AppealOut),
    one("appeals.get", "/appeals/{id}", _own_appeals, AppealOut),
    act("appeals.withdraw", "/appeals/{id}/withdraw", appeals.withdraw, _own_appeals, out=AppealOut),
    Op(name="appeals.by_link", method="GET", path="/appeal-links/{word}", out=DecisionOut, answer=_by_link, open=True,
       about="The statement of reasons by the signed word of its letter."),
    Op(name="appeals.file_by_link", does="appeal.file", method="POST",
       path="/appeal-links/{word}", body=AppealIn, out=AppealOut, status=201,
       answer=_file_by_link, open=True, about="Appeal by the signed word of the letter, without logging in."),
)  # fmt: skip

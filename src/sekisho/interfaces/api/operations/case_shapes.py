"""What is shown and asked of cases: the shapes of the operations in `cases`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from sekisho.interfaces.api.operation import Asked, PageAsked, Shown, Text, most
from sekisho.interfaces.api.operations.reports import CATEGORIES
from sekisho.market.exposure.models import Exposure
from sekisho.market.kernel.actors import Actor
from sekisho.market.safety import reading
from sekisho.market.safety.measures import MEANS
from sekisho.market.safety.models import Case, Report
from sekisho.market.safety.policy import policy

LENGTH = policy().text_length


class CaseOut(Shown):
    """A case: whom it is about, why it stands where it stands, who holds it. No words of anybody: see `cases.read`."""

    id: UUID
    state: str
    subject_id: UUID
    matter: UUID
    category: str
    severity: int
    points: int
    reasons: list[dict[str, Any]]
    yen: int
    opened_at: datetime
    due_at: datetime | None
    first_look_at: datetime | None
    decided_at: datetime | None
    escalated: int
    held_by: UUID | None = None
    held_until: datetime | None
    merged_into_id: UUID | None

    @classmethod
    def of(cls, row: Case, actor: Actor) -> CaseOut:
        """With who holds it at this moment."""
        case: CaseOut = cls.from_orm(row)
        case.held_by = row.holder_id if row.holder_now is not None else None
        return case


class QueueAsked(PageAsked):
    """Which cases: a saved view, a category."""

    view: Literal[tuple(reading.VIEWS)] = "all"  # type: ignore[valid-type]
    category: Literal[CATEGORIES] | None = None  # type: ignore[valid-type]


class QueueOut(Schema):
    """The worst first, at most a hundred."""

    items: list[CaseOut]


class ReportReadOut(Shown):
    """A report as the house reads it. Its words and its reporter never reach whom it is about."""

    id: UUID
    at: datetime
    state: str
    reporter_id: UUID
    about: str
    about_id: UUID
    category: str
    stage: str
    text: str
    happened_on: date | None
    answered: bool
    gave: list[str]
    freeze_asked: bool
    bad_faith: bool
    exposures: list[UUID] = []

    @classmethod
    def of(cls, row: Report, actor: Actor) -> ReportReadOut:
        """With the exposure records that their writers share with it (`exposures.inspect`)."""
        report: ReportReadOut = cls.from_orm(row)
        report.exposures = [record.id for record in Exposure.objects.shared_with(row.id)]
        return report


class FileAsked(Asked):
    """Which of the files that reporters attached."""

    upload: UUID


class EntryOut(Schema):
    """One row of the record. `evidence`: whether it is whom the case is about who wrote it, so that it can be quoted."""

    kind: str
    id: UUID
    at: datetime
    author_id: UUID | None
    type: str
    state: str
    text: str
    reported: bool
    evidence: bool


class OptionOut(Shown):
    """A measure on a thing that the case allows as it stands."""

    kind: str
    thing: str
    thing_id: UUID
    name: str
    state: str


class DossierOut(Schema):
    """What people wrote in a case, for whoever works on it; reading it stands in the audit chain."""

    reports: list[ReportReadOut]
    deal_id: UUID | None
    deals: list[UUID]
    entries: list[EntryOut]
    older: int | None
    proposal: dict[str, Any]
    options: list[OptionOut]


class DossierAsked(Asked):
    """Which deal's record, and before which place in it."""

    deal: UUID | None = None
    before: Annotated[int, Field(ge=0, le=10_000_000)] | None = None


class DecidedOut(Shown):
    """A decision as the house sees it."""

    id: UUID
    case_id: UUID
    at: datetime
    state: str
    decider_id: UUID
    second_id: UUID | None
    alone: bool
    breach: bool
    severity: int
    rule: str
    measures: list[dict[str, Any]]
    evidence: list[dict[str, Any]]
    proposal: dict[str, Any]
    public_reason: str
    private_note: str
    done_at: datetime | None


class HouseAppealOut(Shown):
    """An appeal as the house sees it."""

    id: UUID
    at: datetime
    state: str
    decision_id: UUID
    report_id: UUID | None
    appellant_id: UUID
    text: str
    reason: str
    due_at: datetime | None
    escalated: int
    ended_at: datetime | None
    left: list[dict[str, Any]]


class BecauseIn(Asked):
    """Why."""

    because: Annotated[Text, most(LENGTH)]


class NoteIn(Asked):
    """For the others of the house."""

    text: Annotated[Text, most(LENGTH)]


class HandOverIn(Asked):
    """To whom, and where it stands."""

    to: UUID
    because: Annotated[Text, most(1000)]


class MergeIn(Asked):
    """Which case it becomes part of."""

    into: UUID


class OrderIn(Asked):
    """One measure: `thing` and `thing_id` where it is about a thing, `days` of a suspension."""

    kind: Literal[tuple(MEANS)]  # type: ignore[valid-type]
    thing: Annotated[Text, most(20)] = ""
    thing_id: UUID | None = None
    days: Annotated[int, Field(ge=1, le=policy().suspension_days_most)] | None = None


class EvidenceIn(Asked):
    """A reference to the record, with the words quoted."""

    kind: Literal["event", "message", "job", "profile", "judgement"]
    ref: Annotated[Text, most(60)]
    quote: Annotated[Text, most(500)] = ""


class DecisionIn(Asked):
    """A decision. `public_reason` is read by whom it is about, `private_note` by the house only."""

    breach: bool
    rule: Literal[CATEGORIES]  # type: ignore[valid-type]
    public_reason: Annotated[Text, most(LENGTH)]
    private_note: Annotated[Text, most(LENGTH)] = ""
    orders: Annotated[list[OrderIn], Field(max_length=20)] = []
    evidence: Annotated[list[EvidenceIn], Field(max_length=50)] = []

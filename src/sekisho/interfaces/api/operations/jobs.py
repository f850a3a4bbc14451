"""Looking for jobs, posting them, applying."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from sekisho.interfaces.api.operation import (
    Asked,
    PageAsked,
    Shown,
    Text,
    Yen,
    act,
    every,
    many,
    most,
    one,
    seen,
)
from sekisho.market.jobs import applications, verbs
from sekisho.market.jobs.models import Application, Job
from sekisho.market.jobs.posting import CATEGORIES
from sekisho.market.jobs.searching import UNITS, Wanted, matching
from sekisho.market.jobs.states import JobState
from sekisho.market.kernel.actors import Actor

Category = Literal[CATEGORIES]  # type: ignore[valid-type]
Unit = Literal[UNITS]  # type: ignore[valid-type]


class PersonOut(Schema):
    """Somebody, by name."""

    id: UUID
    display_name: str


class JobOut(Shown):
    """A job. What was found in it is shown to its owner and to moderators."""

    id: UUID
    state: JobState
    title: str
    body: str
    category: str
    pay_text: str
    questions: list[str]
    closes_on: date | None
    made_at: datetime
    opened_at: datetime | None
    client: PersonOut
    verdict: str | None = None
    findings: list[dict[str, Any]] = []

    @classmethod
    def of(cls, row: Job, actor: Actor) -> JobOut:
        """The job as `actor` may see it."""
        job: JobOut = cls.from_orm(row)
        if row.judgement is not None and (row.client_id == actor.id or "moderator" in actor.roles):
            job.verdict, job.findings = row.judgement.verdict, row.judgement.findings
        return job


class ApplicationOut(Shown):
    """An application; its words stand in its deal too."""

    id: UUID
    job_id: UUID
    deal_id: UUID | None
    worker: PersonOut
    state: str
    text: str
    price_yen: int | None
    answers: list[str]
    at: datetime


class JobIn(Asked):
    """A job as its client writes it."""

    title: Annotated[Text, most(120)]
    body: Annotated[Text, most(10_000)]
    category: Category
    pay_text: Annotated[Text, most(120)]
    questions: Annotated[list[Annotated[Text, most(300)]], Field(max_length=5)] = []


class ApplicationIn(Asked):
    """An application."""

    text: Annotated[Text, most(5000)]
    price_yen: Yen | None = None
    answers: Annotated[list[Annotated[Text, most(2000)]], Field(max_length=5)] = []


class JobsAsked(PageAsked):
    """Which jobs. `q`: words that must all stand in title or body. `pay_from`, `pay_to`: yen for one `pay_unit`."""

    q: Annotated[Text, most(100)] = ""
    category: Category | None = None
    state: JobState | None = None
    pay_unit: Unit = "project"
    pay_from: Yen | None = None
    pay_to: Yen | None = None


def _narrow(rows: Any, query: JobsAsked) -> Any:
    wanted = Wanted(
        words=str(query.q), category=query.category or "", pay_unit=query.pay_unit, pay_from=query.pay_from, pay_to=query.pay_to
    )  # fmt: skip
    rows = matching(rows, wanted)
    return rows.filter(state=query.state) if query.state else rows


JOBS, MINE = seen(Job, "client", "judgement"), seen(Application, "worker")
OPERATIONS = (
    many("jobs.list", "/jobs", JOBS, JobOut, by="made_at", query=JobsAsked, narrow=_narrow, scope="market"),
    one("jobs.get", "/jobs/{id}", JOBS, JobOut, scope="market"),
    act("jobs.draft", "/jobs", verbs.draft, body=JobIn, out=JobOut, status=201),
    act("jobs.edit", "/jobs/{id}", verbs.edit, JOBS, body=JobIn, out=JobOut, method="PUT"),
    act("jobs.submit", "/jobs/{id}/submit", verbs.submit, JOBS, out=JobOut),
    act("jobs.close", "/jobs/{id}/close", verbs.close, JOBS, out=JobOut),
    # Any job, so that a repeated key finds its application after the job was closed; the verb hides what is not open.
    act("jobs.apply", "/jobs/{id}/applications", applications.apply, every(Job), body=ApplicationIn,
        out=ApplicationOut, status=201),
    many("jobs.applications", "/jobs/{id}/applications", MINE, ApplicationOut, under=("job", JOBS)),
    many("applications.list", "/applications", MINE, ApplicationOut),
    one("applications.get", "/applications/{id}", MINE, ApplicationOut),
    act("applications.withdraw", "/applications/{id}/withdraw", applications.withdraw, MINE, out=ApplicationOut),
    act("applications.decline", "/applications/{id}/decline", applications.decline, MINE, out=ApplicationOut),
    act("applications.choose", "/applications/{id}/choose", applications.choose, MINE, out=ApplicationOut),
)  # fmt: skip

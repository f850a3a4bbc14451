"""Open jobs as `judging` looks at them again when another pack went live."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from sekisho.market.jobs.models import Job
from sekisho.market.jobs.posting import posting_of
from sekisho.market.jobs.states import JobState
from sekisho.market.judging.asking import rules_of
from sekisho.market.judging.judge import posting_text
from sekisho.market.judging.rescanning import OpenText, Source, rescans


def _open() -> QuerySet[Job]:
    return Job.objects.filter(state=JobState.OPEN)


def _text(job: Job) -> OpenText:
    posting = posting_of(job, {"title": job.title, "body": job.body, "category": job.category, "pay_text": job.pay_text,
                               "questions": job.questions})  # fmt: skip
    last = job.judgement
    return OpenText(
        job.pk, job.client_id, "posting", posting_text(posting), {"form": "posting", "posting": posting},
        last.verdict if last else "clear", rules_of(last.findings) if last else frozenset(),
    )  # fmt: skip


def _after(last: UUID | None, limit: int) -> list[OpenText]:
    rows = _open() if last is None else _open().filter(pk__gt=last)
    return [_text(job) for job in rows.select_related("client", "judgement").order_by("pk")[:limit]]


def _one(pk: UUID) -> OpenText | None:
    job = _open().select_related("client", "judgement").filter(pk=pk).first()
    return _text(job) if job else None


rescans("job", Source(lambda: _open().count(), _after, _one))

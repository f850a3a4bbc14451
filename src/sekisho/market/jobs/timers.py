"""What the clock does to jobs: those whose last day is over close; what nobody has looked at escalates."""

from __future__ import annotations

from sekisho.market.jobs import applications, verbs
from sekisho.market.jobs.models import Application, Job, Revision
from sekisho.market.jobs.states import JobState
from sekisho.market.kernel.actors import SYSTEM
from sekisho.market.kernel.sweep import timer

_JOB = {JobState.SCREENING: verbs.overdue, JobState.OPEN: verbs.close_by_date,
        JobState.PAUSED: verbs.close_by_date}
timer(Job, lambda job: _JOB[JobState(job.state)](SYSTEM, job))
timer(Revision, lambda revision: verbs.overdue_revision(SYSTEM, revision))
timer(Application, lambda application: applications.overdue(SYSTEM, application))

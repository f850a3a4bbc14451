"""Who may do what with jobs and applications: their lifecycles say it."""

from __future__ import annotations

from sekisho.market.jobs.states import APPLICATION, JOB
from sekisho.market.kernel.permits import Permit, allow

allow(JOB.permits())
allow(APPLICATION.permits())
allow([Permit("job.edit", ("owner",), "post_job")])

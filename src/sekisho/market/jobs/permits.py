"""Who may do what with jobs and applications: their lifecycles say it. Beginnings and ends other verbs make are no actions."""

from __future__ import annotations

from sekisho.market.jobs.states import TABLES
from sekisho.market.kernel.permits import Permit, allow

MADE_BY_OTHERS = frozenset({
    "revision.show", "revision.hold", "application.return", "application.hold", "invitation.mute", "invitation.take_up",
})  # fmt: skip
for table in TABLES:
    allow(row for row in table.permits() if row.action not in MADE_BY_OTHERS)
allow([Permit("job.edit", ("owner",), "post_job")])

"""What an exposure record can be shared with: its owner's own reports, and no others."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from sekisho.market.exposure.matters import MATTERS, Matter
from sekisho.market.safety.models import Report
from sekisho.market.safety.states import ReportState
from sekisho.market.safety.subjects import name_of_matter


def reported_by(account: UUID) -> Iterator[Matter]:
    """Her reports, newest first; one is open while the house has not answered it."""
    for report in Report.objects.filter(reporter_id=account).exclude(state=ReportState.MERGED).order_by("-at")[:200]:
        yield Matter(report.id, name_of_matter(report.matter), report.at, report.state == ReportState.RECEIVED)


MATTERS.append(reported_by)

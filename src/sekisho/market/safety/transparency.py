"""The public report of a period: what the house received and did, in numbers. Nobody can be found in its small counts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sekisho.market.judging.models import Judgement
from sekisho.market.safety.measures import MEANS
from sekisho.market.safety.numbers import Spread, numbers
from sekisho.market.safety.policy import policy
from sekisho.market.safety.states import AppealState, ReportState

FEW = 5
"""Counts below this are not told, zero neither: that there was one report at all would tell whom it was about."""
LITTLE = f"<{FEW}"


def report(since: datetime, until: datetime) -> dict[str, Any]:
    """Plain values for a page and for JSON, in the order of DSA article 15: received, acted, automated means, appeals, times."""
    of = numbers(since, until)
    judged = Judgement.objects.filter(at__gte=since, at__lt=until)
    return {
        "from": since.isoformat(),
        "to": until.isoformat(),
        "reports": _told(of.reports, policy().categories),
        "report_outcomes": _told(of.outcomes, (str(state) for state in ReportState)),
        "sanctions": _told(of.measures, (kind for kind, means in MEANS.items() if means.sanction)),
        "appeals": _told(of.appeals, (str(state) for state in AppealState)),
        "automated": {
            "texts_judged": _few(judged.count()),
            "found_to_break_rules": _few(judged.filter(verdict="violation").count()),
            "not_judged_to_the_end": _few(judged.filter(verdict="unsure").count()),
            "held_and_let_pass": _few(of.held_messages),
            "minutes_held_and_let_pass": of.held_in_vain if of.held_messages >= FEW else LITTLE,
        },
        "minutes_to_first_look": _times(of.first_look),
        "minutes_to_decision": _times(of.decision),
    }


def _few(count: int) -> int | str:
    return count if count >= FEW else LITTLE


def _told(counts: Iterable[tuple[str, int]], names: Iterable[str]) -> dict[str, int | str]:
    """All names in their own order, so that neither presence nor place tells of a single one."""
    found = dict(counts)
    return {name: _few(found.get(name, 0)) for name in names}


def _times(spread: Spread) -> dict[str, float | None]:
    enough = spread.count >= FEW
    return {"median": spread.median if enough else None, "ninetieth_percentile": spread.ninetieth if enough else None}

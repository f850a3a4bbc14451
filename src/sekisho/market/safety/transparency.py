"""The public report of a period: what the house received and did, in numbers. Nobody can be found in its small counts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sekisho.market.judging.models import Judgement
from sekisho.market.safety.numbers import numbers

FEW = 5
"""Counts below this are not told."""


def report(since: datetime, until: datetime) -> dict[str, Any]:
    """Plain values for a page and for JSON, in the order of DSA article 15: received, acted, automated means, appeals, times."""
    of = numbers(since, until)
    judged = Judgement.objects.filter(at__gte=since, at__lt=until)
    return {
        "from": since.isoformat(),
        "to": until.isoformat(),
        "reports": _told(of.reports),
        "report_outcomes": _told(of.outcomes),
        "sanctions": _told(of.measures),
        "appeals": _told(of.appeals),
        "automated": {
            "texts_judged": judged.count(),
            "found_to_break_rules": judged.filter(verdict="violation").count(),
            "not_judged_to_the_end": judged.filter(verdict="unsure").count(),
            "held_and_let_pass": of.held_messages,
            "minutes_held_and_let_pass": of.held_in_vain,
        },
        "minutes_to_first_look": {"median": of.first_look.median, "ninetieth_percentile": of.first_look.ninetieth},
        "minutes_to_decision": {"median": of.decision.median, "ninetieth_percentile": of.decision.ninetieth},
    }


def _told(counts: tuple[tuple[str, int], ...]) -> dict[str, int | str]:
    return {name: count if count >= FEW else f"<{FEW}" for name, count in counts}

"""Where a case stands in the queue, and why: points by `policy.toml`, the reasons kept beside them for the moderator to read."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from sekisho.market.contracts.escrow import held
from sekisho.market.contracts.models import Contract
from sekisho.market.contracts.states import LIVE
from sekisho.market.kernel import clock
from sekisho.market.linkage.shared import shared_by
from sekisho.market.safety.models import Case, CaseSource, Report, Strike
from sekisho.market.safety.policy import policy

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
"""Places in the queue count hours from here, so that the place of a case never changes by its age."""
IDENTITY = frozenset({"bank", "my_number", "id_document"})
"""Of the core's kinds of exposed data those that open accounts and loans in somebody's name."""


def weigh(case: Case) -> None:
    """Reckon points, reasons and rank of a case anew and store them."""
    reports = list(Report.objects.filter(case=case).exclude(state__in=("withdrawn", "merged")))
    reasons = [reason for reason in (
        _severity(case), _harm(reports), _answered(reports), _freeze(reports), _reporters(reports),
        *_stakes(case), _earlier(case),
    ) if reason]  # fmt: skip
    case.reasons, case.points = reasons, sum(reason["points"] for reason in reasons)
    case.rank = place(case.points, case.opened_at)
    case.save(update_fields=["reasons", "points", "rank", "severity", "category", "yen"])


def place(points: int, opened_at: datetime) -> float:
    """The place of a case in the queue; the greatest is the first."""
    return points - (opened_at - EPOCH).total_seconds() / 3600 / policy().priority["hours_a_point"]


def _reason(code: str, points: int, **facts: Any) -> dict[str, Any] | None:
    return {"code": code, "points": points, **facts} if points else None


def _severity(case: Case) -> dict[str, Any] | None:
    known = policy().categories
    sources = CaseSource.objects.filter(case=case, settled="").values_list("category", flat=True)
    gravest = max(sources, key=lambda name: known.get(name, 1), default=case.category)
    case.category, case.severity = gravest, known.get(gravest, 1)
    return _reason("severity", policy().priority["severity"] * case.severity, category=gravest)


def _harm(reports: list[Report]) -> dict[str, Any] | None:
    gave = {kind for report in reports for kind in report.gave}
    weights = policy().priority
    if "money" in gave:
        return _reason("harm_money", weights["harm_money"])
    if gave & IDENTITY:
        return _reason("harm_identity", weights["harm_identity"], kinds=sorted(gave & IDENTITY))
    return _reason("harm_data", weights["harm_data"] if gave else 0, kinds=sorted(gave))


def _answered(reports: list[Report]) -> dict[str, Any] | None:
    return _reason("answered", policy().priority["answered"] if any(r.answered for r in reports) else 0)


def _freeze(reports: list[Report]) -> dict[str, Any] | None:
    return _reason("freeze_asked", policy().priority["freeze_asked"] if any(r.freeze_asked for r in reports) else 0)


def _reporters(reports: list[Report]) -> dict[str, Any] | None:
    many = independent({report.reporter_id for report in reports})
    weights = policy().priority
    return _reason("reporters", weights["reporter"] * min(many, weights["reporters_most"]), count=many)


def independent(reporters: set[UUID]) -> int:
    """How many of these accounts are people of their own: those linked with each other count as one."""
    left, groups = set(reporters), 0
    while left:
        groups += 1
        waiting = [left.pop()]
        while waiting:
            linked = {row.account for row in shared_by(waiting.pop())} & left
            left -= linked
            waiting += linked
    return groups


def _stakes(case: Case) -> list[dict[str, Any] | None]:
    weights = policy().priority
    party = Q(deal__client_id=case.subject_id) | Q(deal__worker_id=case.subject_id)
    matter = Q(deal__matter=case.matter) | Q(deal__id=case.matter)
    live = list(Contract.objects.filter(party & matter, state__in=[state.value for state in LIVE])[:50])
    case.yen = sum(held(contract) for contract in live)
    hundreds = min(case.yen // 100_000, weights["yen_most"])
    return [
        _reason("live_contract", weights["live_contract"] if live else 0),
        _reason("yen", weights["yen_100k"] * hundreds, yen=case.yen),
    ]


def _earlier(case: Case) -> dict[str, Any] | None:
    count = Strike.objects.filter(
        account_id=case.subject_id, withdrawn_at=None, expires_at__gt=clock.now()
    ).count()
    return _reason("earlier_breach", policy().priority["earlier_breach"] * count, count=count)

"""How often people who decide confirm what a rule found, with intervals; and which rules got worse."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from sekisho.core.intervals import wilson
from sekisho.market.judging.models import Judgement, RuleOutcome
from sekisho.market.judging.policy import policy
from sekisho.market.kernel import clock


@dataclass(frozen=True, slots=True)
class RulePrecision:
    """A rule's share of findings confirmed, with its 95 % interval (Wilson)."""

    rule: str
    confirmed: int
    refuted: int
    share: float
    low: float
    high: float

    @classmethod
    def of(cls, rule: str, confirmed: int, refuted: int) -> RulePrecision:
        """From counts that are not both 0."""
        low, high = wilson(confirmed, confirmed + refuted) or (0.0, 1.0)
        return cls(rule, confirmed, refuted, confirmed / (confirmed + refuted), low, high)


@dataclass(frozen=True, slots=True)
class Worse:
    """A rule whose recent interval lies wholly below that of the time before."""

    rule: str
    before: RulePrecision
    recent: RulePrecision


def record_outcome(judgement: Judgement, rules: Iterable[str], *, confirmed: bool, decision: UUID) -> None:
    """A decision says of rules of a judgement whether what they found holds. The same decision twice counts once.

    To be called within the deciding verb. Raises `ValueError` for a rule that found nothing there.
    """
    names = dict.fromkeys(rules)
    strangers = names.keys() - {finding["rule"] for finding in judgement.findings}
    if strangers:
        raise ValueError(f"judgement {judgement.pk} has no findings of {sorted(strangers)}")
    RuleOutcome.objects.bulk_create(
        (
            RuleOutcome(judgement=judgement, rule=rule, confirmed=confirmed, decision=decision)
            for rule in names
        ),
        ignore_conflicts=True,
    )


def withdraw_outcome(decision: UUID) -> int:
    """A decision no longer holds (an appeal was upheld): what it said of rules is counted out again. Returns of how many."""
    rows = list(RuleOutcome.objects.filter(decision=decision, reverses=None, reversed_by=None))
    for row in rows:
        RuleOutcome(judgement_id=row.judgement_id, rule=row.rule, confirmed=row.confirmed, decision=decision,
                    reverses=row).save(force_insert=True)  # fmt: skip
    return len(rows)


_COUNTS = """
SELECT rule, count(*) FILTER (WHERE confirmed), count(*) FILTER (WHERE NOT confirmed) FROM (
  SELECT DISTINCT ON (o.rule, o.judgement_id) o.rule, o.confirmed
    FROM judging_ruleoutcome AS o
   WHERE o.reverses_id IS NULL AND o.at >= %(since)s AND o.at < %(until)s
     AND NOT EXISTS (SELECT 1 FROM judging_ruleoutcome AS r WHERE r.reverses_id = o.id)
   ORDER BY o.rule, o.judgement_id, o.at DESC, o.id DESC
) AS last GROUP BY rule ORDER BY rule
"""


def precision(since: datetime, until: datetime | None = None) -> list[RulePrecision]:
    """Every rule about which something was decided in [since, until), by its id. The last decision about a judgement counts."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, {"since": since, "until": until or clock.now() + timedelta(seconds=1)})
        return [RulePrecision.of(rule, int(yes), int(no)) for rule, yes, no in cursor.fetchall()]


def worse(recent: timedelta | None = None) -> list[Worse]:
    """Rules whose precision fell: of the last `recent` against as long before, by intervals that do not touch. Worst first."""
    span = recent or timedelta(days=policy().precision.recent_days)
    now = clock.now()
    before = {row.rule: row for row in precision(now - 2 * span, now - span)}
    fallen = [
        Worse(row.rule, before[row.rule], row) for row in precision(now - span)
        if row.rule in before and row.high < before[row.rule].low
    ]  # fmt: skip
    return sorted(fallen, key=lambda one: one.recent.share - one.before.share)

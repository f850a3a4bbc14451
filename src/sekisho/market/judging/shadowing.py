"""What a pack in shadow says beside the live one: counts, and what it would gain and lose, rule by rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Count, F, Min, Q

from sekisho.market.judging.models import PackVersion, ShadowJudgement
from sekisho.market.judging.tally import HOLDS


@dataclass(frozen=True, slots=True)
class ShadowReport:
    """`changes`: (verdict, action) before and after with counts, most first. `rules`: (rule, gained, lost), most first."""

    texts: int
    differs: int
    since: datetime | None
    holds_before: int
    holds_after: int
    changes: tuple[tuple[str, str, int], ...]
    rules: tuple[tuple[str, int, int], ...]


def shadow_report(version: PackVersion) -> ShadowReport:
    """Over everything it has judged in shadow."""
    rows = ShadowJudgement.objects.filter(version=version)
    told = rows.aggregate(
        texts=Count("pk"), differs=Count("pk", filter=Q(differs=True)), since=Min("at"),
        before=Count("pk", filter=Q(judgement__action__in=HOLDS)), after=Count("pk", filter=Q(action__in=HOLDS)),
    )  # fmt: skip
    moved = (
        rows.filter(differs=True).exclude(verdict=F("judgement__verdict"), action=F("judgement__action"))
        .values_list("judgement__verdict", "judgement__action", "verdict", "action").annotate(n=Count("pk")).order_by("-n")
    )  # fmt: skip
    changes = tuple((f"{v}/{a}", f"{w}/{b}", n) for v, a, w, b, n in moved)
    return ShadowReport(
        told["texts"], told["differs"], told["since"], told["before"], told["after"], changes, _rules(version)
    )


_BY_RULE = """
SELECT rule, sum(gained), sum(lost) FROM (
  SELECT jsonb_array_elements_text(rules_gained) AS rule, 1 AS gained, 0 AS lost
    FROM judging_shadowjudgement WHERE version_id = %(version)s AND differs
  UNION ALL
  SELECT jsonb_array_elements_text(rules_lost), 0, 1
    FROM judging_shadowjudgement WHERE version_id = %(version)s AND differs
) AS told GROUP BY rule ORDER BY sum(gained) + sum(lost) DESC, rule
"""


def _rules(version: PackVersion) -> tuple[tuple[str, int, int], ...]:
    with connection.cursor() as cursor:
        cursor.execute(_BY_RULE, {"version": version.pk})
        return tuple((rule, int(gained), int(lost)) for rule, gained, lost in cursor.fetchall())

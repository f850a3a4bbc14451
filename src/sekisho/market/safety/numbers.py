"""How the house is doing: what comes in, what waits, how long things take, what was wrong. Counts only, no names of people
outside the house. Times are medians and ninetieth percentiles in minutes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import TruncDate

from sekisho.market.kernel import clock
from sekisho.market.messaging.models import Message
from sekisho.market.safety.models import Appeal, Case, Claim, Decision, Report, Sanction
from sekisho.market.safety.models.cases import OPEN

AGES = (("1h", 1), ("6h", 6), ("24h", 24), ("3d", 72), ("7d", 168))
"""Upper bounds of the ages by which waiting cases are counted, in hours; older ones are the rest."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Of `count` durations the median and the ninetieth percentile, in minutes; None where there are none."""

    count: int
    median: float | None
    ninetieth: float | None


@dataclass(frozen=True, slots=True)
class Numbers:
    """Everything of one period [since, until). `per_day`: [(day, cases opened, cases decided)].

    `held_in_vain`: minutes that messages waited which were then let pass: the honest cost of false alarms.
    """

    since: datetime
    until: datetime
    per_day: tuple[tuple[str, int, int], ...]
    waiting: tuple[tuple[str, int], ...]
    first_look: Spread
    decision: Spread
    held_in_vain: int
    held_messages: int
    reports: tuple[tuple[str, int], ...]
    outcomes: tuple[tuple[str, int], ...]
    measures: tuple[tuple[str, int], ...]
    appeals: tuple[tuple[str, int], ...]
    rules: tuple[tuple[str, int, int, int], ...]
    moderators: tuple[tuple[str, int, int, int], ...]
    helped: tuple[int, int]


def numbers(since: datetime, until: datetime) -> Numbers:
    """The numbers of a period. A dozen queries whatever its length."""
    within = Q(opened_at__gte=since, opened_at__lt=until)
    done = Decision.objects.filter(done_at__gte=since, done_at__lt=until)
    filed = Report.objects.filter(at__gte=since, at__lt=until)
    let_pass = Message.objects.filter(held_at__gte=since, held_at__lt=until, state="delivered")
    answered = filed.exclude(helped=None)
    return Numbers(
        since=since, until=until, per_day=_per_day(since, until), waiting=tuple(backlog()),
        first_look=_spread(Case.objects.filter(within, first_look_at__isnull=False), "opened_at", "first_look_at"),
        decision=_spread(Case.objects.filter(within, decided_at__isnull=False), "opened_at", "decided_at"),
        held_in_vain=let_pass.aggregate(total=Sum("held_minutes"))["total"] or 0, held_messages=let_pass.count(),
        reports=_counted(filed, "category"), outcomes=_counted(filed, "state"),
        measures=_counted(Sanction.objects.filter(at__gte=since, at__lt=until), "kind"),
        appeals=_counted(Appeal.objects.filter(at__gte=since, at__lt=until), "state"),
        rules=_rules(done), moderators=_moderators(done, since, until),
        helped=(answered.filter(helped=True).count(), answered.count()),
    )  # fmt: skip


def backlog() -> Iterable[tuple[str, int]]:
    """Waiting cases by age."""
    now, below = clock.now(), 0
    waiting = Case.objects.filter(state__in=OPEN)
    for name, hours in AGES:
        count = waiting.filter(opened_at__gt=now - timedelta(hours=hours)).count()
        yield name, count - below
        below = count
    yield "older", waiting.count() - below


def _counted(rows: QuerySet[Any], field: str) -> tuple[tuple[str, int], ...]:
    found = rows.order_by().values_list(field).annotate(count=Count("pk")).order_by("-count", field)
    return tuple((str(name), int(count)) for name, count in found)


def _per_day(since: datetime, until: datetime) -> tuple[tuple[str, int, int], ...]:
    def by_day(field: str) -> dict[str, int]:
        rows = Case.objects.filter(**{f"{field}__gte": since, f"{field}__lt": until})
        found = rows.order_by().annotate(day=TruncDate(field)).values_list("day").annotate(count=Count("pk"))
        return {str(day): int(count) for day, count in found}

    opened, decided = by_day("opened_at"), by_day("decided_at")
    return tuple((day, opened.get(day, 0), decided.get(day, 0)) for day in sorted(opened.keys() | decided.keys()))


def _spread(rows: QuerySet[Any], begin: str, end: str) -> Spread:
    inner, params = rows.order_by().annotate(taken=F(end) - F(begin)).values("taken").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM taken)),"
            f" percentile_cont(0.9) WITHIN GROUP (ORDER BY extract(epoch FROM taken)) FROM ({inner}) AS durations",
            params,
        )
        count, median, ninetieth = cursor.fetchone()
    return Spread(int(count), *(None if value is None else round(value / 60, 1) for value in (median, ninetieth)))


def _rules(done: QuerySet[Decision]) -> tuple[tuple[str, int, int, int], ...]:
    rows = done.order_by().values_list("rule").annotate(
        all=Count("pk"), breach=Count("pk", filter=Q(breach=True)), reversed=Count("pk", filter=Q(state="reversed"))
    ).order_by("-all", "rule")  # fmt: skip
    return tuple((str(rule), int(every), int(breach), int(back)) for rule, every, breach, back in rows)


def _moderators(done: QuerySet[Decision], since: datetime, until: datetime) -> tuple[tuple[str, int, int, int], ...]:
    claimed = dict(
        Claim.objects.filter(at__gte=since, at__lt=until, how="claim").order_by()
        .values_list("moderator__display_name").annotate(count=Count("pk"))
    )  # fmt: skip
    rows = done.order_by().values_list("decider__display_name").annotate(
        all=Count("pk"), reversed=Count("pk", filter=Q(state="reversed"))
    )  # fmt: skip
    decided = {str(name): (int(every), int(back)) for name, every, back in rows}
    names = sorted(claimed.keys() | decided.keys())
    return tuple((name, int(claimed.get(name, 0)), *decided.get(name, (0, 0))) for name in names)

"""The moderators' queue: listing, claiming and deciding among 10^3 and 10^5 open cases. On a PostgreSQL of its own.

python -m benchmarks.queue
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from benchmarks.measure import REPETITIONS, Interval, Result, Section, interval, ratios
from benchmarks.messaging import market


def queue(sizes: tuple[int, ...] = (1_000, 100_000)) -> Section:
    """Each act's time at the small and the great size, and their ratio."""
    taken: dict[str, dict[int, list[float]]] = {}
    with market():
        house, subject = _house()
        present = 0
        for size in sizes:
            _fill(subject, size - present)
            present = size
            for name, act in _acts(house).items():
                act()  # plans and connections are warm
                taken.setdefault(name, {})[size] = [_seconds(act) for _ in range(REPETITIONS * 3)]
    results = []
    for name, by_size in taken.items():
        for size, seconds in by_size.items():
            label = f"{name}, {size:,} open cases"
            results.append(Result(f"queue-{name}-{size}", label, interval(s * 1e3 for s in seconds), " ms"))
        spread = ratios(sorted(by_size[sizes[-1]]), sorted(by_size[sizes[0]]))
        flat = Interval(spread.median, spread.low, spread.high)
        results.append(
            Result(f"queue-{name}-flat", f"{name}: {sizes[-1]:,} against {sizes[0]:,}", flat, "×", 1.5, at_most=True)
        )
    return Section("queue", "The moderators' queue", tuple(results))


def _seconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def _house() -> tuple[Any, Any]:
    from sekisho.market.people.models import Account

    def person(**roles: bool) -> Any:
        return Account.objects.create_user(f"{uuid4().hex}@example.com", None, display_name="q", **roles)

    return person(is_moderator=True).actor, [person() for _ in range(50)]


def _fill(subjects: Any, count: int) -> None:
    """So many more open cases with a source each, spread over some accounts."""
    from datetime import timedelta

    from sekisho.market.kernel import clock
    from sekisho.market.kernel.ids import new_id
    from sekisho.market.safety.models import Case, CaseSource
    from sekisho.market.safety.priority import place

    now = clock.now()
    for begin in range(0, count, 5_000):
        cases = []
        for number in range(begin, min(begin + 5_000, count)):
            opened, points = now - timedelta(minutes=number % 40_000), number % 90
            cases.append(Case(subject=subjects[number % 50], matter=new_id(), category="other", severity=1, points=points,
                              rank=place(points, opened), opened_at=opened, reasons=[{"code": "severity", "points": points}]))  # fmt: skip
        Case.objects.bulk_create(cases)
        CaseSource.objects.bulk_create(
            CaseSource(case=case, kind="finding", ref=new_id(), category="other") for case in cases
        )
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")


def _acts(house: Any) -> dict[str, Callable[[], object]]:
    from sekisho.market.safety import claims, decisions
    from sekisho.market.safety.models import Case

    def listed() -> object:
        return list(Case.objects.visible_to(house).queue().select_related("subject", "holder")[:50])

    def claimed() -> object:
        return claims.claim_next(house, None)

    def decided() -> object:
        case = claims.claim_next(house, None)
        return decisions.make(house, case, breach=False, rule="other", public_reason="違反は確認できませんでした。")

    return {"list": listed, "claim": claimed, "decide": decided}


if __name__ == "__main__":
    for result in queue().results:
        print(result)

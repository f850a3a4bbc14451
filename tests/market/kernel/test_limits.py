"""Token buckets: how often something may be done, counted in one place."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from sekisho.market.kernel import clock, limits
from sekisho.market.kernel.models import Bucket

LIMIT = {"per_minute": 60, "burst": 3}


def test_a_bucket_gives_its_burst_and_then_says_how_long_to_wait() -> None:
    assert [limits.take("a", **LIMIT) for _ in range(3)] == [0.0] * 3
    assert 0 < limits.take("a", **LIMIT) <= 1
    assert limits.take("b", **LIMIT) == 0.0


def test_a_bucket_fills_with_time_and_never_above_its_burst() -> None:
    for _ in range(3):
        limits.take("a", **LIMIT)
    with clock.ahead(timedelta(seconds=1.5)):
        assert limits.take("a", **LIMIT) == 0.0
        assert limits.take("a", **LIMIT) > 0
    with clock.ahead(timedelta(hours=1)):
        assert sum(limits.take("a", **LIMIT) == 0.0 for _ in range(10)) == 3


def test_a_clock_that_is_behind_gives_nothing_away() -> None:
    with clock.ahead(timedelta(hours=1)):
        assert limits.take("a", **LIMIT, cost=3) == 0.0
    assert limits.take("a", **LIMIT) > 0


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 3)), max_size=20))
def test_a_bucket_says_what_arithmetic_says(steps: list[tuple[int, int]]) -> None:
    Bucket.objects.all().delete()
    level, ahead = 3.0, 0
    for wait, cost in steps:
        level, ahead = min(3.0, level + wait), ahead + wait
        with clock.ahead(timedelta(seconds=ahead)):
            # Real time passes too, but far less than the second in which one is filled in.
            taken = limits.take("a", **LIMIT, cost=cost) == 0.0
        assert taken == (level + 0.5 >= cost)
        level -= cost if taken else 0


@pytest.mark.parametrize(("cost", "rate"), [(0, 1), (4, 1), (1, 0)])
def test_what_no_bucket_could_pay_is_a_mistake(cost: int, rate: int) -> None:
    with pytest.raises(ValueError, match="can never pay"):
        limits.take("a", per_minute=rate, burst=3, cost=cost)


def test_buckets_nobody_uses_are_forgotten_as_new_ones_come() -> None:
    for name in "abc":
        limits.take(name, **LIMIT)
    with clock.ahead(limits.STALE * 2):
        limits.take("d", **LIMIT)
    assert list(Bucket.objects.values_list("key", flat=True)) == ["d"]


def test_many_at_once_get_no_more_than_the_burst(committed: Any) -> None:
    def taker(_: int) -> float:
        try:
            return limits.take("a", per_minute=0.001, burst=10)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(wait == 0.0 for wait in pool.map(taker, range(40))) == 10

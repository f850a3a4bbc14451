"""How the house is doing, as numbers of a period."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from sekisho.interfaces.api.operation import Ask, Asked, Op
from sekisho.interfaces.api.operations.desk import STAFF
from sekisho.market.kernel import clock
from sekisho.market.safety.numbers import numbers


class DaysAsked(Asked):
    """The last so many days."""

    days: Annotated[int, Field(ge=1, le=366)] = 30


class SpreadOut(Schema):
    """Of `count` durations the median and the ninetieth percentile, in minutes."""

    count: int
    median: float | None
    ninetieth: float | None


class NumbersOut(Schema):
    """Counts only. `per_day`: day, opened, decided. `rules`: decided, breach, reversed. `moderators`: claimed, decided, reversed.

    `held_in_vain`: minutes that messages waited which were then let pass. `helped`: of so many answers, so many said yes.
    """

    since: datetime
    until: datetime
    per_day: list[tuple[str, int, int]]
    waiting: list[tuple[str, int]]
    first_look: SpreadOut
    decision: SpreadOut
    held_in_vain: int
    held_messages: int
    reports: list[tuple[str, int]]
    outcomes: list[tuple[str, int]]
    measures: list[tuple[str, int]]
    appeals: list[tuple[str, int]]
    rules: list[tuple[str, int, int, int]]
    moderators: list[tuple[str, int, int, int]]
    helped: tuple[int, int]


def _numbers(ask: Ask) -> dict[str, Any]:
    now = clock.now()
    return asdict(numbers(now - timedelta(days=ask.query.days), now))


OPERATIONS = (
    Op(name="house.numbers", method="GET", path="/house/numbers", query=DaysAsked, out=NumbersOut, answer=_numbers,
       about="What came in, what waits, how long things took, what was wrong.", **STAFF),
)  # fmt: skip

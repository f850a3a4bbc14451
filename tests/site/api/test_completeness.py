"""Every verb that people or programs have can be called by the API; what has no operation says why."""

from __future__ import annotations

from sekisho.interfaces.api.operations import OPERATIONS
from sekisho.market.kernel.permits import TABLE
from sekisho.market.kernel.verbs import VERBS

INNER = {
    "payout.send": "part of making a list for the bank",
    "unmatched.enter": "part of reading a statement in",
}
"""Verbs without an operation, and why. What only the clock or an authority may do has none either."""


def test_every_verb_that_people_or_programs_have_is_an_operation() -> None:
    called = {op.does for op in OPERATIONS if op.does}
    for_callers = {action for action in VERBS if set(TABLE[action].by) - {"clock", "authority"}}
    assert for_callers - called == set(INNER)
    assert called - VERBS.keys() == set()


def test_every_operation_that_is_no_reading_is_a_verb() -> None:
    assert {op.name for op in OPERATIONS if op.method != "GET" and not op.does} == {"judge"}

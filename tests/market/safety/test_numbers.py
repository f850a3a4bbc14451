"""The numbers of the house are right, and nobody can be found in the public ones."""

from __future__ import annotations

from datetime import timedelta

from tests.market.safety.made import acting, claimed, decide, reported
from tests.market.stage import Stage, refused

from sekisho.market.kernel import clock
from sekisho.market.safety import appeals, claims, reports
from sekisho.market.safety.models import Report
from sekisho.market.safety.numbers import numbers
from sekisho.market.safety.transparency import report


def test_the_time_to_first_look_and_decision_is_counted_in_minutes(stage: Stage) -> None:
    begin = clock.now()
    case = reported(stage).case
    assert case is not None
    with clock.ahead(timedelta(minutes=30)):
        decide(stage, claims.claim(stage.moderator, case))
    found = numbers(begin - timedelta(hours=1), begin + timedelta(days=1))
    assert found.first_look.count == 1
    assert 30 <= (found.first_look.median or 0) <= 31
    assert 30 <= (found.decision.median or 0) <= 31


def test_waiting_cases_are_counted_by_age(stage: Stage) -> None:
    reported(stage)
    with clock.ahead(timedelta(hours=5)):
        assert dict(numbers(clock.now() - timedelta(days=1), clock.now()).waiting) == {
            "1h": 0, "6h": 1, "24h": 0, "3d": 0, "7d": 0, "older": 0,
        }  # fmt: skip


def test_a_reversed_decision_counts_against_its_rule_and_its_moderator(stage: Stage) -> None:
    decision = decide(stage, claimed(stage))
    appeals.uphold(stage.operator, appeals.file(acting(stage), decision, text="誤りです。"), because="誤りでした。")
    found = numbers(clock.now() - timedelta(days=1), clock.now() + timedelta(days=1))
    assert found.rules == (("channel_solicitation", 1, 1, 1),)
    assert found.moderators == ((stage.cast["minarai"].display_name, 1, 1, 1),)
    assert found.appeals == (("upheld", 1),)


def test_a_reporter_says_whether_it_helped_once_there_is_an_answer(stage: Stage) -> None:
    case = claimed(stage)
    with refused("not_from_here"):
        reports.rate(stage.worker, Report.objects.get(), helped=True)
    decide(stage, case)
    reports.rate(stage.worker, Report.objects.get(), helped=True)
    assert numbers(clock.now() - timedelta(days=1), clock.now() + timedelta(days=1)).helped == (1, 1)


def test_small_counts_are_not_told_in_public(stage: Stage) -> None:
    decide(stage, claimed(stage))
    told = report(clock.now() - timedelta(days=1), clock.now() + timedelta(days=1))
    # One and none look the same: that there was one at all would tell whom it was about.
    assert told["sanctions"] == {"warning": "<5", "suspension": "<5", "ban": "<5"}
    assert set(told["reports"].values()) == {"<5"}

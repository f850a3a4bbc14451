import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sekisho
from sekisho.core.guidance import Exposed

KINDS = [kind.value for kind in Exposed]


def test_there_are_eight_kinds_of_data():
    assert len(KINDS) == 8


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_begins_with_stopping_writing_down_and_reporting(kind):
    assert [step.id for step in sekisho.exposure_plan([kind]).steps[:3]] == ["stop", "record", "report"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_somebody_to_ask(kind):
    assert sekisho.exposure_plan([kind]).points


@given(st.lists(st.sampled_from(KINDS), min_size=1))
def test_a_plan_for_several_kinds_says_nothing_twice_and_the_most_urgent_first(kinds):
    plan = sekisho.exposure_plan(kinds)
    assert len({step.id for step in plan.steps}) == len(plan.steps)
    assert len({point.id for point in plan.points}) == len(plan.points)
    assert all(one.urgency >= other.urgency for one, other in itertools.pairwise(plan.steps))


@given(st.sets(st.sampled_from(KINDS), min_size=1))
def test_a_plan_for_several_kinds_leaves_no_step_of_any_out(kinds):
    together = {step.id for step in sekisho.exposure_plan(kinds).steps}
    assert all(step.id in together for kind in kinds for step in sekisho.exposure_plan([kind]).steps)


def test_money_sent_is_for_the_bank_and_the_police_at_once():
    plan = sekisho.exposure_plan(["money"])
    assert plan.steps[3].id == "money_stop"
    assert {"bank", "police"} <= {point.id for point in plan.points}


def test_a_point_says_when_it_was_checked_and_whether_its_own_page_was_read():
    said = sekisho.exposure_plan(["real_name"]).text("ja")
    assert "確認:2026-11(公式ページは未確認)" in said


@pytest.mark.parametrize("kinds", [[], ["name"], ["bank", "shoe"]])
def test_unknown_kinds_are_refused(kinds):
    with pytest.raises(sekisho.UnknownValue):
        sekisho.exposure_plan(kinds)

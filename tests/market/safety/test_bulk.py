"""Many cases at once: looked over first, step by step, each for itself, and all of it undone again."""

from __future__ import annotations

from tests.market.safety.made import reported, standing
from tests.market.stage import Stage, later, refused

from sekisho.market.safety import bulk, claims, decisions
from sekisho.market.safety.models import Bulk, Case

GIVEN = {"because": "同じ文面の一斉送信です。", "breach": True, "rule": "channel_solicitation",
         "public_reason": "LINEへの移動を求めるメッセージを確認しました。", "orders": [{"kind": "warning"}]}  # fmt: skip


def prepared(stage: Stage, count: int = 3) -> Bulk:
    """Cases of so many solicitations, to be decided with a warning."""
    for _ in range(count):
        reported(stage)
    return bulk.prepare(stage.moderator, None, cases=list(Case.objects.all()), **GIVEN)


def test_nothing_happens_before_it_is_started(stage: Stage) -> None:
    row = prepared(stage)
    later(minutes=1)
    assert set(Case.objects.values_list("state", flat=True)) == {"open"}
    assert [code for _, code in bulk.preview(stage.moderator, row)] == ["", "", ""]


def test_all_of_them_are_decided_and_undone(stage: Stage) -> None:
    row = bulk.start(stage.moderator, prepared(stage))
    later(minutes=1)
    row.refresh_from_db()
    assert row.state == "done"
    assert set(Case.objects.values_list("state", flat=True)) == {"decided"}
    assert decisions.strikes(stage.cast["aoba"]) == 3
    bulk.undo(stage.moderator, row)
    later(minutes=2)
    row.refresh_from_db()
    assert row.state == "undone"
    assert decisions.strikes(stage.cast["aoba"]) == 0
    assert standing(stage) == "good"


def test_a_case_somebody_works_on_stays_out_and_says_why(stage: Stage) -> None:
    row = prepared(stage)
    case = Case.objects.order_by("opened_at").first()
    assert case is not None
    claims.claim(stage.operator, case)
    assert [code for _, code in bulk.preview(stage.moderator, row)] == ["held_by_another", "", ""]
    bulk.start(stage.moderator, row)
    later(minutes=1)
    case.refresh_from_db()
    assert case.state == "open"
    assert row.cases.get(case=case).came_to == "claimed"


def test_what_needs_a_second_person_is_never_done_to_many(stage: Stage) -> None:
    reported(stage)
    with refused("bulk_one_person"):
        bulk.prepare(stage.moderator, None, cases=list(Case.objects.all()), **GIVEN | {"orders": [{"kind": "ban"}]})


def test_there_is_a_limit(stage: Stage) -> None:
    with refused("bulk_most"):
        bulk.prepare(stage.moderator, None, cases=[], **GIVEN)

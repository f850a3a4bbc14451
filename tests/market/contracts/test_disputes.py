"""Disputes: evidence, proposal, decision, and the second person."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.market.stage import LURE, Stage, later, refused

from sekisho.market.contracts import disputes, settlements, verbs
from sekisho.market.contracts.models import Dispute, Settlement, Statement
from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import Standing
from sekisho.market.kernel.models import AuditEntry
from sekisho.market.ledger.book import balance
from sekisho.market.ledger.models import Kind


def money(dispute: Dispute) -> tuple[int, int, int]:
    deal = dispute.contract.deal
    return (balance(Kind.ESCROW, dispute.contract_id), balance(Kind.WORKER, deal.worker_id),
            balance(Kind.CLIENT, deal.client_id))  # fmt: skip


def now(dispute: Dispute) -> Dispute:
    dispute.refresh_from_db()
    return dispute


def test_a_client_who_says_nothing_pays(stage: Stage) -> None:
    dispute = stage.disputed("worker")
    later(days=5, minutes=1)
    assert now(dispute).state == "paid_by_silence"
    assert money(dispute) == (0, 8_580, 0)


def test_silence_pays_for_nothing_that_was_not_delivered(stage: Stage) -> None:
    contract = verbs.dispute(stage.worker, stage.funded(), because="返事がありません。")
    later(days=5, minutes=1)
    dispute = Dispute.objects.get(contract=contract)
    assert (dispute.state, money(dispute)) == ("waiting", (11_000, 0, 0))


def test_a_worker_who_says_nothing_loses_nothing_by_it(stage: Stage) -> None:
    dispute = stage.disputed("client")
    later(days=5, minutes=1)
    assert (now(dispute).state, money(dispute)) == ("waiting", (11_000, 0, 0))


def test_a_suspended_client_may_still_speak_and_his_silence_still_counts(stage: Stage) -> None:
    spoken, silent = stage.disputed("worker"), stage.disputed("worker")
    stage.cast["aoba"].standing = Standing.BANNED
    stage.cast["aoba"].save()
    disputes.say(stage.cast["aoba"].actor, spoken, text="納品された原稿は3本足りませんでした。")
    later(days=5, minutes=1)
    assert (now(spoken).state, now(silent).state) == ("waiting", "paid_by_silence")


def test_a_proposal_ends_it_when_both_accept(stage: Stage) -> None:
    dispute = stage.proposed()
    dispute = disputes.accept(stage.client, dispute)
    assert (dispute.state, money(dispute)[0]) == ("proposed", 11_000)
    with refused("not_yours"):
        disputes.accept(stage.client, dispute)
    dispute = disputes.accept(stage.worker, dispute)
    assert (dispute.state, money(dispute)) == ("agreed", (0, 4_680, 5_000))


def test_an_unanswered_proposal_leaves_the_decision_to_the_house(stage: Stage) -> None:
    dispute = stage.proposed()
    later(days=3, minutes=1)
    assert now(dispute).state == "decision"


def test_the_house_that_does_not_decide_is_told_again_and_no_money_moves(stage: Stage) -> None:
    dispute = stage.undecided()
    later(days=8)
    with clock.ahead(timedelta(days=8)):
        later(days=8)
    assert (now(dispute).state, money(dispute)[0]) == ("decision", 11_000)
    assert AuditEntry.objects.filter(action="dispute.overdue").count() == 2


def test_giving_in_pays_in_full_or_gives_all_back(stage: Stage) -> None:
    by_client = disputes.concede(stage.client, stage.disputed())
    by_worker = disputes.concede(stage.worker, stage.disputed())
    assert (by_client.state, by_worker.state) == ("conceded", "conceded")
    assert money(by_worker) == (0, 8_580, 11_000)


def test_a_settlement_moves_money_only_when_a_second_person_confirms(stage: Stage) -> None:
    dispute = stage.undecided()
    settlement = settlements.propose(
        stage.moderator, dispute, to_worker=11_000, because="契約どおりの納品です。"
    )
    assert (settlement.due_at, money(dispute)[0]) == (None, 11_000)
    with refused("not_yours"):
        settlements.confirm(stage.moderator, settlement)
    settlements.confirm(stage.operator, settlement)
    assert (now(dispute).state, money(dispute)) == ("decided", (11_000, 0, 0))
    later(days=7, minutes=1)
    assert (now(dispute).state, money(dispute)) == ("decided", (0, 8_580, 0))
    acts = AuditEntry.objects.filter(
        action__in=["settlement.confirm", "dispute.decide", "settlement.carry_out", "contract.settle"]
    )
    assert acts.exclude(parent=None).count() == 2


def test_a_party_of_the_house_neither_proposes_nor_confirms(stage: Stage) -> None:
    dispute = stage.undecided()
    stage.cast["hanako"].is_moderator = True
    with refused("own_matter"):
        settlements.propose(
            stage.cast["hanako"].actor, dispute, to_worker=11_000, because="私に払ってください。"
        )
    settlement = settlements.propose(stage.moderator, dispute, to_worker=0, because="納品がありません。")
    with refused("not_yours"):
        settlements.confirm(stage.cast["hanako"].actor, settlement)


def test_a_house_of_one_waits_a_day_and_says_that_nobody_else_looked(stage: Stage) -> None:
    stage.cast["kancho"].is_active = False
    stage.cast["kancho"].save()
    dispute = stage.undecided()
    settlement = settlements.propose(stage.moderator, dispute, to_worker=5_500, because="半分の出来です。")
    later(hours=23)
    assert money(dispute)[0] == 11_000
    later(hours=24, minutes=1)
    settlement.refresh_from_db()
    assert (settlement.alone, settlement.second, settlement.state) == (True, None, "waiting")
    later(days=8, minutes=2)
    settlement.refresh_from_db()
    assert (settlement.state, money(dispute)[0]) == ("done", 0)


def test_a_rejected_settlement_moves_nothing_and_another_may_follow(stage: Stage) -> None:
    dispute = stage.undecided()
    first = settlements.propose(stage.moderator, dispute, to_worker=0, because="見たところ納品がありません。")
    settlements.reject(stage.operator, first, because="納品は記録にあります。")
    settlements.propose(stage.operator, dispute, to_worker=11_000, because="記録どおりです。")
    assert money(dispute)[0] == 11_000


def test_giving_in_voids_the_settlement_that_waits(stage: Stage) -> None:
    dispute = stage.undecided()
    settlement = settlements.propose(stage.moderator, dispute, to_worker=0, because="納品がありません。")
    disputes.concede(stage.client, dispute)
    assert Settlement.objects.get(pk=settlement.pk).state == "withdrawn"


@pytest.mark.parametrize("amount", [-1, 11_001, True, 5.5, "0"])
def test_no_more_than_the_escrow_is_given(stage: Stage, amount: Any) -> None:
    dispute = stage.undecided()
    with refused("bad_split"):
        settlements.propose(stage.moderator, dispute, to_worker=amount, because="計算です。")


def test_what_is_said_in_a_dispute_is_judged_and_a_solicitation_in_it_is_held(stage: Stage) -> None:
    dispute = stage.disputed("worker")
    statement = disputes.say(stage.client, dispute, text=LURE)
    assert (statement.state, statement.judgement.kind) == ("held", "dispute")
    assert not Statement.objects.visible_to(stage.worker).filter(pk=statement.pk).exists()

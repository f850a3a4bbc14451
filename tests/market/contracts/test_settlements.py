"""The time to appeal against a settlement: its money waits in escrow, and a room above can undo it, but not for ever."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.market.stage import Stage, later, refused

from sekisho.market.contracts import disputes, settlements
from sekisho.market.contracts.models import Dispute, Settlement
from sekisho.market.contracts.moves import under
from sekisho.market.contracts.next_step import next_step
from sekisho.market.contracts.silence import silence
from sekisho.market.deals.models import Event
from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.ids import new_id
from sekisho.market.kernel.verification import verify_all
from sekisho.market.ledger import payouts
from sekisho.market.ledger.book import balance
from sekisho.market.ledger.models import Kind

DAYS = silence().appeal_days


@pytest.fixture
def settled(stage: Stage) -> Settlement:
    """Confirmed by the second person: 6,600 of 11,000 yen to the worker."""
    settlement = settlements.propose(
        stage.moderator, stage.undecided(), to_worker=6_600, because="6割が契約どおりです。"
    )
    return Settlement.objects.get(pk=settlements.confirm(stage.operator, settlement).pk)


@pytest.fixture
def appeal(stage: Stage) -> Actor:
    """A room above, with an upheld appeal in its hand."""
    return under(stage.operator, "appeal", new_id())


def money(settlement: Settlement) -> tuple[int, int, int, int]:
    """In escrow, the worker's, the client's, the house's fee with its tax."""
    deal = settlement.contract.deal
    return (balance(Kind.ESCROW, settlement.contract_id), balance(Kind.WORKER, deal.worker_id),
            balance(Kind.CLIENT, deal.client_id), balance(Kind.FEE) + balance(Kind.FEE_TAX))  # fmt: skip


def test_a_confirmed_settlement_is_told_at_once_and_its_money_moves_after_the_window(
    settled: Settlement,
) -> None:
    assert (settled.state, settled.dispute.state, money(settled)) == ("waiting", "decided", (11_000, 0, 0, 0))
    later(days=DAYS - 1)
    assert money(settled) == (11_000, 0, 0, 0)
    later(days=DAYS, minutes=1)
    settled.refresh_from_db()
    assert (settled.state, settled.contract.state) == ("done", "completed")
    assert money(settled) == (0, 5_148, 4_400, 1_452)
    assert verify_all().faults == ()


def test_what_a_settlement_gives_cannot_be_paid_out_within_the_window(
    stage: Stage, settled: Settlement
) -> None:
    payouts.set_bank_account(stage.worker, None, bank="0001", branch="001", type_="ordinary", number="1234567",
                             holder="ハナコ")  # fmt: skip
    with refused("too_little"):
        payouts.ask_payout(stage.worker, None, amount=1_000)
    later(days=DAYS, minutes=1)
    assert payouts.ask_payout(stage.worker, None, amount=5_148).state == "asked"


def test_both_sides_read_what_was_decided_and_that_the_money_waits(stage: Stage, settled: Settlement) -> None:
    for side in (stage.client, stage.worker):
        assert "異議申し立ての期間" in next_step(settled.contract, side).text["ja"]
    event = Event.objects.filter(deal=settled.contract.deal).order_by("position").last()
    assert event is not None
    assert (event.type, event.body.content["to_worker"]) == ("dispute_decided", 6_600)


def test_an_upheld_appeal_reverses_it_and_the_house_decides_anew(
    stage: Stage, settled: Settlement, appeal: Actor
) -> None:
    settled = settlements.reverse(appeal, settled, because="納品の記録を見落としていました。")
    dispute = Dispute.objects.get(pk=settled.dispute_id)
    assert (settled.state, dispute.state, dispute.to_worker, dispute.ended_at) == (
        "reversed", "decision", None, None,
    )  # fmt: skip
    later(days=DAYS, minutes=1)
    assert money(settled) == (11_000, 0, 0, 0)
    again = settlements.propose(stage.operator, dispute, to_worker=11_000, because="記録どおりです。")
    settlements.confirm(stage.moderator, again)
    later(days=DAYS, minutes=1)
    assert money(settled) == (0, 8_580, 0, 2_420)
    assert verify_all().faults == ()


def test_after_the_window_it_is_not_reversed_and_nothing_changes(settled: Settlement, appeal: Actor) -> None:
    later(days=DAYS, minutes=1)
    settled.refresh_from_db()
    before = money(settled)
    with refused("window_over"):
        settlements.reverse(appeal, settled, because="遅れて届いた異議です。")
    with refused("window_over"):
        settlements.prolong(appeal, settled, until=clock.now(), because="遅れて届いた異議です。")
    with refused("needs"):
        disputes.reopen(appeal, settled.dispute, because="遅れて届いた異議です。")
    assert money(settled) == before


def test_an_appeal_that_is_not_decided_yet_keeps_the_money_waiting(
    settled: Settlement, appeal: Actor
) -> None:
    with clock.ahead(timedelta(days=DAYS - 1)):
        settlements.prolong(appeal, settled, until=clock.now() + timedelta(days=10), because="調べています。")
    later(days=DAYS, minutes=1)
    assert money(settled)[0] == 11_000
    later(days=DAYS + 9, minutes=1)
    assert money(settled)[0] == 0


def test_nothing_makes_the_window_shorter(settled: Settlement, appeal: Actor) -> None:
    due = settled.due_at
    assert settlements.prolong(appeal, settled, until=clock.now(), because="間違いです。").due_at == due


def test_only_an_authority_touches_a_settlement_that_waits(stage: Stage, settled: Settlement) -> None:
    for actor in (stage.client, stage.worker, stage.moderator, stage.operator):
        with refused("not_yours"):
            settlements.reverse(actor, settled, because="取り消します。")
        with refused("not_yours"):
            settlements.prolong(actor, settled, until=clock.now(), because="待ちます。")
        with refused("not_yours"):
            settlements.carry_out(actor, settled)


def test_nobody_gives_in_or_decides_again_while_a_decision_waits(stage: Stage, settled: Settlement) -> None:
    with refused("not_from_here"):
        disputes.concede(stage.worker, settled.dispute)
    with refused("not_from_here"):
        settlements.propose(stage.moderator, settled.dispute, to_worker=0, because="もう一度です。")

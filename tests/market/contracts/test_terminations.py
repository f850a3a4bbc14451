"""Ending a funded contract by request."""

from __future__ import annotations

from tests.market.stage import Stage, later, refused

from sekisho.market.contracts import terminations, verbs
from sekisho.market.contracts.models import Contract
from sekisho.market.kernel.actors import Standing
from sekisho.market.ledger.book import balance
from sekisho.market.ledger.models import Kind
from sekisho.market.profiles.models import TrackRecord

WORDS = {"reason_code": "both_agree", "text": "予定が変わったため、終了をお願いします。"}


def state(contract: Contract) -> str:
    return Contract.objects.get(pk=contract.pk).state


def test_an_agreed_request_cancels_with_the_whole_refund(stage: Stage) -> None:
    contract = stage.funded()
    terminations.agree(stage.worker, terminations.ask(stage.client, contract, **WORDS))
    assert (state(contract), balance(Kind.ESCROW, contract.id)) == ("cancelled", 0)
    assert balance(Kind.CLIENT, contract.deal.client_id) == 11_000


def test_a_refused_request_changes_nothing(stage: Stage) -> None:
    contract = stage.funded()
    terminations.refuse(stage.worker, terminations.ask(stage.client, contract, **WORDS))
    assert (state(contract), balance(Kind.ESCROW, contract.id)) == ("funded", 11_000)


def test_silence_for_seven_days_before_delivery_cancels_with_the_whole_refund(stage: Stage) -> None:
    contract = stage.funded()
    termination = terminations.ask(stage.worker, contract, reason_code="no_answer", text="資料が届きません。")
    later(days=6, hours=23)
    assert state(contract) == "funded"
    later(days=7, minutes=1)
    termination.refresh_from_db()
    assert (state(contract), termination.state) == ("cancelled", "lapsed")


def test_silence_never_cancels_what_was_delivered_once(stage: Stage) -> None:
    contract = verbs.send_back(stage.client, stage.delivered(), because="3本目の表記を直してください。")
    terminations.ask(stage.client, contract, **WORDS)
    later(days=8)
    assert (state(contract), balance(Kind.ESCROW, contract.id)) == ("funded", 11_000)


def test_after_a_delivery_a_contract_cannot_be_ended_by_request(stage: Stage) -> None:
    contract = stage.delivered()
    with refused("delivered_already"):
        terminations.ask(stage.client, contract, **WORDS)


def test_a_delivery_voids_the_request_that_waits(stage: Stage) -> None:
    contract = stage.funded()
    termination = terminations.ask(stage.client, contract, **WORDS)
    verbs.deliver(stage.worker, contract, note="納品いたします。")
    termination.refresh_from_db()
    assert (termination.state, state(contract)) == ("lapsed", "delivered")


def test_a_second_request_waits_for_the_first(stage: Stage) -> None:
    contract = stage.funded()
    terminations.ask(stage.client, contract, **WORDS)
    with refused("waits_already"):
        terminations.ask(stage.worker, contract, **WORDS)


def test_leaving_because_of_a_solicitation_costs_nobody_his_completion_rate(stage: Stage) -> None:
    contract = stage.funded()
    request = terminations.ask(
        stage.worker, contract, reason_code="solicitation", text="LINEに誘われました。"
    )
    terminations.agree(stage.client, request)
    assert set(TrackRecord.objects.values_list("ended_by_own_fault", flat=True)) == {0}


def test_who_names_himself_bears_it_and_who_is_accused_only_if_he_agrees(stage: Stage) -> None:
    mine, silent, agreed = stage.funded(), stage.funded(), stage.funded()
    terminations.ask(stage.worker, mine, reason_code="cannot_do", text="続けられなくなりました。")
    terminations.ask(stage.client, silent, reason_code="no_progress", text="連絡がありません。")
    request = terminations.ask(stage.client, agreed, reason_code="no_progress", text="連絡がありません。")
    terminations.agree(stage.worker, request)
    later(days=8)
    assert (state(mine), state(silent), state(agreed)) == ("cancelled",) * 3
    assert TrackRecord.objects.get(account=stage.worker.id).ended_by_own_fault == 2


def test_a_ban_stops_no_timer_and_takes_nobody_his_answer(stage: Stage) -> None:
    contract, other = stage.funded(), stage.funded()
    request = terminations.ask(stage.client, contract, **WORDS)
    terminations.ask(stage.client, other, **WORDS)
    stage.cast["hanako"].standing = Standing.BANNED
    stage.cast["hanako"].save()
    terminations.refuse(stage.cast["hanako"].actor, request)
    later(days=8)
    assert (state(contract), state(other)) == ("funded", "cancelled")

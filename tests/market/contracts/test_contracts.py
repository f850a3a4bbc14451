"""Offers, deliveries, limits, reminders, and the one next step."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from tests.market.stage import LURE, Stage, later, refused

from sekisho.market.contracts import changes, statements, verbs
from sekisho.market.contracts.models import Contract, Delivery, Reminder, Statement
from sekisho.market.contracts.next_step import next_step, open_verbs, sentences
from sekisho.market.contracts.states import CONTRACT, DISPUTE
from sekisho.market.deals.models import Body
from sekisho.market.kernel import clock, outbox
from sekisho.market.kernel.sweep import sweep


def test_an_offer_that_solicits_comes_back_and_the_worker_sees_nothing(stage: Stage) -> None:
    contract = verbs.offer(stage.client, stage.deal(), title="紹介文", terms=LURE, price_yen=10_000)
    assert (contract.state, contract.judgement.verdict) == ("returned", "violation")
    assert not Contract.objects.visible_to(stage.worker).exists()
    with refused("not_found"):
        verbs.agree(stage.worker, contract)


def test_same_as_last_time_is_a_new_contract_with_its_own_escrow(stage: Stage) -> None:
    first = stage.completed()
    again = verbs.offer_again(stage.client, first)
    assert (again.state, again.number, again.title, again.terms, again.price_yen) == (
        "offered", 2, first.title, first.terms, first.price_yen,
    )  # fmt: skip
    with refused("not_from_here"):
        verbs.deliver(stage.worker, again, note="前回と同じ内容で納品します。")


def test_a_delivery_whose_note_solicits_counts_but_its_note_waits(stage: Stage) -> None:
    contract = verbs.deliver(stage.worker, stage.funded(), note=f"納品します。{LURE}")
    note = Delivery.objects.get(contract=contract).statement
    assert (contract.state, note.state) == ("delivered", "held")
    assert not any("LINE" in str(body.content) for body in Body.objects.all())
    statements.release(stage.moderator, note)
    assert any("LINE" in str(body.content) for body in Body.objects.all())


def test_a_held_statement_escalates_after_a_day_and_is_never_shown_by_silence(stage: Stage) -> None:
    verbs.deliver(stage.worker, stage.funded(), note=LURE)
    told: list[Any] = []
    outbox.HANDLERS.setdefault("statement.overdue", {})["test"] = told.append
    later(hours=25)
    del outbox.HANDLERS["statement.overdue"]
    assert (len(told), Statement.objects.get(state="held").kind) == (1, "delivery")


def test_work_is_sent_back_three_times_and_no_more(stage: Stage) -> None:
    contract = stage.delivered()
    for _ in range(3):
        contract = verbs.send_back(stage.client, contract, because="表記を直してください。")
        contract = verbs.deliver(stage.worker, contract, note="直しました。")
    with refused("needs"):
        verbs.send_back(stage.client, contract, because="もう一度お願いします。")


def test_nothing_is_sent_back_later_than_28_days_after_the_first_delivery(stage: Stage) -> None:
    contract = verbs.send_back(stage.client, stage.delivered(), because="表記を直してください。")
    with clock.ahead(timedelta(days=27)):
        contract = verbs.deliver(stage.worker, contract, note="直しました。")
    with clock.ahead(timedelta(days=29)), refused("needs"):
        verbs.send_back(stage.client, contract, because="もう一度お願いします。")


def test_reminders_come_before_the_end_of_a_wait_once_each(stage: Stage) -> None:
    contract, told = stage.delivered(), []
    outbox.HANDLERS.setdefault("contract.reminder", {})["test"] = lambda payload: told.append(payload["days"])
    for day in range(15):
        later(days=day, minutes=1)
        later(days=day, minutes=2)
    del outbox.HANDLERS["contract.reminder"]
    assert told == [7, 3, 1]
    assert Contract.objects.get(pk=contract.pk).state == "completed"


def test_who_has_answered_is_not_reminded(stage: Stage) -> None:
    contract = verbs.accept(stage.client, stage.delivered())
    with clock.ahead(timedelta(days=14)):
        sweep()
    assert not Reminder.objects.filter(thing_id=contract.pk, wait="accept").exclude(told_at=None).exists()


def test_other_terms_hold_when_the_other_side_agrees_and_both_stand_in_the_deal(stage: Stage) -> None:
    contract = stage.funded()
    change = changes.propose(stage.worker, contract, terms="12本、各300字。", deadline=date(2030, 1, 31))
    assert Contract.objects.get(pk=contract.pk).terms == "10本、各400字。"
    with refused("not_yours"):
        changes.agree(stage.worker, change)
    changes.agree(stage.client, change)
    contract.refresh_from_db()
    assert (contract.terms, contract.deadline, contract.price_yen) == (
        "12本、各300字。",
        date(2030, 1, 31),
        10_000,
    )
    types = list(Body.objects.order_by("event__position").values_list("content__type", flat=True))
    assert types[-3:] == ["terms_proposed", "terms_answered", "terms_changed"]


def test_what_was_agreed_outside_counts_when_the_other_side_confirms(stage: Stage) -> None:
    contract = stage.funded()
    record = changes.record_outside(
        stage.client, contract, terms="納期を1週間延ばす。", agreed_on=clock.now().date(), tool="chatwork"
    )
    assert Contract.objects.get(pk=contract.pk).terms == "10本、各400字。"
    changes.agree(stage.worker, record)
    body = Body.objects.filter(content__type="outside_agreement").get().content
    assert (body["before"]["terms"], body["after"]["terms"]) == ("10本、各400字。", "納期を1週間延ばす。")


def test_terms_that_solicit_cannot_be_agreed_to_before_somebody_has_looked(stage: Stage) -> None:
    change = changes.propose(stage.client, stage.funded(), terms=LURE)
    with refused("change_refused"):
        changes.agree(stage.worker, change)


def test_a_proposed_change_lapses_with_the_contract(stage: Stage) -> None:
    contract = stage.delivered()
    change = changes.propose(stage.client, contract, terms="12本、各300字。")
    verbs.accept(stage.client, contract)
    change.refresh_from_db()
    assert change.state == "lapsed"


def test_every_state_has_its_next_step_for_either_side_and_its_verb_is_open_there(stage: Stage) -> None:
    rows = sentences()["contract"]
    for state in CONTRACT.states:
        if state == "disputed":
            continue
        for side in ("client",) if state == "returned" else ("client", "worker"):
            row = rows.get(state, rows["over"])[side]
            assert row["ja"], row["en"]
            beside = {"contract.review", "contract.offer", "contract.offer_again", None}
            here = {f"contract.{r.verb}" for r in CONTRACT.open(state, {side})}
            assert row.get("verb") in here | beside, (state, side)
    assert set(DISPUTE.states) - DISPUTE.final <= set(sentences()["dispute"])


@pytest.mark.parametrize("name", ["offered", "agreed"])
def test_that_work_does_not_start_before_funding_is_said_to_both_in_both_languages(
    stage: Stage, name: str
) -> None:
    step = next_step(getattr(stage, name)(), stage.worker)
    assert not step.may_work
    assert "作業" in step.text["ja"]
    assert "ork" in step.text["en"]


def test_the_next_step_of_a_funded_contract_is_the_delivery_and_buttons_come_from_the_table(
    stage: Stage,
) -> None:
    contract = stage.funded()
    assert next_step(contract, stage.worker).verb == "contract.deliver"
    assert set(open_verbs(contract, stage.worker)) == {"contract.deliver", "contract.dispute"}

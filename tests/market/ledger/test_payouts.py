"""Payouts: to the worker's own bank only, the least amount, holds, lists for the bank."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import Authority
from sekisho.market.kernel.ids import new_id
from sekisho.market.kernel.models import AuditEntry
from sekisho.market.kernel.problems import Problem
from sekisho.market.kernel.verification import verify_all
from sekisho.market.ledger import payouts
from sekisho.market.ledger.book import balance
from sekisho.market.ledger.models import BankAccount, Kind, Payout, PayoutState

BANK = {"bank": "０００１", "branch": "123", "type_": "ordinary", "number": "12345", "holder": "ﾔﾏﾀﾞ ﾊﾅｺ"}


@pytest.fixture
def payout(cast: dict[str, Any], give_bank_account: Any, earned: Any) -> Payout:
    """Of 5,000 of 8,580 yen."""
    give_bank_account(cast["hanako"])
    earned(cast)
    return payouts.ask_payout(cast["hanako"].actor, None, amount=5_000)


def code_of(act: Callable[[], Any]) -> str:
    with pytest.raises(Problem) as refusal:
        act()
    return refusal.value.code


def test_bank_data_is_kept_in_the_letters_of_banks_and_shown_masked(cast: dict[str, Any]) -> None:
    row = payouts.set_bank_account(cast["hanako"].actor, None, **BANK)
    assert (row.sealed["bank"], row.sealed["number"], row.sealed["holder"]) == ("0001", "0012345", "ヤマダ ハナコ")
    assert row.masked == str(row) == "0001-123 ****345 ヤ***"
    assert "0012345" not in repr(row)


@pytest.mark.parametrize(("field", "value", "code"), [
    ("bank", "123", "bad_digits"), ("bank", "12a4", "bad_digits"), ("branch", "1234", "bad_digits"),
    ("number", "123", "bad_digits"), ("number", "12345678", "bad_digits"), ("number", "-123456", "bad_digits"),
    ("type_", "gold", "bad_value"), ("holder", "山田", "bad_holder"),
])  # fmt: skip
def test_faulty_bank_data_is_refused(cast: dict[str, Any], field: str, value: str, code: str) -> None:
    assert (
        code_of(lambda: payouts.set_bank_account(cast["hanako"].actor, None, **(BANK | {field: value})))
        == code
    )
    assert BankAccount.objects.count() == 0


def test_nobody_but_the_worker_sees_her_bank_data(cast: dict[str, Any], give_bank_account: Any) -> None:
    row = give_bank_account(cast["hanako"])
    seen = {name: list(BankAccount.objects.visible_to(cast[name].actor)) for name in cast}
    assert seen == {name: [row] if name == "hanako" else [] for name in cast}
    assert row.relations(cast["aoba"].actor) == frozenset()


def test_new_bank_data_leaves_a_payout_that_was_asked_for_where_it_goes(
    cast: dict[str, Any], payout: Payout
) -> None:
    new = payouts.set_bank_account(cast["hanako"].actor, None, **(BANK | {"number": "7654321"}))
    payout.refresh_from_db()
    assert payout.bank_account.sealed["number"] == "1234567"
    assert payouts.bank_account(cast["hanako"].id) == new
    assert BankAccount.objects.filter(worker=cast["hanako"], replaced_at=None).count() == 1


def test_a_payout_needs_bank_data_the_least_amount_and_the_money(
    cast: dict[str, Any], earned: Any, give_bank_account: Any
) -> None:
    worker = cast["hanako"].actor
    assert code_of(lambda: payouts.ask_payout(worker, None, amount=5_000)) == "no_bank_account"
    give_bank_account(cast["hanako"])
    assert code_of(lambda: payouts.ask_payout(worker, None, amount=5_000)) == "too_little"
    earned(cast)
    assert code_of(lambda: payouts.ask_payout(worker, None, amount=payouts.minimum() - 1)) == "below_minimum"
    assert code_of(lambda: payouts.ask_payout(worker, None, amount=8_581)) == "too_little"
    assert payouts.ask_payout(worker, None, amount=8_580).state == "asked"
    assert Payout.objects.count() == 1


def test_a_worker_takes_a_payout_back_only_before_it_went_to_the_bank(
    cast: dict[str, Any], payout: Payout
) -> None:
    worker = cast["hanako"].actor
    assert payouts.cancel_payout(worker, payout).state == PayoutState.CANCELLED
    assert balance(Kind.WORKER, cast["hanako"].id) == 8_580
    sent = payouts.ask_payout(worker, None, amount=5_000)
    payouts.list_payouts(cast["kancho"].actor, None)
    assert code_of(lambda: payouts.cancel_payout(worker, sent)) == "not_from_here"


def test_another_worker_is_told_that_the_payout_does_not_exist(cast: dict[str, Any], payout: Payout) -> None:
    for act in (payouts.cancel_payout, payouts.confirm_payout, payouts.fail_payout):
        assert code_of(lambda act=act: act(cast["taro"].actor, payout)) == "not_found"


def test_the_list_for_the_bank_has_whole_bank_data_in_half_width(
    cast: dict[str, Any], payout: Payout
) -> None:
    operator = cast["kancho"].actor
    batch = payouts.list_payouts(operator, None)
    file = payouts.download_batch(operator, None, batch=batch)
    rows = list(csv.reader(file.content.decode("utf-8-sig").splitlines()))
    assert file.content.startswith(b"\xef\xbb\xbf")
    assert rows[1] == [payout.code, "0001", "123", "1", "1234567", "ﾔﾏﾀﾞ ﾊﾅｺ", "5000", payout.code]
    assert (batch.count, batch.total, len(rows)) == (1, 5_000, 2)
    assert AuditEntry.objects.filter(action="ledger.download_batch").count() == 1
    assert code_of(lambda: payouts.list_payouts(operator, None)) == "nothing_waits"


def test_only_the_operator_gets_the_list(cast: dict[str, Any], payout: Payout) -> None:
    batch = payouts.list_payouts(cast["kancho"].actor, None)
    for name in ("aoba", "hanako", "minarai"):
        assert (
            code_of(lambda name=name: payouts.download_batch(cast[name].actor, None, batch=batch))
            == "not_yours"
        )


def test_a_payout_on_hold_waits_for_its_moment(cast: dict[str, Any], payout: Payout) -> None:
    operator = cast["kancho"].actor
    judge = replace(operator, authority=Authority("decision", new_id()))
    until = clock.now() + timedelta(days=3)
    assert (
        code_of(lambda: payouts.hold_payout(operator, payout, until=until, because="異議申し立ての期間。"))
        == "not_yours"
    )
    payouts.hold_payout(judge, payout, until=until, because="異議申し立ての期間。")
    assert code_of(lambda: payouts.list_payouts(operator, None)) == "nothing_waits"
    assert code_of(lambda: payouts.confirm_payout(operator, payout)) == "on_hold"
    with clock.ahead(timedelta(days=3, seconds=1)):
        assert payouts.list_payouts(operator, None).count == 1


def test_a_room_above_can_hold_new_payouts_of_a_worker(
    cast: dict[str, Any], payout: Payout, monkeypatch: Any
) -> None:
    until = clock.now() + timedelta(days=7)
    monkeypatch.setattr(payouts, "_HOLDINGS", [])

    @payouts.holds_payouts
    def appeal_window(worker: UUID) -> Any:
        return until if worker == cast["hanako"].id else None

    held = payouts.ask_payout(cast["hanako"].actor, None, amount=1_000)
    assert (payout.hold_until, held.hold_until) == (None, until)
    assert payouts.list_payouts(cast["kancho"].actor, None).count == 1


def test_a_payout_is_ended_once(cast: dict[str, Any], payout: Payout) -> None:
    operator = cast["kancho"].actor
    payouts.confirm_payout(operator, payout)
    assert code_of(lambda: payouts.confirm_payout(operator, payout)) == "already"
    assert code_of(lambda: payouts.fail_payout(operator, payout)) == "not_from_here"
    payouts.bring_back_payout(operator, payout)
    assert code_of(lambda: payouts.bring_back_payout(operator, payout)) == "already"
    assert balance(Kind.WORKER, cast["hanako"].id) == 8_580
    assert verify_all().faults == ()


def test_a_banned_worker_still_gets_what_she_earned(cast: dict[str, Any], payout: Payout) -> None:
    banned = replace(cast["hanako"].actor, standing="banned")
    assert payouts.ask_payout(banned, None, amount=3_000).amount == 3_000

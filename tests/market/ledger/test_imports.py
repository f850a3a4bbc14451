"""Statements of the bank read in: who is credited, what waits in suspense, what was seen before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sekisho.market.kernel.problems import Problem
from sekisho.market.kernel.verification import verify_all
from sekisho.market.ledger import imports, payouts, verbs
from sekisho.market.ledger.bank_transfer import codes
from sekisho.market.ledger.book import balance
from sekisho.market.ledger.models import Kind, StatementImport, StatementRow, Transfer, Unmatched
from sekisho.market.ledger.states import PayoutState

File = Callable[..., bytes]


def outcomes(statement: StatementImport) -> list[str]:
    return list(statement.rows.order_by("line").values_list("outcome", flat=True))


@pytest.fixture
def code(cast: dict[str, Any]) -> str:
    return codes.shown(verbs.issue_reference(cast["aoba"].actor, None).code)


def test_a_deposit_with_a_reference_is_the_clients_balance(
    cast: dict[str, Any], code: str, bank_file: File
) -> None:
    statement = imports.import_statement(
        cast["kancho"].actor, None, content=bank_file((f"ｱｵﾊﾞ{code}", 11_000, 0, "1"))
    )
    assert outcomes(statement) == ["credited"]
    assert balance(Kind.CLIENT, cast["aoba"].id) == 11_000


def test_a_client_has_one_reference_for_ever(cast: dict[str, Any]) -> None:
    first = verbs.issue_reference(cast["aoba"].actor, None)
    assert verbs.issue_reference(cast["aoba"].actor, None).code == first.code
    assert codes.found(first.code) == (first.code,)


def test_the_same_file_again_moves_nothing_and_says_so(
    cast: dict[str, Any], code: str, bank_file: File
) -> None:
    content = bank_file((code, 11_000, 0, "1"), ("ﾌﾒｲ", 500, 0, "2"))
    for _ in range(2):
        statement = imports.import_statement(cast["kancho"].actor, None, content=content)
    assert outcomes(statement) == ["duplicate", "duplicate"]
    assert (balance(Kind.CLIENT, cast["aoba"].id), balance(Kind.SUSPENSE)) == (11_000, 500)
    assert imports.summary(statement)["duplicate"] == 2


def test_what_was_entered_by_hand_under_the_banks_number_is_not_entered_again(
    cast: dict[str, Any], code: str, bank_file: File
) -> None:
    operator = cast["kancho"].actor
    verbs.confirm_deposit(operator, None, client=cast["aoba"].id, amount=11_000, reference="77")
    statement = imports.import_statement(operator, None, content=bank_file((code, 11_000, 0, "77")))
    assert outcomes(statement) == ["by_hand"]
    with pytest.raises(Problem) as refusal:
        verbs.confirm_deposit(operator, None, client=cast["aoba"].id, amount=11_000, reference="77")
    assert refusal.value.code == "moved_already"
    assert balance(Kind.CLIENT, cast["aoba"].id) == 11_000


@pytest.mark.parametrize("text", ["ﾌﾒｲ", "1234-5678-9012", codes.closed("1999999999")])
def test_a_deposit_that_matches_nothing_waits_in_suspense(
    cast: dict[str, Any], text: str, bank_file: File
) -> None:
    statement = imports.import_statement(cast["kancho"].actor, None, content=bank_file((text, 700, 0, "1")))
    assert outcomes(statement) == ["suspense"]
    assert (balance(Kind.SUSPENSE), Unmatched.objects.get().state) == (700, "waiting")


def test_a_deposit_with_the_references_of_two_clients_waits_in_suspense(
    cast: dict[str, Any], code: str, bank_file: File
) -> None:
    cast["taro"].is_client = True
    cast["taro"].save()
    other = verbs.issue_reference(cast["taro"].actor, None).code
    statement = imports.import_statement(
        cast["kancho"].actor, None, content=bank_file((f"{code} / {other}", 700, 0, "1"))
    )
    assert outcomes(statement) == ["suspense"]


def test_a_deposit_in_suspense_is_assigned_to_a_client_once(cast: dict[str, Any], bank_file: File) -> None:
    operator = cast["kancho"].actor
    imports.import_statement(operator, None, content=bank_file(("ﾌﾒｲ", 700, 0, "1")))
    row = verbs.assign_deposit(operator, Unmatched.objects.get(), client=cast["aoba"].id)
    assert (balance(Kind.SUSPENSE), balance(Kind.CLIENT, cast["aoba"].id)) == (0, 700)
    with pytest.raises(Problem) as refusal:
        verbs.send_back_deposit(operator, row, because="返金の依頼。")
    assert refusal.value.code == "not_from_here"
    assert verify_all().faults == ()


def test_a_deposit_in_suspense_can_be_sent_back(cast: dict[str, Any], bank_file: File) -> None:
    operator = cast["kancho"].actor
    imports.import_statement(operator, None, content=bank_file(("ﾌﾒｲ", 700, 0, "1")))
    verbs.send_back_deposit(operator, Unmatched.objects.get(), because="誤入金。")
    assert (balance(Kind.SUSPENSE), balance(Kind.BANK)) == (0, 0)


def test_a_deposit_is_not_assigned_to_somebody_who_is_no_client(
    cast: dict[str, Any], bank_file: File
) -> None:
    imports.import_statement(cast["kancho"].actor, None, content=bank_file(("ﾌﾒｲ", 700, 0, "1")))
    with pytest.raises(Problem) as refusal:
        verbs.assign_deposit(cast["kancho"].actor, Unmatched.objects.get(), client=cast["hanako"].id)
    assert refusal.value.code == "not_found"


def test_a_file_with_one_faulty_line_does_nothing_at_all(
    cast: dict[str, Any], code: str, bank_file: File
) -> None:
    content = bank_file((code, 11_000, 0, "1")) + b"\r\n2026-10-02,x,abc,,2"
    with pytest.raises(Problem) as refusal:
        imports.import_statement(cast["kancho"].actor, None, content=content)
    assert "3行目" in refusal.value.text()
    assert (Transfer.objects.count(), StatementRow.objects.count(), StatementImport.objects.count()) == (
        0,
        0,
        0,
    )


def test_only_the_operator_reads_a_statement_in(cast: dict[str, Any], bank_file: File) -> None:
    for name in ("aoba", "hanako", "minarai"):
        with pytest.raises(Problem) as refusal:
            imports.import_statement(cast[name].actor, None, content=bank_file())
        assert refusal.value.code == "not_yours"


def test_a_payout_is_confirmed_by_its_row_and_taken_back_when_the_bank_returns_it(
    cast: dict[str, Any], bank_file: File, give_bank_account: Any, earned: Any
) -> None:
    operator, worker = cast["kancho"].actor, cast["hanako"]
    give_bank_account(worker)
    earned(cast)
    payout = payouts.ask_payout(worker.actor, None, amount=8_000)
    payouts.list_payouts(operator, None)
    # The bank lists the newest first.
    statement = imports.import_statement(operator, None, content=bank_file(
        (f"組戻し {payout.code}", 8_000, 0, "2"), (f"振込 {payout.code}", 0, 8_000, "1"), ("手数料", 0, 440, "3")))  # fmt: skip
    assert outcomes(statement) == ["payout_returned", "payout_paid", "other"]
    payout.refresh_from_db()
    assert (payout.state, balance(Kind.WORKER, worker.id)) == (PayoutState.RETURNED, 8_580)
    assert verify_all().faults == ()


@pytest.mark.parametrize(
    ("listed", "into", "out", "outcome", "state"),
    [
        (False, 0, 7_999, "conflict", "asked"),
        (False, 7_999, 0, "suspense", "asked"),
        (False, 8_000, 0, "suspense", "asked"),
        (False, 0, 8_000, "payout_paid", "paid"),
        (True, 7_999, 0, "suspense", "sent"),
        (True, 8_000, 0, "payout_failed", "failed"),
    ],
)
def test_a_row_of_a_payout_counts_only_as_far_as_it_fits(
    cast: dict[str, Any], bank_file: File, give_bank_account: Any, earned: Any, listed: bool, into: int, out: int,
    outcome: str, state: str
) -> None:  # fmt: skip
    give_bank_account(cast["hanako"])
    earned(cast)
    payout = payouts.ask_payout(cast["hanako"].actor, None, amount=8_000)
    if listed:
        payouts.list_payouts(cast["kancho"].actor, None)
    content = bank_file((payout.code, into, out, "1"))
    assert outcomes(imports.import_statement(cast["kancho"].actor, None, content=content)) == [outcome]
    payout.refresh_from_db()
    assert payout.state == state
    assert verify_all().faults == ()

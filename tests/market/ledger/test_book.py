"""The book itself: all legs or none, one purpose between two kinds of accounts, one effect a key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.utils import DatabaseError, IntegrityError

from sekisho.market.contracts import verbs as contracts
from sekisho.market.kernel.ids import new_id
from sekisho.market.kernel.models import AuditEntry
from sekisho.market.kernel.problems import Problem
from sekisho.market.ledger import imports, payouts, verbs
from sekisho.market.ledger.book import Leg, account, balance, post
from sekisho.market.ledger.models import Kind, LedgerAccount, Transfer, Unmatched
from sekisho.market.ledger.purposes import PURPOSES


def fund(amount: int, key: str, client: Any = None) -> list[Transfer]:
    return post(
        [Leg(account(Kind.CLIENT, client or new_id()), account(Kind.ESCROW, new_id()), amount, "fund")],
        key=key,
    )


def test_a_transfer_between_accounts_its_purpose_does_not_join_cannot_be_written() -> None:
    wrong = [
        Leg(account(Kind.ESCROW, new_id()), account(Kind.CLIENT, new_id()), 1, purpose)
        for purpose in PURPOSES
        if purpose != "refund"
    ]
    for leg in [*wrong, Leg(account(Kind.BANK), account(Kind.CLIENT, new_id()), 1, "gift")]:
        with pytest.raises(ValueError, match="no transfer"):
            post([leg], key="x")
    assert Transfer.objects.count() == 0


def test_a_batch_is_made_whole_or_not_at_all() -> None:
    client, escrow = new_id(), new_id()
    post([Leg(account(Kind.BANK), account(Kind.CLIENT, client), 100, "deposit")], key="in")
    with pytest.raises(Problem) as refusal:
        post([Leg(account(Kind.CLIENT, client), account(Kind.ESCROW, escrow), 60, "fund"),
              Leg(account(Kind.CLIENT, client), account(Kind.ESCROW, new_id()), 60, "fund")], key="out")  # fmt: skip
    assert refusal.value.code == "too_little"
    assert (balance(Kind.CLIENT, client), Transfer.objects.count()) == (100, 1)


def test_a_key_makes_one_batch_and_is_told_before_a_balance_that_does_not_suffice() -> None:
    client = new_id()
    post([Leg(account(Kind.BANK), account(Kind.CLIENT, client), 100, "deposit")], key="in")
    fund(100, "out", client)
    with pytest.raises(Problem) as refusal:
        fund(100, "out", client)
    assert refusal.value.code == "moved_already"


def test_a_batch_of_nothing_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="no transfers"):
        post([], key="x")


@pytest.mark.parametrize("sql", [
    "UPDATE ledger_transfer SET amount = 1", "DELETE FROM ledger_transfer", "TRUNCATE ledger_transfer",
    "UPDATE ledger_statementrow SET amount = 1", "DELETE FROM ledger_payoutbatch",
])  # fmt: skip
def test_the_application_cannot_change_what_was_written_once(sql: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind != Kind.BANK])
def test_no_account_but_the_bank_goes_below_zero_even_by_sql(kind: Kind) -> None:
    with pytest.raises(IntegrityError, match="ledger_balance_floor"):
        LedgerAccount.objects.create(kind=kind, owner=new_id(), balance=-1)


def keyed(
    cast: dict[str, Any], agreed: Any, bank_file: Any
) -> list[tuple[Callable[..., Any], Callable[..., Any] | None]]:
    """Every verb that moves money: as it is called, and with other arguments; None where it has none."""
    aoba, hanako, operator = cast["aoba"].actor, cast["hanako"].actor, cast["kancho"].actor
    client = cast["aoba"].id
    statement = [bank_file(("ﾌﾒｲ", 500 + i, 0, f"s{i}"), ("ﾌﾒｲ", 600 + i, 0, f"t{i}")) for i in (0, 1)]
    contract = agreed(cast)
    return [
        (lambda key: verbs.confirm_deposit(operator, None, client=client, amount=50_000, reference="a", key=key),
         lambda key: verbs.confirm_deposit(operator, None, client=client, amount=50_000, reference="b", key=key)),
        (lambda key: imports.import_statement(operator, None, content=statement[0], key=key),
         lambda key: imports.import_statement(operator, None, content=statement[1], key=key)),
        (lambda key: verbs.assign_deposit(operator, Unmatched.objects.get(amount=500), client=client, key=key),
         lambda key: verbs.assign_deposit(operator, Unmatched.objects.get(amount=600), client=client, key=key)),
        (lambda key: verbs.send_back_deposit(operator, Unmatched.objects.get(amount=600), because="誤入金。", key=key),
         lambda key: verbs.send_back_deposit(operator, Unmatched.objects.get(amount=600), because="別の理由。", key=key)),
        (lambda key: contracts.fund(aoba, contract, key=key), None),
        (lambda key: contracts.deliver(hanako, contract, note="納品です。", key=key),
         lambda key: contracts.deliver(hanako, contract, note="別の納品です。", key=key)),
        (lambda key: contracts.accept(aoba, contract, key=key), None),
        (lambda key: payouts.ask_payout(hanako, None, amount=2_000, key=key),
         lambda key: payouts.ask_payout(hanako, None, amount=2_001, key=key)),
        (lambda key: payouts.list_payouts(operator, None, key=key), None),
    ]  # fmt: skip


def test_every_verb_of_money_called_twice_with_a_key_has_one_effect_and_one_answer(
    cast: dict[str, Any], agreed: Any, bank_file: Any, give_bank_account: Any
) -> None:
    give_bank_account(cast["hanako"])
    for i, (act, other) in enumerate(keyed(cast, agreed, bank_file)):
        first = act(f"k{i}")
        done = (Transfer.objects.count(), AuditEntry.objects.count())
        assert act(f"k{i}").pk == first.pk
        if other is not None:
            with pytest.raises(Problem) as refusal:
                other(f"k{i}")
            assert refusal.value.code == "key_reused"
        assert (Transfer.objects.count(), AuditEntry.objects.count()) == done


def test_a_refused_verb_leaves_its_key_free(cast: dict[str, Any], agreed: Any) -> None:
    contract = agreed(cast)
    with pytest.raises(Problem) as refusal:
        contracts.fund(cast["aoba"].actor, contract, key="k")
    assert refusal.value.code == "too_little"
    verbs.confirm_deposit(cast["kancho"].actor, None, client=cast["aoba"].id, amount=11_000, reference="r")
    assert contracts.fund(cast["aoba"].actor, contract, key="k").state == "funded"


@pytest.mark.parametrize("key", ["", "   ", "x" * 201])
def test_a_key_that_is_none_is_refused(cast: dict[str, Any], key: str) -> None:
    with pytest.raises(Problem) as refusal:
        verbs.confirm_deposit(
            cast["kancho"].actor, None, client=cast["aoba"].id, amount=1, reference="r", key=key
        )
    assert refusal.value.code in ("blank", "too_long")

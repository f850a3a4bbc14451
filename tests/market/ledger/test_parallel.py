"""The same laws with real connections side by side: of two that cannot both be, exactly one is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from sekisho.market.contracts import verbs as contracts
from sekisho.market.kernel.problems import Problem
from sekisho.market.kernel.verification import verify_all
from sekisho.market.ledger import imports, payouts, verbs
from sekisho.market.ledger.book import Leg, account, balance, post
from sekisho.market.ledger.models import Kind, Transfer
from sekisho.market.people.models import Account


@pytest.fixture
def people(committed: Any) -> dict[str, Any]:
    """Those of `cast`, committed."""

    def person(name: str, **roles: bool) -> Account:
        return Account.objects.create_user(f"{name}@example.com", None, display_name=name, **roles)

    return {"aoba": person("aoba", is_client=True), "hanako": person("hanako"),
            "kancho": person("kancho", is_operator=True)}  # fmt: skip


def together(*acts: Callable[[], Any]) -> Counter[str]:
    """Every act in a thread and connection of its own, begun at one moment; how often each answer came."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> str:
        try:
            connections["default"].ensure_connection()
            gate.wait(30)
            act()
        except Problem as problem:
            return problem.code
        else:
            return "done"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return Counter(pool.map(run, acts))


def deposit(people: dict[str, Any], amount: int, reference: str = "first") -> None:
    verbs.confirm_deposit(
        people["kancho"].actor, None, client=people["aoba"].id, amount=amount, reference=reference
    )


def test_of_many_that_fund_one_contract_at_once_one_does(people: dict[str, Any], agreed: Any) -> None:
    contract, client = agreed(people), people["aoba"].actor
    deposit(people, 100_000)
    assert together(*[lambda: contracts.fund(client, contract)] * 6) == {"done": 1, "already": 5}
    assert (balance(Kind.ESCROW, contract.id), balance(Kind.CLIENT, people["aoba"].id)) == (11_000, 89_000)
    assert verify_all().faults == ()


def test_money_for_one_contract_funds_one_of_many(people: dict[str, Any], agreed: Any) -> None:
    client = people["aoba"].actor
    deposit(people, 11_000)
    acts = [partial(contracts.fund, client, agreed(people)) for _ in range(5)]
    assert together(*acts) == {"done": 1, "too_little": 4}
    assert verify_all().faults == ()


def test_a_payout_is_paid_or_failed_once_and_earnings_are_asked_for_once(
    people: dict[str, Any], earned: Any, give_bank_account: Any
) -> None:
    earned(people)
    give_bank_account(people["hanako"])
    worker, operator = people["hanako"].actor, people["kancho"].actor
    assert together(*[lambda: payouts.ask_payout(worker, None, amount=8_580)] * 4) == {
        "done": 1,
        "too_little": 3,
    }
    payout = payouts.Payout.objects.get()
    ends = together(
        *[lambda: payouts.confirm_payout(operator, payout), lambda: payouts.fail_payout(operator, payout)] * 3
    )
    assert ends["done"] == 1
    assert ends.keys() <= {"done", "already", "not_from_here"}
    assert balance(Kind.BANK) + balance(Kind.WORKER, people["hanako"].id) + 2_420 == 0
    assert verify_all().faults == ()


def test_opposite_transfers_neither_wait_for_each_other_for_ever_nor_lose_a_yen(
    people: dict[str, Any],
) -> None:
    one, other = account(Kind.CLIENT, people["aoba"].id), account(Kind.ESCROW, people["hanako"].id)
    deposit(people, 1_000)
    post([Leg(one, other, 500, "fund")], key="half")

    def there_and_back(number: int) -> None:
        for i in range(15):
            legs = [Leg(one, other, 1, "fund"), Leg(other, one, 2, "refund")]
            post(legs[:: 1 if number % 2 else -1], key=f"{number}:{i}")

    assert together(*[lambda n=n: there_and_back(n) for n in range(6)]) == {"done": 6}
    assert (balance(Kind.CLIENT, one.owner), balance(Kind.ESCROW, other.owner)) == (590, 410)
    assert Transfer.objects.count() == 2 + 6 * 15 * 2


def test_one_key_sent_from_many_places_at_once_has_one_effect_and_one_answer(people: dict[str, Any]) -> None:
    answers = []

    def send() -> None:
        row = verbs.confirm_deposit(people["kancho"].actor, None, client=people["aoba"].id, amount=5_000,
                                    reference="r", key="k")  # fmt: skip
        answers.append(row.pk)

    assert together(*[send] * 6) == {"done": 6}
    assert (len(set(answers)), balance(Kind.CLIENT, people["aoba"].id)) == (1, 5_000)
    assert verify_all().faults == ()


def test_one_key_for_two_different_acts_at_once_does_one_of_them(people: dict[str, Any]) -> None:
    acts = [lambda ref=ref: verbs.confirm_deposit(people["kancho"].actor, None, client=people["aoba"].id, amount=5_000,
                                                  reference=ref, key="k") for ref in "abcd"]  # fmt: skip
    assert together(*acts) == {"done": 1, "key_reused": 3}
    assert balance(Kind.CLIENT, people["aoba"].id) == 5_000


def test_a_key_belongs_to_the_one_who_uses_it(
    people: dict[str, Any], earned: Any, give_bank_account: Any
) -> None:
    earned(people)
    give_bank_account(people["hanako"])
    client, operator, worker = people["aoba"].id, people["kancho"].actor, people["hanako"].actor
    ask = partial(payouts.ask_payout, worker, None, amount=8_000, key="k")
    enter = partial(verbs.confirm_deposit, operator, None, client=client, amount=7, reference="r", key="k")
    assert together(ask, enter) == {"done": 2}


def test_a_statement_read_in_by_several_at_once_credits_once(people: dict[str, Any], bank_file: Any) -> None:
    code = verbs.issue_reference(people["aoba"].actor, None).code
    content = bank_file((code, 11_000, 0, "1"), ("ﾌﾒｲ", 700, 0, "2"))
    assert together(
        *[lambda: imports.import_statement(people["kancho"].actor, None, content=content)] * 4
    ) == {"done": 4}
    assert (balance(Kind.CLIENT, people["aoba"].id), balance(Kind.SUSPENSE)) == (11_000, 700)
    assert verify_all().faults == ()


def test_one_reference_is_made_when_it_is_asked_for_many_times_at_once(people: dict[str, Any]) -> None:
    found: set[str] = set()
    assert together(*[lambda: found.add(verbs.issue_reference(people["aoba"].actor, None).code)] * 5) == {
        "done": 5
    }
    assert len(found) == 1


def test_bank_data_set_several_times_at_once_leaves_one_live(
    people: dict[str, Any], give_bank_account: Any
) -> None:
    assert together(*[lambda: give_bank_account(people["hanako"])] * 4) == {"done": 4}
    assert payouts.BankAccount.objects.filter(replaced_at=None).count() == 1

"""The laws of money, against a model that knows nothing of the database: the same is accepted, for the same reason refused.

Refused = nothing changed. Accepted acts are counted, so that a run that does nothing cannot pass.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

import pytest
from django.db import connection, transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from sekisho.market.contracts import escrow
from sekisho.market.kernel.problems import Problem
from sekisho.market.ledger import imports, payouts, verbs
from sekisho.market.ledger.models import Payout, Unmatched

EXAMPLES = settings().max_examples * 12  # 720 in `make test`, 36,000 in `make test-long`
TABLES = ("ledger_ledgeraccount", "ledger_transfer", "ledger_payout", "ledger_payoutbatch", "ledger_unmatched",
          "ledger_statementrow", "ledger_statementimport", "kernel_idempotencykey", "kernel_auditentry",
          "kernel_outboxrow")  # fmt: skip
SNAPSHOT = "SELECT " + ", ".join(
    f"(SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {table} t)"
    for table in TABLES
)
MOST = 1_000_000_000_000
AMOUNTS = st.sampled_from([1, 999, 1_000, 5_000, 11_000, 50_000, 200_000]) | st.integers(1, 300_000)
ODD = st.sampled_from([0, -1, True, MOST + 1, 1.5, "1000"])
NUMBERS = st.sampled_from(["n1", "n2", "n3", "n4", "n5"])
TWO = st.sampled_from([0, 1])
THREE = st.sampled_from([0, 1, 2])
KEYS = st.sampled_from([None, None, "k1", "k2"])
ENDS = {
    "cancel": ({"asked"}, "cancelled"), "confirm": ({"asked", "sent"}, "paid"),
    "fail": ({"asked", "sent"}, "failed"), "bring_back": ({"paid"}, "returned"),
}  # fmt: skip
DO: dict[str, Any] = {
    "cancel": payouts.cancel_payout, "confirm": payouts.confirm_payout, "fail": payouts.fail_payout,
    "bring_back": payouts.bring_back_payout,
}  # fmt: skip


def one(sql: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()


def at_once(act: Callable[..., None], *args: Any) -> bool:
    """Escrow is moved inside the transactions of verbs."""
    with transaction.atomic():
        act(*args)
    return True


class Money(RuleBasedStateMachine):
    """What can be done with money, and the model of it."""

    world: ClassVar[Any]
    accepted: ClassVar[Counter[str]]
    refused: ClassVar[Counter[str]]

    def __init__(self) -> None:
        super().__init__()
        self.before = transaction.atomic()
        self.before.__enter__()
        self.balances: Counter[tuple[str, UUID | None]] = Counter(self.world.balances)
        self.entered: set[str] = set()
        self.rows: set[str] = set()
        self.funded: set[int] = {2}
        self.payouts: list[dict[str, Any]] = [dict(row) for row in self.world.payouts]
        self.unmatched: list[dict[str, Any]] = [dict(row) for row in self.world.unmatched]
        self.keys: dict[tuple[UUID, str], tuple[Any, UUID]] = {}
        self.done: list[tuple[Callable[[], Any], UUID]] = []

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.before.__exit__(None, None, None)

    def attempt(self, what: str, reason: str | None, act: Callable[[], Any]) -> Any:
        """Do it, and see that it is accepted or refused as the model says."""
        if reason is None:
            result = act()
            type(self).accepted[what] += 1
            return result
        untouched = one(SNAPSHOT)
        with pytest.raises(Problem) as refusal:
            act()
        assert refusal.value.code == reason, what
        assert one(SNAPSHOT) == untouched, f"{what} was refused ({reason}) and changed something"
        type(self).refused[reason] += 1
        return None

    def keyed(
        self, what: str, actor: Any, key: str | None, body: Any, reason: str | None, act: Callable[[], Any]
    ) -> Any:
        """As `attempt`, with an idempotency key: None for a refusal and for a repetition."""
        used = self.keys.get((actor.id, key)) if key else None
        if used is None:
            result = self.attempt(what, reason, act)
            if result is not None and key:
                self.keys[actor.id, key] = (body, result.pk)
                self.done.append((act, result.pk))
            return result
        if used[0] != body:
            return self.attempt(what, "key_reused", act)
        self.repeated(act, used[1])
        return None

    def repeated(self, act: Callable[[], Any], pk: UUID) -> None:
        """The same call with the same key: the same row, and nothing changed."""
        untouched = one(SNAPSHOT)
        assert act().pk == pk
        assert one(SNAPSHOT) == untouched
        type(self).accepted["repetition"] += 1

    @precondition(lambda self: self.done)
    @rule(which=st.integers(0, 5))
    def repeat(self, which: int) -> None:
        self.repeated(*self.done[which % len(self.done)])

    def move(self, debit: tuple[str, UUID | None], credit: tuple[str, UUID | None], amount: int) -> None:
        self.balances[debit] -= amount
        self.balances[credit] += amount

    def agree(self) -> None:
        """The database's balances are the model's; what was funded is where the model says."""
        (text,) = one(
            "SELECT json_agg(json_build_array(kind, owner, balance)) FROM ledger_ledgeraccount WHERE balance <> 0"
        )
        rows = json.loads(text) if isinstance(text, str) else text or []
        stored = {(kind, UUID(owner) if owner else None): balance for kind, owner, balance in rows}
        assert stored == {name: balance for name, balance in self.balances.items() if balance}
        assert sum(stored.values()) == 0

    @rule(who=TWO, amount=AMOUNTS | ODD, number=NUMBERS, key=KEYS)
    def deposit(self, who: int, amount: Any, number: str, key: str | None) -> None:
        client, operator = self.world.clients[who].id, self.world.operator
        good = type(amount) is int and 0 < amount <= MOST
        reason = "bad_amount" if not good else "moved_already" if number in self.entered else None
        body = ("deposit", client, str(amount), number)
        if self.keyed("deposit", operator, key, body, reason, lambda: verbs.confirm_deposit(
                operator, None, client=client, amount=amount, reference=number, key=key)):  # fmt: skip
            self.entered.add(number)
            self.move(("bank", None), ("client", client), amount)
            self.agree()

    @rule(which=THREE)
    def fund(self, which: int) -> None:
        contract = self.world.contracts[which]
        purse = ("client", contract.deal.client_id)
        little = self.balances[purse] < contract.funded_yen
        reason = "moved_already" if which in self.funded else "too_little" if little else None
        self.attempt("fund", reason, lambda: at_once(escrow.hold, contract))
        if reason is None:
            self.funded.add(which)
            self.move(purse, ("escrow", contract.id), contract.funded_yen)
            self.agree()

    @rule(which=THREE, part=st.sampled_from(["half", "all", "half", "none", "half", "one", "more", "less"]))
    def release(self, which: int, part: str) -> None:
        contract = self.world.contracts[which]
        box = ("escrow", contract.id)
        whole = self.balances[box]
        gross = {"all": whole, "none": 0, "half": whole // 2, "one": 1, "more": whole + 1, "less": -1}[part]
        reason = None if whole and 0 <= gross <= whole else "bad_split"
        self.attempt(
            f"release {part}",
            reason,
            lambda: at_once(escrow.release, contract, None if part == "all" else gross),
        )
        if reason is None:
            # The golden rule written out once more, by itself: 20 % to 100,000, 10 % to 200,000, cut; 10 % tax, cut.
            fee = (min(gross, 100_000) * 20 + max(0, gross - 100_000) * 10) // 100
            tax = fee // 10
            shares = {("worker", contract.deal.worker_id): gross - fee - tax, ("fee", None): fee, ("fee_tax", None): tax,
                      ("client", contract.deal.client_id): whole - gross}  # fmt: skip
            for share, amount in shares.items():
                self.move(box, share, amount)
            self.agree()

    @rule(who=TWO, amount=AMOUNTS | ODD, everything=st.booleans(), key=KEYS)
    def ask_payout(self, who: int, amount: Any, everything: bool, key: str | None) -> None:
        worker = self.world.workers[who]
        purse = ("worker", worker.id)
        amount = self.balances[purse] if everything and self.balances[purse] else amount
        good = type(amount) is int and 0 < amount <= MOST
        reason = ("bad_amount" if not good else "below_minimum" if amount < 1_000 else "no_bank_account" if who == 1
                  else "too_little" if amount > self.balances[purse] else None)  # fmt: skip
        body = ("payout", str(amount))
        payout = self.keyed("payout", worker.actor, key, body, reason,
                            lambda: payouts.ask_payout(worker.actor, None, amount=amount, key=key))  # fmt: skip
        if payout:
            self.payouts.append({"id": payout.id, "state": "asked", "amount": amount, "worker": worker})
            self.move(purse, ("payout", payout.id), amount)
            self.agree()

    @rule(which=st.integers(0, 3), end=st.sampled_from(sorted(ENDS)), stranger=st.integers(0, 4))
    def end_payout(self, which: int, end: str, stranger: int) -> None:
        payout = self.payouts[which % len(self.payouts)]
        actor = payout["worker"].actor if end == "cancel" else self.world.operator
        reason = None
        if not stranger:
            actor = self.world.operator if end == "cancel" else payout["worker"].actor
            reason = "not_yours"
        elif payout["state"] not in ENDS[end][0]:
            reason = "already" if payout["state"] == ENDS[end][1] else "not_from_here"
        self.attempt(end, reason, lambda: DO[end](actor, Payout.objects.get(pk=payout["id"])))
        if reason is None:
            payout["state"] = ENDS[end][1]
            box, purse = ("payout", payout["id"]), ("worker", payout["worker"].id)
            ways = {"confirm": (box, ("bank", None)), "bring_back": (("bank", None), purse)}
            self.move(*ways.get(end, (box, purse)), payout["amount"])
            self.agree()

    @rule()
    def list_payouts(self) -> None:
        waiting = [payout for payout in self.payouts if payout["state"] == "asked"]
        self.attempt("list", None if waiting else "nothing_waits",
                     lambda: payouts.list_payouts(self.world.operator, None))  # fmt: skip
        for payout in waiting:
            payout["state"] = "sent"

    @rule(
        rows=st.lists(
            st.tuples(NUMBERS, st.integers(0, 2), AMOUNTS), max_size=2, unique_by=lambda row: row[0]
        )
    )
    def statement(self, rows: list[tuple[str, int, int]]) -> None:
        lines = [f"2026-10-01,{[*self.world.codes, 'ﾌﾒｲ'][who]},{yen},{number}" for number, who, yen in rows]
        content = "\n".join(["日付,摘要,入金,番号", *lines]).encode()
        made = self.attempt(
            "statement", None, lambda: imports.import_statement(self.world.operator, None, content=content)
        )
        outcomes = dict(made.rows.values_list("fingerprint", "outcome"))
        for number, who, yen in rows:
            wanted = ("duplicate" if number in self.rows else "by_hand" if number in self.entered
                      else "suspense" if who == 2 else "credited")  # fmt: skip
            assert outcomes[f"id:{number}"] == wanted
            self.rows.add(number)
            self.entered.add(number)
            if wanted == "suspense":
                pk = Unmatched.objects.get(row__statement=made, row__fingerprint=f"id:{number}").pk
                self.unmatched.append({"id": pk, "state": "waiting", "amount": yen})
            if wanted in ("suspense", "credited"):
                self.move(
                    ("bank", None),
                    ("suspense", None) if who == 2 else ("client", self.world.clients[who].id),
                    yen,
                )
        self.agree()

    @rule(which=st.integers(0, 3), who=TWO, assign=st.booleans())
    def end_unmatched(self, which: int, who: int, assign: bool) -> None:
        row, client = self.unmatched[which % len(self.unmatched)], self.world.clients[who].id
        end = "assigned" if assign else "returned"
        reason = None if row["state"] == "waiting" else "already" if row["state"] == end else "not_from_here"

        def act() -> Any:
            thing = Unmatched.objects.get(pk=row["id"])
            if assign:
                return verbs.assign_deposit(self.world.operator, thing, client=client)
            return verbs.send_back_deposit(self.world.operator, thing, because="名義が分からないため。")

        self.attempt(f"unmatched {end}", reason, act)
        if reason is None:
            row["state"] = end
            self.move(("suspense", None), ("client", client) if assign else ("bank", None), row["amount"])
            self.agree()


def test_money_obeys_the_model_in_every_order_of_acts(money_world: Any) -> None:
    Money.world, Money.accepted, Money.refused = money_world, Counter(), Counter()
    run_state_machine_as_test(
        Money, settings=settings(settings(), max_examples=EXAMPLES, stateful_step_count=6)
    )
    assert sum(Money.accepted.values()) > EXAMPLES * 2
    rare = {what: n for what, n in Money.accepted.items() if n < 5}
    assert not rare
    assert {"deposit", "fund", "release all", "release half", "release none", "payout", "confirm", "cancel", "fail",
            "bring_back", "list", "statement", "unmatched assigned", "unmatched returned",
            "repetition"} <= Money.accepted.keys()  # fmt: skip
    assert {"too_little", "moved_already", "bad_split", "bad_amount", "below_minimum", "no_bank_account", "not_yours",
            "already", "not_from_here", "nothing_waits", "key_reused"} <= Money.refused.keys()  # fmt: skip

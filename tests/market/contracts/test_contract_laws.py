"""Laws of the contract machine, against a model that knows only states and yen. Judging is stood in for: it has its own tests.

The model says for every verb of every actor whether it is done or refused, and with which word; the machine must agree.
"""

from __future__ import annotations

from copy import copy
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.market.stage import Stage

from sekisho.market.contracts import disputes as dispute_verbs
from sekisho.market.contracts import moves, terminations, verbs
from sekisho.market.contracts.models import Contract, Dispute, Termination
from sekisho.market.contracts.states import CONTRACT
from sekisho.market.deals import log
from sekisho.market.judging.models import Judgement
from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import SYSTEM
from sekisho.market.kernel.problems import Problem
from sekisho.market.ledger.models import LedgerAccount

ACTORS = ("client", "worker", "stranger", "clock")
#: verb -> (who, from which states, to which state)
MODEL: dict[str, tuple[tuple[str, ...], tuple[str, ...], str]] = {
    "agree": (("worker",), ("offered",), "agreed"),
    "decline": (("worker",), ("offered",), "declined"),
    "withdraw": (("client",), ("offered",), "withdrawn"),
    "fund": (("client",), ("agreed",), "funded"),
    "cancel": (("client", "worker"), ("agreed",), "cancelled"),
    "lapse": (("clock",), ("agreed",), "lapsed"),
    "deliver": (("worker",), ("funded",), "delivered"),
    "send_back": (("client",), ("delivered",), "funded"),
    "accept": (("client",), ("delivered",), "completed"),
    "accept_by_silence": (("clock",), ("delivered",), "completed"),
    "dispute": (("client", "worker"), ("funded", "delivered"), "disputed"),
    "ask_end": (("client", "worker"), ("funded",), "funded"),
    "agree_end": (("client", "worker"), ("funded",), "cancelled"),
    "lapse_end": (("clock",), ("funded",), "cancelled"),
    "concede": (("client", "worker"), ("disputed",), "completed"),
    "silence": (("clock",), ("disputed",), "completed"),
}
WORDS = {"deliver": {"note": "納品です。"}, "send_back": {"because": "直してください。"}, "cancel": {"because": "都合です。"},
         "dispute": {"because": "意見が合いません。"}}  # fmt: skip
CASH = 4_000_000
PRICES = (1, 999, 10_000, 123_457, 3_636_363, 3_636_364)
"""The last costs one yen more than the client has."""
STARTS: tuple[tuple[tuple[str, str], ...], ...] = (
    (),
    (("agree", "worker"),),
    (*(FUNDED := (("agree", "worker"), ("fund", "client"))), ("ask_end", "client")),
    (*FUNDED, ("deliver", "worker")),
    (*FUNDED, ("deliver", "worker"), ("dispute", "worker")),
    (*FUNDED, ("deliver", "worker"), ("send_back", "client")),
)
"""What has happened before a history begins, so that short ones come far."""
EVERY = [(verb, actor) for verb in MODEL for actor in ACTORS]
EVERYTHING = """
SELECT (SELECT to_jsonb(c)::text FROM contracts_contract c WHERE id = %(contract)s),
       (SELECT (length, head)::text FROM deals_deal WHERE id = %(deal)s),
       (SELECT string_agg(kind || owner || balance, ',' ORDER BY id) FROM ledger_ledgeraccount),
       (SELECT count(*) FROM ledger_transfer), (SELECT count(*) FROM kernel_auditentry),
       (SELECT count(*) FROM kernel_outboxrow), (SELECT count(*) FROM contracts_statement)
"""
COUNTED = {"done": 0, "refused": 0, "examples": 0, "ended": 0}


class Model:
    """What should be: one contract, its state, its money, who waits for an end."""

    def __init__(self, price: int) -> None:
        self.state, self.funded, self.escrow, self.cash = "offered", price + price * 10 // 100, 0, CASH
        self.back = self.gross = self.sent_back = 0
        self.delivered, self.asked, self.by, self.over = False, "", "", ""

    def allows(self, verb: str, actor: str) -> str | None:
        """None when it is done, else the word of the refusal."""
        who, states, to = MODEL[verb]
        if verb in ("agree_end", "lapse_end"):
            if not self.asked:
                return "nothing"
            if verb == "agree_end" and actor == self.asked:
                return "not_yours"
        if verb in ("concede", "silence") and not self.by:
            return "nothing"
        if actor not in who:
            # Who stands in no relation to it, the clock included, is told that it does not exist.
            return "not_yours" if actor in ("client", "worker") else "not_found"
        if verb == "ask_end":
            if self.state != "funded":
                return "delivered_already" if self.state == "delivered" else "not_funded"
            return "waits_already" if self.asked else None
        if verb in ("concede", "silence"):
            if verb == "silence" and (self.by == "client" or not self.delivered):
                return "not_yours"
            return None if not self.over else "already" if self.over == verb else "not_from_here"
        if verb == "cancel" and self.state == "funded":
            return "not_yours"  # only an authority cancels what is funded
        if self.state not in states:
            return "already" if self.state == to else "not_from_here"
        if verb == "fund" and self.cash < self.funded:
            return "too_little"
        if verb == "send_back" and self.sent_back >= 3:
            return "needs"
        return None

    def does(self, verb: str, actor: str) -> None:
        """The move and its money."""
        if verb == "ask_end":
            self.asked = actor
            return
        if verb == "lapse_end" and self.delivered:
            self.asked = ""
            return
        self.state = MODEL[verb][2]
        if verb == "fund":
            self.escrow, self.cash = self.funded, self.cash - self.funded
        if verb == "deliver":
            self.delivered = True
        if verb == "send_back":
            self.sent_back += 1
        if verb == "dispute":
            self.by = actor
        if verb in ("concede", "silence"):
            self.over = verb
        if self.state != "funded":
            self.asked = ""
        if verb in ("agree_end", "lapse_end") or (verb == "concede" and actor == "worker"):
            self.back, self.escrow, self.cash = self.escrow, 0, self.cash + self.escrow
        elif self.state == "completed":
            self.gross, self.escrow = self.escrow, 0


class Machine:
    """The real thing beside it."""

    def __init__(self, stage: Stage, price: int) -> None:
        self.stage, self.deal = stage, stage.deal()
        self.id = stage.offered(self.deal, price).pk

    @property
    def contract(self) -> Contract:
        return Contract.objects.get(pk=self.id)

    def call(self, verb: str, actor: str) -> str | None:
        """None when it is done, else the word of the refusal."""
        try:
            self._do(verb, actor)
        except Problem as problem:
            return problem.code
        return None

    def _do(self, verb: str, actor: str) -> None:
        who = SYSTEM if actor == "clock" else getattr(self.stage, actor)
        if verb == "ask_end":
            terminations.ask(who, self.contract, reason_code="both_agree", text="終了をお願いします。")
        elif verb.endswith("_end"):
            thing = Termination.objects.filter(contract=self.id, state="asked").get()
            (terminations.agree if verb == "agree_end" else terminations.lapse)(who, thing)
        elif verb in ("concede", "silence"):
            dispute = Dispute.objects.get(contract=self.id)
            (dispute_verbs.concede if verb == "concede" else dispute_verbs.pay_by_silence)(who, dispute)
        else:
            getattr(verbs, verb)(who, self.contract, **WORDS.get(verb, {}))

    def everything(self) -> tuple[Any, ...]:
        """All that a refused verb may not touch, in one look."""
        with connection.cursor() as cursor:
            cursor.execute(EVERYTHING, {"contract": self.id, "deal": self.deal.pk})
            return tuple(cursor.fetchone())


@pytest.fixture
def unjudged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every text is clear, and the thread is not followed: the laws are about states and money."""
    clear = Judgement(kind="message", text="", pack="standard", digest="", verdict="clear", action="allow")
    clear.save(force_insert=True)
    monkeypatch.setattr(moves, "judge_text", lambda *_args, **_kwargs: clear)
    monkeypatch.setattr(verbs, "judge_text", lambda *_args, **_kwargs: clear)
    known = {"contract_agreed", "escrow_funded", "delivered", "accepted", "cancelled", "lapsed"}
    monkeypatch.setattr(log, "BESIDE", log.BESIDE | known)


def laws(model: Model, machine: Machine) -> None:
    """Model and machine agree; money is conserved; a final state holds no escrow."""
    contract, deal = machine.contract, machine.deal
    rows = {
        (kind, owner): yen
        for kind, owner, yen in LedgerAccount.objects.values_list("kind", "owner", "balance")
    }
    escrow, client = rows.get(("escrow", machine.id), 0), rows[("client", deal.client_id)]
    earned = sum(rows.get(key, 0) for key in (("worker", deal.worker_id), ("fee", None), ("fee_tax", None)))
    assert (contract.state, escrow, client, earned) == (model.state, model.escrow, model.cash, model.gross)
    assert sum(rows.values()) == 0
    if contract.state in CONTRACT.final:
        assert (escrow, contract.due_at) == (0, None)
        if contract.funded_at is not None:
            assert earned + model.back == contract.funded_yen


def chosen(model: Model, number: int) -> tuple[str, str]:
    """Two times of three something that can be done, mostly one that goes on; else anything by anybody."""
    kind, number = number % 6, number // 6
    able = [pair for pair in EVERY if model.allows(*pair) is None]
    onward = [pair for pair in able if MODEL[pair[0]][2] not in CONTRACT.final]
    pairs = {0: EVERY, 1: EVERY, 2: able or EVERY}.get(kind, onward or able or EVERY)
    return pairs[number % len(pairs)]


Machines = dict[tuple[int, tuple[tuple[str, str], ...]], tuple[Model, Machine]]
QUICK = settings(
    max_examples=720, deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


HISTORIES = given(
    price=st.sampled_from(PRICES), start=st.sampled_from(STARTS),
    steps=st.lists(st.integers(0, 9_999), min_size=3, max_size=4),
)  # fmt: skip


def run(machines: Machines, price: int, start: tuple[tuple[str, str], ...], steps: list[int]) -> None:
    """One history: every step is done or refused by both, for the same reason, and refused means nothing changed."""
    with transaction.atomic():
        begun, machine = machines.get((price, start)) or machines[price, ()]
        model = copy(begun)
        for hour, number in enumerate(steps):
            verb, actor = chosen(model, number)
            expected = model.allows(verb, actor)
            if expected == "nothing":
                continue
            with clock.ahead(timedelta(hours=hour)):
                attempt(model, machine, verb, actor, expected)
        COUNTED["examples"] += 1
        COUNTED["ended"] += model.state in CONTRACT.final
        transaction.set_rollback(True)


def attempt(model: Model, machine: Machine, verb: str, actor: str, expected: str | None) -> None:
    """Both do it, or both refuse it with the same word and the machine is as it was."""
    before = machine.everything() if expected else ()
    got = machine.call(verb, actor)
    assert got == expected, (verb, actor, model.state)
    if got is not None:
        assert machine.everything() == before
        COUNTED["refused"] += 1
        return
    model.does(verb, actor)
    laws(model, machine)
    COUNTED["done"] += 1


@pytest.fixture
def machines(stage: Stage, unjudged: None) -> Machines:
    """A contract of every price at every start, to which each history comes anew; the client has CASH beside them."""
    made: Machines = {}
    for price, start in product(PRICES, STARTS):
        model, machine = Model(price), Machine(stage, price)
        if ("fund", "client") in start:
            if model.funded > CASH:
                continue
            stage.money(model.funded)
            model.cash += model.funded
        for verb, actor in start:
            assert machine.call(verb, actor) is None
            model.does(verb, actor)
        assert model.cash == CASH
        made[price, start] = model, machine
    stage.money(CASH)
    COUNTED.update(dict.fromkeys(COUNTED, 0))
    return made


def not_vacuous(examples: int) -> None:
    """Every history does something, many come to an end, and enough is refused."""
    assert COUNTED["examples"] >= examples
    assert COUNTED["done"] >= examples
    assert COUNTED["ended"] >= examples // 4
    assert COUNTED["refused"] >= examples // 2


def test_contract_and_money_follow_the_model_through_every_history(machines: Machines) -> None:
    QUICK(HISTORIES(run))(machines)
    not_vacuous(700)


@pytest.mark.long
def test_contract_and_money_follow_the_model_through_many_more_histories(
    machines: Machines,
) -> None:
    settings(QUICK, max_examples=15_000, derandomize=False)(HISTORIES(run))(machines)
    not_vacuous(15_000)

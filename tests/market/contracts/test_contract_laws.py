"""Laws of the contract machine, against a model that knows only states and yen. Judging is stood in for: it has its own tests.

The model says for every verb of every actor whether it is done or refused, and with which word; the machine must agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Sum
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
from sekisho.market.kernel.models import AuditEntry, OutboxRow
from sekisho.market.kernel.problems import Problem
from sekisho.market.ledger.book import balance
from sekisho.market.ledger.models import Kind, LedgerAccount, Transfer

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
GOOD = [
    "agree",
    "fund",
    "deliver",
    "send_back",
    "accept",
    "dispute",
    "ask_end",
    "agree_end",
    "lapse_end",
    "concede",
]
WORDS = {"deliver": {"note": "納品です。"}, "send_back": {"because": "直してください。"}, "cancel": {"because": "都合です。"},
         "dispute": {"because": "意見が合いません。"}}  # fmt: skip
STEP = st.tuples(
    st.sampled_from([*MODEL, *GOOD, *GOOD]), st.sampled_from([*ACTORS, "right", "right", "right"])
)
COUNTED = {"done": 0, "refused": 0, "examples": 0, "ended": 0}


class Model:
    """What should be: one contract, its state, its money, who waits for an end."""

    def __init__(self, price: int, cash: int) -> None:
        self.state, self.funded, self.escrow, self.cash = "offered", price + price * 10 // 100, 0, cash
        self.back = self.gross = self.sent_back = 0
        self.delivered, self.asked, self.by = False, "", ""

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
        if self.state not in states:
            return (
                "already" if self.state == to and verb != "silence" and verb != "concede" else "not_from_here"
            )
        if verb == "fund" and self.cash < self.funded:
            return "too_little"
        if verb == "send_back" and self.sent_back >= 3:
            return "needs"
        if verb == "silence" and self.by == "client":
            return "not_yours"
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
        if self.state != "funded":
            self.asked = ""
        if verb in ("agree_end", "lapse_end") or (verb == "concede" and actor == "worker"):
            self.back, self.escrow, self.cash = self.escrow, 0, self.cash + self.escrow
        elif self.state == "completed":
            self.gross, self.escrow = self.escrow, 0


class Machine:
    """The real thing beside it."""

    def __init__(self, stage: Stage, price: int, cash: int) -> None:
        self.stage, self.deal = stage, stage.deal()
        if cash:
            stage.money(cash)
        self.id = stage.offered(self.deal, price).pk

    @property
    def contract(self) -> Contract:
        return Contract.objects.get(pk=self.id)

    def call(self, verb: str, actor: str) -> None:
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
        """All that a refused verb may not touch."""
        deal = log.lock(self.deal.pk)
        return (Contract.objects.filter(pk=self.id).values().get(), deal.length, bytes(deal.head), Transfer.objects.count(),
                AuditEntry.objects.count(), OutboxRow.objects.count(),
                list(LedgerAccount.objects.order_by("id").values_list("id", "balance")))  # fmt: skip


@pytest.fixture
def unjudged(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every text is clear, and the thread is not followed: the laws are about states and money."""
    clear = Judgement(kind="message", text="", pack="standard", digest="", verdict="clear", action="allow")
    clear.save(force_insert=True)
    monkeypatch.setattr(moves, "judge_text", lambda *_args, **_kwargs: clear)
    monkeypatch.setattr(verbs, "judge_text", lambda *_args, **_kwargs: clear)
    known = {"contract_agreed", "escrow_funded", "delivered", "accepted", "cancelled", "lapsed"}
    monkeypatch.setattr(log, "BESIDE", log.BESIDE | known)
    return SimpleNamespace()  # type: ignore[return-value]


def laws(model: Model, machine: Machine) -> None:
    """Model and machine agree; money is conserved; a final state holds no escrow."""
    contract, deal = machine.contract, machine.deal
    escrow, client = balance(Kind.ESCROW, machine.id), balance(Kind.CLIENT, deal.client_id)
    paid, fee, tax = balance(Kind.WORKER, deal.worker_id), balance(Kind.FEE), balance(Kind.FEE_TAX)
    assert (contract.state, escrow, client) == (model.state, model.escrow, model.cash)
    assert paid + fee + tax == model.gross
    assert LedgerAccount.objects.aggregate(total=Sum("balance"))["total"] in (0, None)
    if contract.state in CONTRACT.final:
        assert escrow == 0
        assert contract.due_at is None
        if contract.funded_at is not None:
            assert paid + fee + tax + model.back == contract.funded_yen


QUICK = settings(
    max_examples=800, deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


@QUICK
@given(price=st.integers(1, 5_000_000), rich=st.integers(0, 9), steps=st.lists(STEP, min_size=3, max_size=9))
def run(stage: Stage, price: int, rich: int, steps: list[tuple[str, str]]) -> None:
    """One history: every step is done or refused by both, for the same reason, and refused means nothing changed."""
    cash = 0 if rich == 0 else price + price * 10 // 100
    with transaction.atomic():
        model, machine = Model(price, cash), Machine(stage, price, cash)
        for hour, (verb, actor) in enumerate(steps):
            one = MODEL[verb][0][hour % len(MODEL[verb][0])] if actor == "right" else actor
            expected = model.allows(verb, one)
            if expected == "nothing":
                continue
            with clock.ahead(timedelta(hours=hour)):
                attempt(model, machine, verb, one, expected)
            laws(model, machine)
        COUNTED["examples"] += 1
        COUNTED["ended"] += model.state in CONTRACT.final
        transaction.set_rollback(True)


def attempt(model: Model, machine: Machine, verb: str, actor: str, expected: str | None) -> None:
    """Both do it, or both refuse it with the same word and the machine is as it was."""
    before = machine.everything() if expected else ()
    try:
        machine.call(verb, actor)
    except Problem as problem:
        assert problem.code == expected, (verb, actor, model.state)
        assert machine.everything() == before
        COUNTED["refused"] += 1
    else:
        assert expected is None, (verb, actor, model.state)
        model.does(verb, actor)
        COUNTED["done"] += 1


def test_contract_and_money_follow_the_model_through_every_history(stage: Stage, unjudged: None) -> None:
    COUNTED.update(dict.fromkeys(COUNTED, 0))
    run(stage)
    assert COUNTED["examples"] >= 700
    # Not vacuous: on the average every history does something, many come to an end, and enough is refused.
    assert COUNTED["done"] >= COUNTED["examples"]
    assert COUNTED["ended"] >= COUNTED["examples"] // 10
    assert COUNTED["refused"] >= COUNTED["examples"]


@pytest.mark.long
def test_contract_and_money_follow_the_model_through_many_more_histories(
    stage: Stage, unjudged: None
) -> None:
    COUNTED.update(dict.fromkeys(COUNTED, 0))
    settings(QUICK, max_examples=15_000, derandomize=False)(run)(stage)
    assert COUNTED["examples"] >= 15_000

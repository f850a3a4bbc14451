"""Every state × every verb × every actor, through the real verbs: done exactly where the table has a row, else refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models, transaction
from tests.market.stage import LURE, Stage

from sekisho.market.contact_requests import verbs as requests
from sekisho.market.contact_requests.models import ContactRequest
from sekisho.market.contact_requests.states import REQUEST
from sekisho.market.contracts import changes, disputes, settlements, terminations, verbs
from sekisho.market.contracts.models import Contract, Dispute, Settlement
from sekisho.market.contracts.moves import under
from sekisho.market.contracts.states import CHANGE, CONTRACT, DISPUTE, SETTLEMENT, TERMINATION
from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import ANONYMOUS, SYSTEM, Actor
from sekisho.market.kernel.ids import new_id
from sekisho.market.kernel.permits import TABLE, relations
from sekisho.market.kernel.problems import Problem
from sekisho.market.kernel.states import StateTable
from sekisho.market.kernel.verbs import VERBS

Things = dict[str, Callable[[], Any]]
ARGUMENTS: dict[str, dict[str, Any]] = {
    "contract.deliver": {"note": "納品です。"}, "contract.send_back": {"because": "表記を直してください。"},
    "contract.cancel": {"because": "都合によります。"}, "contract.dispute": {"because": "意見が合いません。"},
    "contract.settle": {"to_worker": 5_000, "because": "裁定です。"},
    "dispute.propose": {"to_worker": 5_000, "because": "解決案です。"},
    "dispute.decide": {"to_worker": 5_000, "because": "裁定です。"}, "settlement.reject": {"because": "違います。"},
    "contact_request.withhold": {"because": "認められません。"},
    "dispute.reopen": {"because": "異議を認めます。"}, "settlement.reverse": {"because": "異議を認めます。"},
    "settlement.prolong": {"because": "異議を調べています。", "until": clock.now()},
}  # fmt: skip


def everybody(stage: Stage) -> list[Actor]:
    """Everybody who could try; `authority` is shown by a moderator."""
    return [stage.client, stage.worker, stage.stranger, stage.moderator, stage.operator, SYSTEM, ANONYMOUS,
            under(stage.stranger, "decision", new_id())]  # fmt: skip


def outcome(action: str, actor: Actor, thing: models.Model) -> str | None:
    """The state a verb leads to, or None when it is refused; whatever it did is taken back."""
    try:
        with transaction.atomic():
            VERBS[action](actor, thing, **ARGUMENTS.get(action, {}))
            raise _Undo(str(type(thing)._default_manager.values_list("state", flat=True).get(pk=thing.pk)))
    except _Undo as undone:
        return str(undone)
    except Problem:
        return None


class _Undo(Exception):
    """Takes a step back."""


def wrong(table: StateTable, things: Things, stage: Stage) -> tuple[int, list[str]]:
    """How many combinations were tried, and what came out otherwise than the table says."""
    tried, faults = 0, []
    assert set(things) == set(table.states)
    for state, make in things.items():
        with transaction.atomic():
            thing = make()
            thing.refresh_from_db()
            assert thing.state == state
            for name in table.verbs:
                action = f"{table.name}.{name}"
                if action not in TABLE or not any(row.state for row in table.rows if row.verb == name):
                    continue
                for actor in everybody(stage):
                    words = relations(actor, thing)
                    rows = [r for r in table.open(state, words) if r.verb == name]
                    may = [str(row.to) for row in rows if all(table.needs[n](thing) for n in row.needs)]
                    got = outcome(action, actor, thing)
                    tried += 1
                    if got not in (may or [None]):
                        faults.append(f"{action} by {actor.name} in {state}: {got}, the table says {may}")
            transaction.set_rollback(True)
    return tried, faults


def test_contract(stage: Stage) -> None:
    def agreed() -> Contract:
        stage.money(11_000)
        return stage.agreed()

    things: Things = {
        "returned": lambda: verbs.offer(stage.client, stage.deal(), title="紹介文", terms=LURE, price_yen=10_000),
        "offered": stage.offered, "agreed": agreed, "funded": stage.funded, "delivered": stage.delivered,
        "completed": stage.completed, "disputed": lambda: stage.disputed().contract,
        "cancelled": lambda: verbs.cancel(stage.client, stage.agreed(), because="都合によります。"),
        "declined": lambda: verbs.decline(stage.worker, stage.offered()),
        "withdrawn": lambda: verbs.withdraw(stage.client, stage.offered()),
        "lapsed": lambda: verbs.lapse(SYSTEM, stage.agreed()),
    }  # fmt: skip
    tried, faults = wrong(CONTRACT, things, stage)
    assert faults == []
    assert tried == 11 * 12 * 8


def test_termination(stage: Stage) -> None:
    def asked() -> Any:
        return terminations.ask(
            stage.client, stage.funded(), reason_code="both_agree", text="終了をお願いします。"
        )

    tried, faults = wrong(TERMINATION, {
        "asked": asked, "agreed": lambda: terminations.agree(stage.worker, asked()),
        "refused": lambda: terminations.refuse(stage.worker, asked()),
        "withdrawn": lambda: terminations.withdraw(stage.client, asked()),
        "lapsed": lambda: terminations.lapse(SYSTEM, asked()),
    }, stage)  # fmt: skip
    assert faults == []
    assert tried == 5 * 4 * 8


def test_change(stage: Stage) -> None:
    def proposed() -> Any:
        return changes.propose(stage.worker, stage.funded(), terms="12本、各300字。")

    tried, faults = wrong(CHANGE, {
        "proposed": proposed, "agreed": lambda: changes.agree(stage.client, proposed()),
        "refused": lambda: changes.refuse(stage.client, proposed()),
        "withdrawn": lambda: changes.withdraw(stage.worker, proposed()),
        "lapsed": lambda: changes.lapse(SYSTEM, proposed()),
    }, stage)  # fmt: skip
    assert faults == []
    assert tried == 5 * 4 * 8


def decided(stage: Stage) -> Dispute:
    settlement = settlements.propose(
        stage.moderator, stage.undecided(), to_worker=5_000, because="裁定です。"
    )
    settlements.confirm(stage.operator, settlement)
    return Dispute.objects.get(pk=settlement.dispute_id)


def test_dispute(stage: Stage) -> None:
    def waiting() -> Dispute:
        return disputes.close_evidence(SYSTEM, stage.disputed("client"))

    tried, faults = wrong(DISPUTE, {
        "evidence": lambda: stage.disputed("client"), "waiting": waiting, "proposed": stage.proposed,
        "decision": stage.undecided,
        "agreed": lambda: disputes.accept(stage.worker, disputes.accept(stage.client, stage.proposed())),
        "conceded": lambda: disputes.concede(stage.client, stage.disputed()),
        "paid_by_silence": lambda: disputes.pay_by_silence(SYSTEM, stage.disputed("worker")),
        "decided": lambda: decided(stage),
    }, stage)  # fmt: skip
    # At the end of the evidence the client had spoken: of the clock's two rows only one is open.
    assert faults == ["dispute.pay_by_silence by clock in evidence: None, the table says ['paid_by_silence']"]
    assert tried == 8 * 10 * 8


def test_settlement(stage: Stage) -> None:
    def proposed() -> Settlement:
        return settlements.propose(stage.moderator, stage.undecided(), to_worker=5_000, because="裁定です。")

    def waiting() -> Settlement:
        return settlements.confirm(stage.operator, proposed())

    above = under(stage.stranger, "appeal", new_id())
    tried, faults = wrong(SETTLEMENT, {
        "proposed": proposed, "waiting": waiting, "done": lambda: settlements.carry_out(SYSTEM, waiting()),
        "reversed": lambda: settlements.reverse(above, waiting(), because="異議を認めます。"),
        "rejected": lambda: settlements.reject(stage.operator, proposed(), because="違います。"),
        "withdrawn": lambda: settlements.withdraw(stage.moderator, proposed()),
    }, stage)  # fmt: skip
    assert faults == []
    assert tried == 6 * 7 * 8


def test_contact_request(stage: Stage) -> None:
    def live() -> Any:
        deal = stage.deal()
        stage.funded(deal)
        return deal

    bad = "手数料を節約するため、報酬を直接振り込みたいです。"

    def held() -> ContactRequest:
        return stage.asked(live(), purpose=bad)

    def returned() -> ContactRequest:
        row = stage.asked(live())
        type(row).objects.filter(pk=row.pk).update(state="returned")
        return row

    def half() -> ContactRequest:
        row = stage.asked(live())
        type(row).objects.filter(pk=row.pk).update(state="half_approved")
        return row

    tried, faults = wrong(REQUEST, {
        "returned": returned, "held": held, "asked": lambda: stage.asked(live()), "half_approved": half,
        "approved": lambda: stage.approved(live()),
        "declined": lambda: requests.decline(stage.worker, stage.asked(live())),
        "withdrawn": lambda: requests.withdraw(stage.client, stage.asked(live())),
        "withheld": lambda: requests.withhold(stage.moderator, held(), because="認められません。"),
        "expired": lambda: requests.expire(SYSTEM, stage.asked(live())),
        "ended": lambda: requests.end(stage.worker, stage.approved(live())),
        "paused": lambda: requests.pause(
            under(stage.moderator, "decision", new_id()), stage.approved(live())
        ),
    }, stage)  # fmt: skip
    assert faults == []
    assert tried == 11 * 11 * 8

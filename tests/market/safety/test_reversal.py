"""An upheld appeal undoes a decision: what anybody can observe is as if it had never been, but for the record."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from tests.market.safety.made import acting, decide, lured
from tests.market.stage import Stage

from sekisho.market.contact_requests.models import ContactRequest
from sekisho.market.contracts.models import Contract
from sekisho.market.deals.models import Deal
from sekisho.market.jobs.models import Job
from sekisho.market.jobs.verbs import close
from sekisho.market.kernel import clock, outbox
from sekisho.market.ledger.models import LedgerAccount
from sekisho.market.messaging.models import Message
from sekisho.market.people.models import Account
from sekisho.market.profiles.models import TrackRecord
from sekisho.market.safety import appeals, claims, decisions
from sekisho.market.safety.models import Appeal, Case, Measure

OBSERVED: dict[Any, tuple[str, ...]] = {
    Account: ("id", "standing", "is_active"),
    Job: ("id", "state", "due_at", "title"),
    Contract: ("id", "state", "frozen_side", "frozen_by", "due_at"),
    ContactRequest: ("id", "state", "due_at", "tools"),
    Deal: ("id", "stage", "approved_tools"),
    Message: ("id", "state", "text"),
    TrackRecord: ("account_id", "stars", "reviews", "orders", "completed", "ended_by_own_fault"),
    LedgerAccount: ("id", "balance"),
}
"""What people can observe of the market. The record (logs, audit, notices, cases) is what stays."""


def observed(stage: Stage) -> dict[str, Any]:
    """All of it, with the strikes that count."""
    seen = {model.__name__: sorted(map(str, model.objects.values(*fields))) for model, fields in OBSERVED.items()}
    return seen | {"strikes": decisions.strikes(stage.cast["aoba"])}


def begun(stage: Stage) -> tuple[Case, Job, Contract]:
    """A client with open jobs, a contract under work with approved outside contact, and a case in it that is claimed."""
    job, contract = stage.job(), stage.delivered()
    stage.approved(contract.deal, "chatwork")
    stage.job(title="もう一つの案件")
    lured(stage)
    outbox.deliver(1000)
    case = Case.objects.get(subject=stage.cast["aoba"])
    return claims.claim(stage.moderator, case), job, contract


def orders(dice: random.Random, job: Job, contract: Contract) -> list[dict[str, Any]]:
    """Some measures, at least one, in any order; of the sanctions at most one."""
    sanction = dice.choice([
        {"kind": "warning"}, {"kind": "suspension", "days": dice.randint(1, 60)}, {"kind": "ban"}, None,
    ])  # fmt: skip
    chosen = [sanction] if sanction else []
    if dice.random() < 0.5 or not chosen:
        chosen.append({"kind": "remove", "thing": "job", "thing_id": str(job.id)})
    if dice.random() < 0.5:
        chosen.append({"kind": "freeze", "thing": "contract", "thing_id": str(contract.id)})
    dice.shuffle(chosen)
    return chosen


def upheld(stage: Stage, case: Case, chosen: list[dict[str, Any]]) -> Appeal:
    """The case decided so, confirmed where it must be, appealed, and the appeal upheld by somebody else."""
    decision = decide(stage, case, *chosen)
    if decision.state == "proposed":
        decision = decisions.confirm(stage.operator, decision)
    assert Measure.objects.filter(decision=decision).count() == len(chosen)
    third = Account.objects.create_user("daisan@example.com", None, display_name="第三", is_moderator=True)
    appeal = appeals.file(acting(stage), decision, text="誤りです。")
    return appeals.uphold(third.actor, appeal, because="記録を見直しました。")


@pytest.mark.parametrize("seed", range(30))
def test_with_nobody_acting_in_between_everything_is_as_before(stage: Stage, seed: int) -> None:
    _undone(stage, seed)


@pytest.mark.long
def test_with_nobody_acting_in_between_everything_is_as_before_in_many_ways(stage: Stage) -> None:
    for seed in range(1000, 1500):
        with transaction.atomic():
            _undone(stage, seed)
            transaction.set_rollback(True)


def _undone(stage: Stage, seed: int) -> None:
    case, job, contract = begun(stage)
    before = observed(stage)
    chosen = orders(random.Random(seed), job, contract)
    appeal = upheld(stage, case, chosen)
    after = observed(stage)
    after["Account"] = [row for row in after["Account"] if str(appeal.decider_id) not in row]
    assert after == before, chosen
    assert appeal.left == []
    case.refresh_from_db()
    assert case.state == "reversed"


def test_what_the_world_did_meanwhile_is_listed_as_owed(stage: Stage) -> None:
    case, job, _ = begun(stage)
    decision = decide(stage, case, {"kind": "suspension", "days": 30})
    with clock.ahead(timedelta(days=2)):
        close(acting(stage), Job.objects.get(pk=job.pk))
        appeal = appeals.file(acting(stage), decision, text="誤りです。")
        appeal = appeals.uphold(stage.operator, appeal, because="記録を見直しました。")
    assert {"code": "time_lost", "hours": 48} in appeal.left
    assert Job.objects.get(pk=job.pk).state == "closed"

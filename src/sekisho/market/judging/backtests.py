"""Back-tests: asking for one, cancelling it, reading one of its examples whole. Running one is in `replaying`."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID

from sekisho.market.judging.judges import judges
from sekisho.market.judging.models import (
    BackTest,
    BackTestExample,
    BackTestPart,
    Judgement,
    PackVersion,
    Unmasking,
)
from sekisho.market.judging.packs import judge_of, loaded
from sekisho.market.judging.policy import policy
from sekisho.market.judging.states import BACKTEST, BackTestState, PackState
from sekisho.market.kernel import clock, fields
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.outbox import tell
from sekisho.market.kernel.problems import Kind, Problem, Row, describe
from sekisho.market.kernel.verbs import current, verb

describe({
    "bad_days": Row(Kind.INVALID, "期間は1から{most}までの日数で入力してください。",
                    "Give the period in days, from 1 to {most}."),
    "backtest_running": Row(Kind.CONFLICT, "このルール集の再判定は、すでに進行中です。",
                            "A back-test of this pack is under way already."),
    "pack_ended": Row(Kind.CONFLICT, "使い終えたルール集は試せません。もう一度登録してください。",
                      "A pack that was put away cannot be tried. Register it again."),
})  # fmt: skip


@verb("backtest.ask")
def ask(actor: Actor, version: PackVersion, *, days: int | None = None) -> BackTest:
    """Have the judgements of the last `days` (the policy's, if none are given) made again by `version` and compared.

    Raises `Problem` bad_days, backtest_running, pack_ended, pack_changed, bad_pack.
    """
    rules = policy().backtest
    span = rules.days if days is None else days
    if not 1 <= span <= rules.most_days:
        raise Problem("bad_days", most=rules.most_days)
    if version.state == PackState.RETIRED:
        raise Problem("pack_ended")
    if BackTest.objects.filter(
        version=version, state__in=[BackTestState.ASKED, BackTestState.RUNNING]
    ).exists():
        raise Problem("backtest_running")
    loaded(version)
    live, now = judges().live, clock.now()
    test = BackTest.objects.create(
        version=version, against=live, against_digest=judge_of(live).digest, since=now - timedelta(days=span), until=now,
        asked_by=actor.me, due_at=now + rules.waits["stall"],
    )  # fmt: skip
    tell("backtest.asked", backtest=test.id)
    return test


def begin(test: BackTest) -> None:
    """Cut its judgements into parts: several background processes can then share it."""
    first, last = _bound(test.since), _bound(test.until)
    rows = Judgement.objects.filter(pk__gte=first, pk__lt=last).order_by("pk")
    total, rules = rows.count(), policy().backtest
    size = max(rules.step_texts, -(-total // rules.parts))
    ids = rows.values_list("pk", flat=True)
    cuts = [first, *(ids[place] for place in range(size, total, size)), last]
    BACKTEST.move(test, "begin", ("clock",), rules.waits, total=total)
    for low, high in pairwise(cuts):
        part = BackTestPart.objects.create(backtest=test, first=low, last=high)
        tell("backtest.part", part=part.id)


def _bound(moment: datetime) -> UUID:
    """The smallest id made at `moment`: ids sort by the time they were made."""
    return UUID(int=int(moment.timestamp() * 1000) << 80)


@verb("backtest.cancel")
def cancel(actor: Actor, test: BackTest) -> BackTest:
    """Stop it; what it has counted so far is shown no more."""
    BACKTEST.move(test, "cancel", current().held, policy().backtest.waits, ended_at=clock.now())
    return test


@verb("example.unmask")
def unmask(actor: Actor, example: BackTestExample, *, purpose: str) -> Unmasking:
    """Read an example whole for a while. The purpose stands in the record of what the house looks at."""
    why = current().because = fields.text(purpose, "purpose", 1000)
    until = clock.now() + timedelta(minutes=policy().mask.unmask_minutes)
    row = Unmasking(example=example, by=actor.me, purpose=why, until=until)
    row.save(force_insert=True)
    return row

"""Deciding many cases at once: prepared and looked over, done step by step by the clock, and undone the same way.

Only what one person may decide: nothing that needs a second one. A case that somebody works on, or in which the decider has a
part, stays out and says why.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from sekisho.market.kernel import clock, fields
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.ids import new_id
from sekisho.market.kernel.outbox import tell
from sekisho.market.kernel.problems import Kind, Problem, Row, describe
from sekisho.market.kernel.verbs import current, verb
from sekisho.market.safety import decisions
from sekisho.market.safety.appeals import reverse
from sekisho.market.safety.claims import barred, claim
from sekisho.market.safety.models import Bulk, BulkCase, Case
from sekisho.market.safety.policy import policy
from sekisho.market.safety.states import BULK, BulkState

describe({
    "bulk_most": Row(Kind.INVALID, "一度に判断できるのは1〜{most}件です。", "Choose between 1 and {most} cases at a time."),
    "bulk_one_person": Row(Kind.INVALID, "2人目の確認が必要な措置や、1件ごとに対象が異なる措置は、まとめて行えません。",
                           "Measures that need a second person, or that name a thing of one case, cannot be taken for many."),
    "held_by_another": Row(Kind.CONFLICT, "ほかの担当者が対応中です。", "Somebody else is working on it."),
})  # fmt: skip
MEASURES = frozenset({"warning", "suspension"})
"""Of the measures those that say the same in every case."""


@verb("bulk.prepare")
def prepare(
    actor: Actor, thing: None, *, cases: Sequence[Case], because: str, breach: bool, rule: str, public_reason: str,
    private_note: str = "", orders: Sequence[dict[str, Any]] = (),
) -> Bulk:  # fmt: skip
    """Set down what is to be done with which cases; nothing happens before `start`.

    Raises `Problem` bulk_most, bulk_one_person.
    """
    chosen, rules = list({case.pk: case for case in cases}.values()), policy()
    if not 1 <= len(chosen) <= rules.bulk_most:
        raise Problem("bulk_most", most=rules.bulk_most)
    kinds = {str(order.get("kind")) for order in orders}
    if kinds - MEASURES or kinds & rules.second_person:
        raise Problem("bulk_one_person")
    row = BULK.find(None, "prepare", current().held)
    bulk = Bulk(
        id=new_id(), state=row.to, owner_id=actor.me, because=fields.text(because, "because", 1000),
        decision={"breach": breach, "rule": rule, "public_reason": public_reason, "private_note": private_note,
                  "orders": [dict(order) for order in orders]},
    )  # fmt: skip
    current().because = bulk.because
    bulk.save(force_insert=True)
    BulkCase.objects.bulk_create(BulkCase(bulk=bulk, case=case) for case in chosen)
    return bulk


def preview(actor: Actor, bulk: Bulk) -> list[tuple[Case, str]]:
    """Each case and the code of what keeps it out now; blank: it would be decided."""
    rows = bulk.cases.select_related("case__subject").order_by("case__opened_at", "pk")
    return [(row.case, kept_out(actor, row.case)) for row in rows]


def kept_out(actor: Actor, case: Case) -> str:
    """The code of what keeps `actor` from deciding a case among many now; blank: nothing does."""
    if case.state != "open":
        return "not_from_here"
    if case.holder_now not in (None, actor.id):
        return "held_by_another"
    return "barred" if barred(actor, case) else ""


@verb("bulk.start")
def start(actor: Actor, bulk: Bulk) -> Bulk:
    """Let it run: the background process does it step by step."""
    BULK.move(bulk, "start", current().held, policy().waits)
    return bulk


@verb("bulk.drop")
def drop(actor: Actor, bulk: Bulk) -> Bulk:
    """Put it away unused."""
    BULK.move(bulk, "drop", current().held, policy().waits)
    return bulk


@verb("bulk.stop")
def stop(actor: Actor, bulk: Bulk) -> Bulk:
    """Decide no more of them. What is decided stays until it is undone."""
    BULK.move(bulk, "stop", current().held, policy().waits)
    return bulk


@verb("bulk.undo")
def undo(actor: Actor, bulk: Bulk) -> Bulk:
    """Undo all of it, step by step, as an upheld appeal would."""
    BULK.move(bulk, "undo", current().held, policy().waits)
    return bulk


@verb("bulk.go_on")
def go_on(actor: Actor, bulk: Bulk) -> Bulk:
    """The next cases, each for itself: one that cannot be decided keeps no other out."""
    decider = bulk.owner.actor
    waiting = list(bulk.cases.filter(came_to="").select_related("case").order_by("case__opened_at", "pk"))
    for row in waiting[: policy().bulk_step]:
        _decided(decider, bulk, row)
    return _next(bulk, "go_on", len(waiting) > policy().bulk_step)


def _decided(decider: Actor, bulk: Bulk, row: BulkCase) -> None:
    try:
        with transaction.atomic():
            case = claim(decider, row.case)
            row.decision = decisions.make(decider, case, **bulk.decision)
            row.came_to = "decided"
    except Problem as problem:
        row.came_to = problem.code
    row.save(update_fields=["decision", "came_to"])


@verb("bulk.go_back")
def go_back(actor: Actor, bulk: Bulk) -> Bulk:
    """The next ones are undone. One whose appeal was faster is left."""
    done = list(bulk.cases.filter(came_to="decided").select_related("decision").order_by("-pk"))
    for row in done[: policy().bulk_step]:
        try:
            with transaction.atomic():
                assert row.decision is not None
                reverse(decisions.under(bulk.owner.actor, "bulk", bulk.id), row.decision)
                row.came_to = "undone"
        except Problem as problem:
            row.came_to = problem.code
        row.save(update_fields=["came_to"])
    return _next(bulk, "go_back", len(done) > policy().bulk_step)


def _next(bulk: Bulk, name: str, more: bool) -> Bulk:
    if more:
        BULK.move(bulk, name, {"clock"}, policy().waits, due_at=clock.now())
    else:
        BULK.move(bulk, "finish", {"clock"}, policy().waits)
        tell("bulk.finished", bulk=bulk.id)
    return bulk


def fire(actor: Actor, bulk: Bulk) -> Bulk:
    """What the clock does with one that is under way."""
    return (go_on if bulk.state == BulkState.RUNNING else go_back)(actor, bulk)

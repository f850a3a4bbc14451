"""Deciding many cases at once: prepared, looked over, started, stopped, undone. For people's own tokens."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from sekisho.interfaces.api.operation import Ask, Asked, Op, Shown, Text, act, many, most, one, seen
from sekisho.interfaces.api.operations.case_shapes import LENGTH
from sekisho.interfaces.api.operations.cases import PEOPLE
from sekisho.interfaces.api.operations.desk import STAFF
from sekisho.interfaces.api.operations.reports import CATEGORIES
from sekisho.market.kernel.actors import Actor
from sekisho.market.safety import bulk
from sekisho.market.safety.models import Bulk, BulkCase, Case
from sekisho.market.safety.policy import policy


class BulkListed(Shown):
    """A bulk decision, by why it is made."""

    id: UUID
    at: datetime
    state: str
    owner_id: UUID
    because: str


class BulkCaseOut(Schema):
    """A case of it. `came_to`: empty (waits), decided, undone, or what kept it out; `out`: what would keep it out now."""

    case_id: UUID
    came_to: str
    out: str


class BulkOut(BulkListed):
    """A bulk decision with its cases; `decision` is what each is decided with."""

    decision: dict[str, Any]
    cases: list[BulkCaseOut] = []

    @classmethod
    def of(cls, row: Bulk, actor: Actor) -> BulkOut:
        """With what came of each, and what would keep it out."""
        came_to = dict(BulkCase.objects.filter(bulk=row).values_list("case", "came_to"))
        cases = [
            BulkCaseOut(case_id=case.id, came_to=came_to[case.id], out=out)
            for case, out in bulk.preview(row.owner.actor, row)
        ]
        return cls(**BulkListed.from_orm(row).model_dump(), decision=row.decision, cases=cases)


class MeasureIn(Asked):
    """One that says the same in every case."""

    kind: Literal[tuple(sorted(bulk.MEASURES))]  # type: ignore[valid-type]
    days: Annotated[int, Field(ge=1, le=policy().suspension_days_most)] | None = None


class BulkIn(Asked):
    """Which cases, and what each is decided with. `public_reason` is read by all whom it concerns."""

    cases: Annotated[list[UUID], Field(min_length=1, max_length=policy().bulk_most)]
    because: Annotated[Text, most(1000)]
    breach: bool
    rule: Literal[CATEGORIES]  # type: ignore[valid-type]
    public_reason: Annotated[Text, most(LENGTH)]
    private_note: Annotated[Text, most(LENGTH)] = ""
    orders: Annotated[list[MeasureIn], Field(max_length=1)] = []


def _prepare(ask: Ask) -> Any:
    cases = list(Case.objects.visible_to(ask.actor).filter(pk__in=ask.body["cases"]).order_by("opened_at", "pk"))
    orders = [{name: value for name, value in order.items() if value is not None} for order in ask.body["orders"]]
    made = bulk.prepare(ask.actor, None, **ask.body | {"cases": cases, "orders": orders}, key=ask.key)
    return BulkOut.of(made, ask.actor)


ROWS = seen(Bulk, "owner")
OPERATIONS = (
    many("bulk.list", "/house/bulk", ROWS, BulkListed, **STAFF),
    Op(name="bulk.prepare", does="bulk.prepare", method="POST", path="/house/bulk", body=BulkIn, out=BulkOut, status=201,
       answer=_prepare, about="Set down what is to be done with which cases; nothing happens before it is started.", **PEOPLE),
    one("bulk.get", "/house/bulk/{id}", ROWS, BulkOut, **STAFF),
    act("bulk.start", "/house/bulk/{id}/start", bulk.start, ROWS, out=BulkOut, **PEOPLE),
    act("bulk.drop", "/house/bulk/{id}/drop", bulk.drop, ROWS, out=BulkOut, **PEOPLE),
    act("bulk.stop", "/house/bulk/{id}/stop", bulk.stop, ROWS, out=BulkOut, **PEOPLE),
    act("bulk.undo", "/house/bulk/{id}/undo", bulk.undo, ROWS, out=BulkOut, **PEOPLE),
)  # fmt: skip

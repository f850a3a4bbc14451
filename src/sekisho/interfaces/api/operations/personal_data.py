"""Personal data that the work needs: asked for, given, read. Every look is written down."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from sekisho.interfaces.api.operation import Ask, Asked, Op, Shown, Text, act, found, many, most, one, seen
from sekisho.interfaces.api.operations.deals import DEALS
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.permits import relations
from sekisho.market.personal_data import verbs
from sekisho.market.personal_data.models import PersonalDataRequest
from sekisho.market.personal_data.policy import policy
from sekisho.market.personal_data.states import DATA

KINDS = policy().kinds


class DataRequestOut(Shown):
    """A request for personal data. What was given is not here: reading it is an act. `can`: the verbs its reader could use."""

    id: UUID
    deal_id: UUID
    contract_id: UUID | None
    kinds: list[str]
    purpose: str
    state: str
    asked_at: datetime
    answered_at: datetime | None
    due_at: datetime | None
    can: list[str] = []

    @classmethod
    def of(cls, row: PersonalDataRequest, actor: Actor) -> DataRequestOut:
        """With what `actor` can do next."""
        request: DataRequestOut = cls.from_orm(row)
        request.can = [move.verb for move in DATA.open(row.state, relations(actor, row))]
        return request


class DataAccessOut(Shown):
    """One look at what was given."""

    reader_id: UUID
    kinds: list[str]
    at: datetime


class AccessesOut(Schema):
    """Every look, newest first."""

    items: list[DataAccessOut]


class DataRequestIn(Asked):
    """Which data, and what for."""

    kinds: Annotated[list[Literal[KINDS]], Field(min_length=1, max_length=len(KINDS))]  # type: ignore[valid-type]
    purpose: Annotated[Text, most(1000)]


class ValuesIn(Asked):
    """Exactly the kinds that were asked for."""

    values: dict[Literal[KINDS], Annotated[Text, most(500)]]  # type: ignore[valid-type]


class ValuesOut(Schema):
    """What was given, by kind."""

    values: dict[str, str]


def _read(ask: Ask) -> dict[str, Any]:
    return {"values": verbs.read(ask.actor, found(MINE, ask.actor, ask.pk))}


def _accesses(ask: Ask) -> dict[str, Any]:
    return {"items": list(found(MINE, ask.actor, ask.pk).accesses.order_by("-at")[:1000])}


def _answer(verb: str, body: type[Asked] | None = None) -> Any:
    path = f"/personal-data-requests/{{id}}/{verb}"
    return act(f"personal_data.{verb}", path, getattr(verbs, verb), MINE, body=body, out=DataRequestOut)


MINE = seen(PersonalDataRequest, "deal")
OPERATIONS = (
    many("personal_data.list", "/personal-data-requests", MINE, DataRequestOut, by="asked_at"),
    one("personal_data.get", "/personal-data-requests/{id}", MINE, DataRequestOut),
    act("personal_data.ask", "/deals/{id}/personal-data-requests", verbs.ask, DEALS, body=DataRequestIn, out=DataRequestOut,
        status=201),
    _answer("approve", ValuesIn),
    _answer("decline"),
    _answer("withdraw"),
    _answer("end"),
    Op(name="personal_data.read", method="POST", path="/personal-data-requests/{id}/read",
       about="What was given, for the client. Every look is written down.", out=ValuesOut, answer=_read,
       does="personal_data.read"),
    Op(name="personal_data.accesses", method="GET", path="/personal-data-requests/{id}/accesses",
       about="Who looked at what was given, and when.", out=AccessesOut, answer=_accesses),
)  # fmt: skip

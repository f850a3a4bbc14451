"""From an offer to a review."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from sekisho.interfaces.api.operation import Asked, PageAsked, Shown, Text, Yen, act, many, most, one, seen
from sekisho.interfaces.api.operations.deals import DEALS
from sekisho.interfaces.api.operations.files import FileIds
from sekisho.market.contracts import reviews, verbs
from sekisho.market.contracts.models import Contract, Delivery, Review
from sekisho.market.contracts.states import CONTRACT, ContractState, StatementState
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.permits import relations


class ContractOut(Shown):
    """A contract. `can`: the verbs its reader could use now. Work starts at `funded`, not before."""

    id: UUID
    deal_id: UUID
    number: int
    state: ContractState
    title: str
    terms: str
    deadline: date | None
    price_yen: int
    funded_yen: int
    made_at: datetime
    funded_at: datetime | None
    ended_at: datetime | None
    due_at: datetime | None
    send_backs: int
    can: list[str] = []

    @classmethod
    def of(cls, row: Contract, actor: Actor) -> ContractOut:
        """With what `actor` can do next."""
        contract: ContractOut = cls.from_orm(row)
        contract.can = [
            move.verb for move in CONTRACT.open(row.state, relations(actor, row)) if move.by != ("authority",)
        ]
        return contract


class DeliveryOut(Shown):
    """One delivery. Its files are those of its statement; a note the house holds back is null for others."""

    id: UUID
    statement_id: UUID
    note: str | None
    at: datetime

    @classmethod
    def of(cls, row: Delivery, actor: Actor) -> DeliveryOut:
        """As `actor` may see it."""
        statement = row.statement
        read = statement.state == StatementState.SHOWN or statement.author == actor.id
        return cls(id=row.id, statement_id=statement.id, note=statement.text if read else None, at=row.at)


class ReviewOut(Shown):
    """Stars and a word of one side about the other."""

    id: UUID
    side: str
    stars: int
    text: str
    at: datetime


class OfferIn(Asked):
    """The terms of a contract. `price_yen` is without tax."""

    title: Annotated[Text, most(120)]
    terms: Annotated[Text, most(10_000)]
    price_yen: Yen
    deadline: date | None = None


class NoteIn(Asked):
    """A delivery's note and its files, uploaded for a delivery."""

    note: Annotated[Text, most(5000)]
    files: FileIds = []


class DisputeIn(Asked):
    """What it is about, and files uploaded as evidence."""

    because: Annotated[Text, most(5000)]
    files: FileIds = []


class AgainIn(Asked):
    """The same terms once more, perhaps by another day."""

    deadline: date | None = None


class BecauseIn(Asked):
    """A reason, which the other side reads."""

    because: Annotated[Text, most(5000)]


class ReviewIn(Asked):
    """1 to 5 stars and a word."""

    stars: Annotated[int, Field(strict=True, ge=1, le=5)]
    text: Annotated[Text, most(1000)] = ""


class ContractsAsked(PageAsked):
    """Which contracts."""

    state: ContractState | None = None


def _narrow(rows: Any, query: ContractsAsked) -> Any:
    return rows.filter(state=query.state) if query.state else rows


def _deliveries(_actor: Actor) -> Any:
    return Delivery.objects.select_related("statement")


def _move(verb: str, body: type[Asked] | None = None) -> Any:
    path = f"/contracts/{{id}}/{verb.replace('_', '-')}"
    return act(f"contracts.{verb}", path, getattr(verbs, verb), MINE, body=body, out=ContractOut)


MINE = seen(Contract, "deal")
OPERATIONS = (
    many("contracts.list", "/contracts", MINE, ContractOut, by="made_at", query=ContractsAsked, narrow=_narrow),
    one("contracts.get", "/contracts/{id}", MINE, ContractOut),
    many("deals.contracts", "/deals/{id}/contracts", MINE, ContractOut, by="made_at", under=("deal", DEALS)),
    act("contracts.offer", "/deals/{id}/contracts", verbs.offer, DEALS, body=OfferIn, out=ContractOut, status=201),
    _move("agree"),
    _move("decline"),
    _move("withdraw"),
    _move("fund"),
    _move("deliver", NoteIn),
    _move("send_back", BecauseIn),
    _move("accept"),
    _move("cancel", BecauseIn),
    _move("dispute", DisputeIn),
    act("contracts.offer_again", "/contracts/{id}/offer-again", verbs.offer_again, MINE, body=AgainIn, out=ContractOut,
        status=201),
    act("contracts.review", "/contracts/{id}/reviews", reviews.review, MINE, body=ReviewIn, out=ReviewOut, status=201),
    many("contracts.deliveries", "/contracts/{id}/deliveries", _deliveries, DeliveryOut, under=("contract", MINE)),
    many("contracts.reviews", "/contracts/{id}/reviews", Review.objects.visible_to, ReviewOut, under=("contract", MINE)),
)  # fmt: skip

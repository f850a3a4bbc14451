"""Ending and changing a contract by agreement; disputes, from evidence to the house's decision."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from sekisho.interfaces.api.operation import Asked, Shown, Text, act, every, many, most, one, seen
from sekisho.interfaces.api.operations.contracts import MINE as CONTRACTS
from sekisho.interfaces.api.operations.files import FileIds
from sekisho.market.contracts import changes, disputes, settlements, terminations
from sekisho.market.contracts.models import Change, Dispute, Settlement, Statement, Termination
from sekisho.market.contracts.states import CHANGE, DISPUTE, SETTLEMENT, TERMINATION, StatementState
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.permits import relations
from sekisho.market.kernel.states import StateTable
from sekisho.market.kernel.yen import MOST


class OfContractOut(Shown):
    """What belongs to a contract. `side`: who began it; `can`: the verbs its reader could use now."""

    id: UUID
    contract_id: UUID
    side: str
    state: str
    at: datetime
    ended_at: datetime | None
    due_at: datetime | None
    can: list[str] = []

    @classmethod
    def of(cls, row: Any, actor: Actor) -> Any:
        """With what `actor` can do next."""
        shown = cls.from_orm(row)
        shown.can = list(
            dict.fromkeys(m.verb for m in _TABLES[type(row)].open(row.state, relations(actor, row)))
        )
        return shown


class TerminationOut(OfContractOut):
    """A request to end a funded contract before delivery."""

    reason: str


class ChangeOut(OfContractOut):
    """Other terms, proposed; or the record of what was agreed outside. Terms the house holds back are null for others."""

    kind: str
    terms: str | None
    deadline: date | None
    agreed_on: date | None
    tool: str
    file: UUID | None

    @classmethod
    def of(cls, row: Change, actor: Actor) -> Any:
        """As `actor` may see it."""
        shown = super().of(row, actor)
        if (
            row.statement.state != StatementState.SHOWN
            and row.statement.author != actor.id
            and "moderator" not in actor.roles
        ):
            shown.terms = None
        return shown


class DisputeOut(OfContractOut):
    """A dispute. `to_worker`: what the house proposed or decided, in yen of the escrow before the fee."""

    to_worker: int | None
    because: str
    accepted_by: str


class SettlementOut(OfContractOut):
    """The house's decision, which a second person confirms. `alone`: there is nobody else, so it waits instead.

    `waiting`: it can be appealed against; its money moves at `due_at`.
    """

    dispute_id: UUID
    to_worker: int
    because: str
    proposer: UUID
    second: UUID | None
    alone: bool


class StatementOut(Shown):
    """Words of one side about a contract. Held ones are seen by their writer and the house."""

    id: UUID
    contract_id: UUID
    side: str
    state: str
    kind: str
    text: str
    at: datetime
    warned: bool


class TerminationIn(Asked):
    """Why it should end: a code, and words that the other side reads."""

    reason_code: Annotated[Text, most(20)]
    text: Annotated[Text, most(5000)]


class ChangeIn(Asked):
    """The whole terms as they would be."""

    terms: Annotated[Text, most(10_000)]
    deadline: date | None = None


class OutsideIn(ChangeIn):
    """What was agreed outside: when, and with which tool. `file`: a picture, uploaded for an agreement."""

    agreed_on: date
    tool: Annotated[Text, most(40)]
    file: UUID | None = None


class WordsIn(Asked):
    """One's side of it, and files uploaded as evidence."""

    text: Annotated[Text, most(5000)]
    files: FileIds = []


class DivisionIn(Asked):
    """How the escrow is divided, and why: both sides read it."""

    to_worker: Annotated[int, Field(strict=True, ge=0, le=MOST)]
    because: Annotated[Text, most(5000)]


class WhyIn(Asked):
    """Why."""

    because: Annotated[Text, most(1000)]


_TABLES: dict[type, StateTable] = {
    Termination: TERMINATION, Change: CHANGE, Dispute: DISPUTE, Settlement: SETTLEMENT,
}  # fmt: skip
_RELATED = ("contract", "contract__deal")
ENDS, CHANGES = seen(Termination, *_RELATED), seen(Change, *_RELATED, "statement")
DISPUTES, SAID = seen(Dispute, *_RELATED), seen(Statement)
DECIDED = every(Settlement, *_RELATED)
STAFF: dict[str, Any] = {"words": frozenset({"moderator", "operator"})}


def _moves(rooms: str, module: Any, rows: Any, out: type[Shown], verbs: tuple[str, ...]) -> list[Any]:
    return [
        act(f"{rooms}.{verb}", f"/{rooms}/{{id}}/{verb}", getattr(module, verb), rows, out=out)
        for verb in verbs
    ]


_ANSWERS = ("agree", "refuse", "withdraw")
OPERATIONS = (
    many("terminations.list", "/contracts/{id}/terminations", ENDS, TerminationOut, under=("contract", CONTRACTS)),
    one("terminations.get", "/terminations/{id}", ENDS, TerminationOut),
    act("terminations.ask", "/contracts/{id}/terminations", terminations.ask, CONTRACTS, body=TerminationIn,
        out=TerminationOut, status=201),
    *_moves("terminations", terminations, ENDS, TerminationOut, _ANSWERS),
    many("changes.list", "/contracts/{id}/changes", CHANGES, ChangeOut, under=("contract", CONTRACTS)),
    one("changes.get", "/changes/{id}", CHANGES, ChangeOut),
    act("changes.propose", "/contracts/{id}/changes", changes.propose, CONTRACTS, body=ChangeIn, out=ChangeOut, status=201),
    act("changes.record_outside", "/contracts/{id}/outside-agreements", changes.record_outside, CONTRACTS, body=OutsideIn,
        out=ChangeOut, status=201),
    *_moves("changes", changes, CHANGES, ChangeOut, _ANSWERS),
    many("statements.list", "/contracts/{id}/statements", SAID, StatementOut, under=("contract", CONTRACTS)),
    many("disputes.list", "/disputes", DISPUTES, DisputeOut),
    one("disputes.get", "/disputes/{id}", DISPUTES, DisputeOut),
    act("disputes.say", "/disputes/{id}/statements", disputes.say, DISPUTES, body=WordsIn, out=StatementOut, status=201),
    *_moves("disputes", disputes, DISPUTES, DisputeOut, ("accept", "reject", "concede")),
    act("disputes.propose", "/disputes/{id}/propose", disputes.propose, DISPUTES, body=DivisionIn, out=DisputeOut),
    many("settlements.list", "/settlements", DECIDED, SettlementOut, **STAFF),
    act("settlements.propose", "/disputes/{id}/settlements", settlements.propose, every(Dispute, *_RELATED), body=DivisionIn,
        out=SettlementOut, status=201, **STAFF),
    act("settlements.confirm", "/settlements/{id}/confirm", settlements.confirm, DECIDED, out=SettlementOut, **STAFF),
    act("settlements.reject", "/settlements/{id}/reject", settlements.reject, DECIDED, body=WhyIn, out=SettlementOut, **STAFF),
    act("settlements.withdraw", "/settlements/{id}/withdraw", settlements.withdraw, DECIDED, out=SettlementOut, **STAFF),
)  # fmt: skip

"""The operator's till: statements of the bank read in, deposits without a match, lists of payouts for the bank."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.db.models import F
from ninja import Schema

from sekisho.interfaces.api.operation import Ask, Asked, Op, Shown, Text, act, every, found, many, most, one
from sekisho.interfaces.api.operations.money import HOUSE, PayoutOut
from sekisho.market.files.verbs import as_attachment
from sekisho.market.kernel.actors import Actor
from sekisho.market.ledger import payouts, verbs
from sekisho.market.ledger.bank_transfer.statement_file import MOST_BYTES
from sekisho.market.ledger.imports import import_statement, summary
from sekisho.market.ledger.models import (
    Outcome,
    Payout,
    PayoutBatch,
    StatementImport,
    StatementRow,
    Unmatched,
)
from sekisho.market.ledger.port import File


class BankStatementOut(Shown):
    """A statement that was read in; `outcomes`: how many rows came to what."""

    id: UUID
    at: datetime
    name: str
    count: int
    outcomes: dict[str, int] = {}

    @classmethod
    def of(cls, row: StatementImport, actor: Actor) -> BankStatementOut:
        """With its counts."""
        return cls(id=row.id, at=row.at, name=row.name, count=row.count, outcomes=summary(row))


class BankRowOut(Shown):
    """One row of it. `subject`: the client or payout that it moved money of."""

    id: UUID
    line: int
    date: date
    incoming: bool
    amount: int
    text: str
    outcome: Outcome
    subject: UUID | None


class BankRowsOut(Schema):
    """Rows in the order of the file."""

    items: list[BankRowOut]


class UnmatchedOut(Shown):
    """A deposit nobody was found for."""

    id: UUID
    amount: int
    state: str
    date: date
    text: str
    client_id: UUID | None
    ended_at: datetime | None

    @classmethod
    def of(cls, row: Unmatched, actor: Actor) -> UnmatchedOut:
        """With what the bank said of it."""
        return cls(id=row.id, amount=row.amount, state=row.state, date=row.row.date, text=row.row.text,
                   client_id=row.client_id, ended_at=row.ended_at)  # fmt: skip


class PayoutListOut(Shown):
    """A list of payouts for the bank."""

    id: UUID
    at: datetime
    count: int
    total: int


class ReferenceOut(Shown):
    """The digits to write into the text of a transfer to the house."""

    code: str


class NameAsked(Asked):
    """What the file is called."""

    name: Annotated[Text, most(120)] = ""


class ClientIn(Asked):
    """Whose it is."""

    client: UUID


class SentBackIn(Asked):
    """Why it went back."""

    because: Annotated[Text, most(1000)]


def _import(ask: Ask) -> Any:
    done = import_statement(
        ask.actor, None, content=ask.stream.read(MOST_BYTES + 1), name=ask.query.name, key=ask.key
    )
    return BankStatementOut.of(done, ask.actor)


def _rows(ask: Ask) -> dict[str, Any]:
    statement = found(every(StatementImport), ask.actor, ask.pk)
    return {"items": list(StatementRow.objects.filter(statement=statement).order_by("line")[:10_000])}


@dataclass(frozen=True, slots=True)
class _InMemory:
    """A file that was made just now, as `Download` is one that is stored."""

    file: File

    @property
    def headers(self) -> dict[str, str]:
        """What HTTP says of it."""
        return as_attachment(self.file.name)

    def open(self) -> io.BytesIO:
        """Its bytes."""
        return io.BytesIO(self.file.content)


def _list_file(ask: Ask) -> _InMemory:
    batch = found(every(PayoutBatch), ask.actor, ask.pk)
    return _InMemory(payouts.download_batch(ask.actor, None, batch=batch))


def _waiting(_actor: Actor) -> Any:
    rows = Unmatched.objects.filter(state="waiting").select_related("row")
    return rows.annotate(entered=F("row__statement__at"))


OPEN = every(Unmatched, "row")
BY_PEOPLE: dict[str, Any] = {"words": HOUSE}
BY_ALL: dict[str, Any] = {"words": HOUSE, "scope": "money"}
OPERATIONS = (
    act("money.reference", "/money/reference", verbs.issue_reference, out=ReferenceOut),
    Op(name="house.import_statement", method="POST", path="/house/bank-statements", out=BankStatementOut, query=NameAsked,
       answer=_import, status=201, takes=MOST_BYTES, does="ledger.import_statement",
       about="Read a statement of the bank (CSV) in: all of it, or nothing if a line is faulty.", **BY_PEOPLE),
    many("house.bank_statements", "/house/bank-statements", every(StatementImport), BankStatementOut, **BY_ALL),
    Op(name="house.bank_rows", method="GET", path="/house/bank-statements/{id}/rows", out=BankRowsOut, answer=_rows,
       about="What came of each row of a statement.", **BY_ALL),
    many("house.unmatched", "/house/unmatched", _waiting, UnmatchedOut, by="entered", **BY_ALL),
    one("house.unmatched.get", "/house/unmatched/{id}", OPEN, UnmatchedOut, **BY_ALL),
    act("house.unmatched.assign", "/house/unmatched/{id}/assign", verbs.assign_deposit, OPEN, body=ClientIn, out=UnmatchedOut,
        **BY_ALL),
    act("house.unmatched.send_back", "/house/unmatched/{id}/send-back", verbs.send_back_deposit, OPEN, body=SentBackIn,
        out=UnmatchedOut, **BY_ALL),
    act("house.list_payouts", "/house/payout-lists", payouts.list_payouts, out=PayoutListOut, status=201, **BY_PEOPLE),
    many("house.payout_lists", "/house/payout-lists", every(PayoutBatch), PayoutListOut, **BY_ALL),
    Op(name="house.download_list", method="POST", path="/house/payout-lists/{id}/download", answer=_list_file, gives=True,
       does="ledger.download_batch", about="A list as the bank takes it, with whole bank data.", **BY_ALL),
    act("house.bring_back_payout", "/house/payouts/{id}/bring-back", payouts.bring_back_payout, every(Payout), out=PayoutOut,
        **BY_ALL),
)  # fmt: skip

"""Balances, transfers, payouts; and what the operator confirms of the bank."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from ninja import Schema

from sekisho.interfaces.api.operation import Ask, Asked, Op, Shown, Text, Yen, act, every, many, most, one
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.problems import Problem
from sekisho.market.ledger import verbs
from sekisho.market.ledger.book import balance
from sekisho.market.ledger.models import Kind, Payout, PayoutState, Transfer
from sekisho.market.ledger.payouts import TYPES, bank_account, set_bank_account
from sekisho.market.ledger.statements import statement
from sekisho.market.people.models import Account


class BalanceOut(Schema):
    """What one has, in yen: paid in for contracts, and earned."""

    client_yen: int
    worker_yen: int


class TransferOut(Shown):
    """One movement of one's money. `direction`: `in` or `out`."""

    id: UUID
    at: datetime
    amount_yen: int
    direction: str
    purpose: str
    matter: UUID | None

    @classmethod
    def of(cls, row: Transfer, actor: Actor) -> TransferOut:
        """From where `actor` stands."""
        way = "in" if row.credit.owner == actor.id else "out"
        return cls(
            id=row.id, at=row.at, amount_yen=row.amount, direction=way, purpose=row.purpose, matter=row.matter
        )


class PayoutOut(Shown):
    """Earnings on their way to a bank."""

    id: UUID
    worker: UUID
    amount: int
    state: PayoutState
    asked_at: datetime
    ended_at: datetime | None


class BankAccountOut(Shown):
    """Where payouts go. Never shown whole, not even to its owner."""

    id: UUID
    masked: str
    made_at: datetime


class BankAccountIn(Asked):
    """Codes of 4 and 3 digits, a number of up to 7, the holder in katakana."""

    bank: Annotated[Text, most(40)]
    branch: Annotated[Text, most(40)]
    type: Literal[TYPES]  # type: ignore[valid-type]
    number: Annotated[Text, most(40)]
    holder: Annotated[Text, most(200)]


class PayoutIn(Asked):
    """How much."""

    amount: Yen


class DepositIn(Asked):
    """What arrived at the bank. `reference` is the bank's own and can be used once."""

    client: UUID
    amount: Yen
    reference: Annotated[Text, most(80)]


def _balance(ask: Ask) -> dict[str, int]:
    return {
        "client_yen": balance(Kind.CLIENT, ask.actor.id),
        "worker_yen": balance(Kind.WORKER, ask.actor.id),
    }


def _transfers(actor: Actor) -> Any:
    mine = Q(debit__owner=actor.me) | Q(credit__owner=actor.me)
    return Transfer.objects.filter(mine).select_related("debit", "credit")


def _payouts(actor: Actor) -> Any:
    return Payout.objects.filter(worker=actor.me)


def _bank_account(ask: Ask) -> Any:
    row = bank_account(ask.actor.me)
    if row is None:
        raise Problem("not_found")
    return BankAccountOut.of(row, ask.actor)


def _set_bank_account(ask: Ask) -> Any:
    fields = {"type_" if name == "type" else name: value for name, value in ask.body.items()}
    return BankAccountOut.of(set_bank_account(ask.actor, None, **fields, key=ask.key), ask.actor)


class LineOut(Schema):
    """One movement: yen; the balance after it."""

    at: datetime
    matter: UUID | None
    title: str
    purpose: str
    paid_in: int
    paid_out: int
    balance: int


class AccountStatementOut(Schema):
    """A period, both days included, by the clock of Japan. `opening` + `paid_in` - `paid_out` = `closing`."""

    side: str
    first: date
    last: date
    opening: int
    closing: int
    paid_in: int
    paid_out: int
    lines: list[LineOut]


class PeriodAsked(Asked):
    """Of which side and which days, at most 366; without days, this month until today."""

    side: Literal["client", "worker"] = "worker"
    first: date | None = None
    last: date | None = None


def _statement(ask: Ask) -> Any:
    last = ask.query.last or timezone.localdate()
    return statement(ask.actor, ask.query.side, ask.query.first or last.replace(day=1), last)


def _deposit(ask: Ask) -> None:
    if not Account.objects.filter(pk=ask.body["client"], is_client=True).exists():
        raise Problem("not_found")
    verbs.confirm_deposit(ask.actor, None, **ask.body, key=ask.key)


HOUSE = frozenset({"operator"})
OPERATIONS = (
    Op(name="money.balance", method="GET", path="/money", about="What one has.", out=BalanceOut, answer=_balance),
    many("money.transfers", "/money/transfers", _transfers, TransferOut),
    Op(name="money.bank_account", method="GET", path="/money/bank-account", about="Where one's payouts go, masked.",
       out=BankAccountOut, answer=_bank_account),
    Op(name="money.set_bank_account", method="PUT", path="/money/bank-account", about="Where one's payouts go from now on.",
       body=BankAccountIn, out=BankAccountOut, answer=_set_bank_account, does="ledger.set_bank_account"),
    Op(name="money.statement", method="GET", path="/money/statement", about="The statement of a period.", query=PeriodAsked,
       out=AccountStatementOut, answer=_statement),
    many("payouts.list", "/payouts", _payouts, PayoutOut, by="asked_at"),
    one("payouts.get", "/payouts/{id}", _payouts, PayoutOut),
    act("payouts.ask", "/payouts", verbs.ask_payout, body=PayoutIn, out=PayoutOut, status=201),
    act("payouts.cancel", "/payouts/{id}/cancel", verbs.cancel_payout, _payouts, out=PayoutOut),
    Op(name="house.confirm_deposit", method="POST", path="/house/deposits", about="A client's money arrived at the bank.",
       body=DepositIn, answer=_deposit, status=204, scope="money", words=HOUSE, does="ledger.confirm_deposit"),
    many("house.payouts", "/house/payouts", lambda _: Payout.objects.filter(state=PayoutState.ASKED), PayoutOut, by="asked_at",
         words=HOUSE, scope="money"),
    act("house.confirm_payout", "/house/payouts/{id}/confirm", verbs.confirm_payout, every(Payout), out=PayoutOut, scope="money"),
    act("house.fail_payout", "/house/payouts/{id}/fail", verbs.fail_payout, every(Payout), out=PayoutOut, scope="money"),
)  # fmt: skip

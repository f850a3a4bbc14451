"""Reading a bank's statement in: each row is matched by its reference, and what came of it is kept. All of a file or nothing."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from sekisho.market.kernel import fields
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.outbox import tell
from sekisho.market.kernel.problems import Problem
from sekisho.market.kernel.verbs import verb
from sekisho.market.ledger.book import account, lock
from sekisho.market.ledger.models import (
    DepositReference,
    Kind,
    Outcome,
    Payout,
    PayoutState,
    StatementImport,
    StatementRow,
    Transfer,
)
from sekisho.market.ledger.payouts import bring_back_payout, confirm_payout, fail_payout
from sekisho.market.ledger.port import Movement
from sekisho.market.ledger.providers import provider
from sekisho.market.ledger.verbs import credit, deposit_key, enter_unmatched

_LOCK = 0x5E4151  # one statement at a time (advisory lock): a row in two files must be seen by the second


@dataclass(frozen=True, slots=True)
class _Book:
    """What the rows of one file may refer to."""

    clients: dict[str, UUID]
    payouts: dict[str, Payout]
    known: dict[str, UUID]
    entered: frozenset[str]


@verb("ledger.import_statement")
def import_statement(actor: Actor, thing: None, *, content: bytes, name: str = "") -> StatementImport:
    """Read a file of the bank. Raises `Problem("bad_statement")` and does nothing if any line is faulty.

    Incoming with one client's reference: credited. With a payout's: the payout came back. Else: suspense. Outgoing with a
    payout's reference and amount: paid; else nothing is moved and the row says so (`other`, `conflict`). A row of the bank
    that was read before, or was entered by hand under the bank's number, moves nothing (`duplicate`, `by_hand`).
    Retried by the caller with the same `key` it answers with the same import; the same file without one is all duplicates.
    """
    title = fields.line(name, "name", 120, blank=True)
    movements = provider().read(content)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    statement = StatementImport(
        by=actor.me, name=title, digest=hashlib.sha256(content).digest(), count=len(movements)
    )
    statement.save(force_insert=True)
    book = _look_up(movements)
    # Outgoing first: banks list newest first or last, and a payout comes back after it went.
    for movement in sorted(movements, key=lambda m: m.incoming):
        _enter(actor, statement, movement, book)
    tell("ledger.statement_imported", statement=statement.id)
    return statement


def summary(statement: StatementImport) -> dict[str, int]:
    """How many rows came to what, by the words of `Outcome`; every word is there."""
    found = Counter(statement.rows.values_list("outcome", flat=True))
    return {outcome.value: found[outcome.value] for outcome in Outcome}


def _look_up(movements: list[Movement]) -> _Book:
    codes = {code for movement in movements for code in movement.codes}
    clients = dict(DepositReference.objects.filter(code__in=codes).values_list("code", "client_id"))
    payouts = {
        payout.code: payout
        for payout in Payout.objects.select_for_update().filter(code__in=codes).order_by("pk")
    }
    known = dict(
        StatementRow.objects.filter(fingerprint__in={m.fingerprint for m in movements}, duplicate_of=None)
        .values_list("fingerprint", "id")
    )  # fmt: skip
    places = [account(Kind.BANK), account(Kind.SUSPENSE)]
    places += [account(Kind.CLIENT, client) for client in clients.values()]
    places += [
        p
        for row in payouts.values()
        for p in (account(Kind.PAYOUT, row.id), account(Kind.WORKER, row.worker))
    ]
    lock(set(places))  # from here on nobody enters a deposit by hand
    keys = {deposit_key(m.fingerprint): m.fingerprint for m in movements}
    entered = Transfer.objects.filter(key__in=[f"{key}/0" for key in keys]).values_list("key", flat=True)
    return _Book(clients, payouts, known, frozenset(keys[key.removesuffix("/0")] for key in entered))


def _enter(actor: Actor, statement: StatementImport, movement: Movement, book: _Book) -> None:
    first = book.known.get(movement.fingerprint)
    outcome, subject = (Outcome.DUPLICATE, None) if first is not None else _act(actor, movement, book)
    row = StatementRow(
        statement=statement, line=movement.line, date=movement.date, incoming=movement.incoming, amount=movement.amount,
        text=movement.text, fingerprint=movement.fingerprint, outcome=outcome, subject=subject, duplicate_of_id=first,
    )  # fmt: skip
    row.save(force_insert=True)
    if outcome == Outcome.SUSPENSE:
        enter_unmatched(actor, None, row=row)


def _act(actor: Actor, movement: Movement, book: _Book) -> tuple[Outcome, UUID | None]:
    """What comes of a new row, and the client or payout it concerns."""
    if movement.fingerprint in book.entered:
        return Outcome.BY_HAND, None
    payouts = [book.payouts[code] for code in movement.codes if code in book.payouts]
    clients = {book.clients[code] for code in movement.codes if code in book.clients}
    if len(payouts) == 1 and not clients:
        return _payout(actor, movement, payouts[0])
    if not movement.incoming:
        return (Outcome.CONFLICT if payouts else Outcome.OTHER), None
    if len(clients) != 1 or payouts:
        return Outcome.SUSPENSE, None
    (client,) = clients
    credit(client, movement.amount, key=deposit_key(movement.fingerprint))
    return Outcome.CREDITED, client


def _payout(actor: Actor, movement: Movement, payout: Payout) -> tuple[Outcome, UUID | None]:
    payout.refresh_from_db()
    fits = movement.amount == payout.amount
    try:
        if not movement.incoming:
            if not fits:
                return Outcome.CONFLICT, payout.id
            confirm_payout(actor, payout)
            return Outcome.PAYOUT_PAID, payout.id
        # One that was never given to the bank cannot come back from it: somebody else wrote its reference.
        if fits and payout.state == PayoutState.SENT:
            fail_payout(actor, payout)
            return Outcome.PAYOUT_FAILED, payout.id
        if fits and payout.state == PayoutState.PAID:
            bring_back_payout(actor, payout)
            return Outcome.PAYOUT_RETURNED, payout.id
    except Problem:
        return Outcome.CONFLICT, payout.id
    # Money came that belongs to no payout as it stands: it must be somewhere, and somebody must look.
    return Outcome.SUSPENSE, payout.id

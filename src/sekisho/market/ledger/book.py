"""Writing into the ledger: called by verbs, inside their transactions. Nothing else moves money."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from sekisho.market.kernel import clock
from sekisho.market.kernel.ids import new_id
from sekisho.market.kernel.problems import Kind as ProblemKind
from sekisho.market.kernel.problems import Problem, Row, describe
from sekisho.market.kernel.yen import yen
from sekisho.market.ledger.models import LedgerAccount, Transfer
from sekisho.market.ledger.purposes import Kind, fits

describe({
    "too_little": Row(ProblemKind.CONFLICT, "残高が足りません。", "The balance does not suffice."),
    "moved_already": Row(ProblemKind.CONFLICT, "このお金の移動はすでに記録されています。", "This money was moved already."),
})  # fmt: skip
_REFUSALS = {"ledger_balance_floor": "too_little", "transfer_key_once": "moved_already"}


@dataclass(frozen=True, slots=True)
class Place:
    """Names an account: what it is for and whose it is (see `LedgerAccount`). It is opened when money first comes to it."""

    kind: str
    owner: UUID | None = None


@dataclass(frozen=True, slots=True)
class Leg:
    """One transfer to be made, for one of the purposes of `purposes.PURPOSES`."""

    debit: Place
    credit: Place
    amount: int
    purpose: str


def account(kind: Kind, owner: UUID | None = None) -> Place:
    """The account of this kind and owner."""
    return Place(kind.value, owner)


def balance(kind: Kind, owner: UUID | None = None) -> int:
    """What stands there, in yen; 0 where there is no account."""
    row = LedgerAccount.objects.filter(kind=kind, owner=owner).values_list("balance", flat=True).first()
    return row or 0


def balances(places: Collection[Place]) -> dict[Place, int]:
    """What stands in each of these places, in one query; 0 where there is no account."""
    wanted = Q(pk=None)
    for place in places:
        wanted |= Q(kind=place.kind, owner=place.owner)
    found = {Place(kind, owner): yen for kind, owner, yen in
             LedgerAccount.objects.filter(wanted).values_list("kind", "owner", "balance")}  # fmt: skip
    return {place: found.get(place, 0) for place in places}


def lock(places: Collection[Place]) -> dict[Place, UUID]:
    """Open accounts that are not there and lock all until the transaction ends; returns their ids.

    They are locked in the order of their ids: opposite transfers cannot wait for each other.
    """
    found = _locked(places)
    missing = [place for place in places if place not in found]
    if missing:
        # Somebody else may open them at the same moment: then his are waited for and taken.
        LedgerAccount.objects.bulk_create(
            [LedgerAccount(kind=place.kind, owner=place.owner) for place in missing], ignore_conflicts=True
        )
        found = _locked(places)
    return found


def _locked(places: Collection[Place]) -> dict[Place, UUID]:
    # By hand, as `_step`: this is the one path of all money, and the ORM took a fifth of its time for these two statements.
    one, house = "(kind = %s AND owner = %s)", "(kind = %s AND owner IS NULL)"
    wanted = " OR ".join(house if place.owner is None else one for place in places)
    values = [value for place in places for value in (place.kind, place.owner) if value is not None]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT kind, owner, id FROM ledger_ledgeraccount WHERE {wanted} ORDER BY id FOR UPDATE", values
        )
        return {Place(kind, owner): pk for kind, owner, pk in cursor.fetchall()}


def post(legs: Sequence[Leg], *, key: str, matter: UUID | None = None) -> list[Transfer]:
    """Make all of `legs` or none; `key` (up to 115 characters) can be used once.

    Raises `Problem` bad_amount, moved_already, too_little, in this order; `ValueError` for no legs, or for a leg between
    accounts that its purpose does not join.
    """
    steps: Counter[Place] = Counter()
    for leg in legs:
        yen(leg.amount, field="amount")
        if not fits(leg.purpose, leg.debit.kind, leg.credit.kind):
            raise ValueError(f"no transfer from {leg.debit.kind} to {leg.credit.kind} for {leg.purpose!r}")
        steps[leg.debit] -= leg.amount
        steps[leg.credit] += leg.amount
    if not steps:
        raise ValueError("a batch of no transfers")
    try:
        with transaction.atomic():
            ids = lock(sorted(steps, key=str))
            rows = _rows(legs, ids, key, matter)
            Transfer.objects.bulk_create(rows)
            _step({ids[place]: step for place, step in steps.items()})
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        code = _REFUSALS.get(diagnosis.constraint_name or "") if diagnosis is not None else None
        if code is None:
            raise
        raise Problem(code) from None
    return rows


def _step(steps: dict[UUID, int]) -> None:
    """One statement for all of a batch: the floors hold after it, whatever the order of its legs."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE ledger_ledgeraccount a SET balance = a.balance + s.step "
            "FROM unnest(%s::uuid[], %s::bigint[]) AS s (id, step) WHERE a.id = s.id",
            [list(steps), list(steps.values())],
        )


def _rows(legs: Sequence[Leg], ids: dict[Place, UUID], key: str, matter: UUID | None) -> list[Transfer]:
    # The moment is taken under the locks, so that an account's transfers stand in the order of their times.
    at, batch = clock.now(), new_id()
    return [
        Transfer(at=at, debit_id=ids[leg.debit], credit_id=ids[leg.credit], amount=leg.amount, purpose=leg.purpose,
                 matter=matter, batch=batch, legs=len(legs), key=f"{key}/{i}")
        for i, leg in enumerate(legs)
    ]  # fmt: skip

"""Ledger transfers through the verb, beside the same SQL by prepared statements without Django, in one run on one PostgreSQL.

Both sides do one transaction a transfer with the same statements: savepoint, lock of both accounts in order, row of the transfer,
one update of both balances, release, row of the audit log. The verb adds permission, the act, Django's ORM. Four processes at
once; shapes as pgledger measures them: 50 accounts, and 10 hot ones. The server writes without waiting for the disk, which
is the harder case for the verb: waiting would be the same on both sides.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import time
from collections.abc import Callable
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier

from benchmarks import measure
from benchmarks.measure import Result, Section

PROCESSES = 4
TRANSFERS = 1_200
REPETITIONS = 5
SHAPES = {"ledger.50": 50, "ledger.hot": 10}
FIRST_YEN = 10_000_000
_LOCK = """SELECT kind, owner, id FROM ledger_ledgeraccount WHERE (kind = %s AND owner = %s) OR (kind = %s AND owner = %s)
           ORDER BY id FOR UPDATE"""
_WRITE = """INSERT INTO ledger_transfer (id, at, debit_id, credit_id, amount, purpose, matter, batch, legs, key)
            VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"""
_STEP = """UPDATE ledger_ledgeraccount a SET balance = a.balance + s.step
           FROM unnest(%s::uuid[], %s::bigint[]) AS s (id, step) WHERE a.id = s.id"""
_NOTE = """INSERT INTO kernel_auditentry (id, at, actor, actor_name, action, thing, thing_id, because, parent)
           VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)"""
Move = tuple[str, int, int, bool]
Send = Callable[[str, int, int, bool], object]


def measure_ledger(transfers: int = TRANSFERS) -> Section:
    """Both shapes, both sides in turn. Needs the site's dependencies and a PostgreSQL of our own."""
    title = "Ledger"
    try:
        _set_up_django()
        from sekisho.config.database import Unavailable, temporary_database
    except ImportError as error:
        return Section("ledger", title, skipped=f"not installed: {error.name}")
    try:
        with temporary_database() as database:
            return Section("ledger", title, *_measured(database, transfers))
    except Unavailable as error:
        return Section("ledger", title, skipped=str(error))


def _measured(database: object, transfers: int) -> tuple[tuple[Result, ...], tuple[str, ...]]:
    _make_tables(database)
    results: list[Result] = []
    for name, accounts in SHAPES.items():
        owners = _open(accounts)
        sides = {
            "verb": lambda turn, owners=owners: _rate("verb", owners, transfers, turn),
            "bare": lambda turn, owners=owners: _rate("bare", owners, transfers, turn),
        }
        rates = measure.in_turn(sides, REPETITIONS)
        what = f"{accounts} accounts, {PROCESSES} processes"
        results += [
            Result(name, f"verb against prepared statements: {what}", measure.ratios(rates["verb"], rates["bare"]), " ×", 0.25),
            Result(f"{name}.verb", f"transfers a second through the verb: {what}", measure.interval(rates["verb"]), "/s"),
            Result(f"{name}.bare", f"the same SQL, prepared, without Django: {what}", measure.interval(rates["bare"]), "/s"),
        ]
    return tuple(results), (_checked(),)


def _set_up_django() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sekisho.config.settings")
    os.environ.setdefault("SEKISHO_DEBUG", "1")
    django.setup()
    from django.conf import settings

    settings.DEBUG = False  # or every statement would be kept


def _make_tables(database: object) -> None:
    from django.core.management import call_command
    from django.db import connections

    from sekisho.market.kernel import grants

    for alias, access in (("default", database.app), ("owner", database.owner)):
        connections[alias].close()
        connections[alias].settings_dict.update(access.django)
        connections.settings[alias].update(access.django)
    call_command("migrate", database="owner", verbosity=0)
    grants.apply("owner", database.app.user)
    connections.close_all()


def _open(accounts: int) -> list[str]:
    """Half clients, half escrows, with money in each; returns their owners."""
    from django.db import connections

    from sekisho.market.kernel.ids import new_id
    from sekisho.market.ledger.book import Leg, account, post
    from sekisho.market.ledger.models import Kind

    owners = [new_id() for _ in range(accounts)]
    for client, escrow in zip(owners[::2], owners[1::2], strict=True):
        purse, box = account(Kind.CLIENT, client), account(Kind.ESCROW, escrow)
        post([Leg(account(Kind.BANK), purse, 2 * FIRST_YEN, "deposit")], key=f"in:{client}")
        post([Leg(purse, box, FIRST_YEN, "fund")], key=f"fund:{client}")
    connections.close_all()
    return [str(owner) for owner in owners]


def _rate(side: str, owners: list[str], transfers: int, turn: int) -> float:
    """Transfers a second of all processes together, from the first one's start to the last one's end."""
    context = multiprocessing.get_context("fork")
    gate, answers = context.Barrier(PROCESSES), context.Queue()
    each = transfers // PROCESSES
    children = [
        context.Process(target=_work, args=(side, owners, _moves(f"{side}:{turn}:{number}", owners, each), gate, answers))
        for number in range(PROCESSES)
    ]
    for child in children:
        child.start()
    times = [answers.get(timeout=300) for _ in children]
    for child in children:
        child.join()
    if None in times:
        raise RuntimeError(f"{side}: a process failed")
    return each * PROCESSES / (max(end for _, end in times) - min(begin for begin, _ in times))


def _moves(name: str, owners: list[str], count: int) -> list[Move]:
    """Number, client, escrow and direction of every transfer; the first one only warms up."""
    chance, half = random.Random(name), len(owners) // 2
    return [(f"{name}:{owners[0]}:{i}", chance.randrange(half) * 2, chance.randrange(half) * 2 + 1, chance.random() < 0.5)
            for i in range(count + 1)]  # fmt: skip


def _work(side: str, owners: list[str], moves: list[Move], gate: Barrier, answers: Queue[tuple[float, float] | None]) -> None:
    span = None
    try:
        send = (_through_the_verb if side == "verb" else _by_prepared_statements)(owners)
        send(*moves[0])
        gate.wait(60)
        begin = time.perf_counter()
        for move in moves[1:]:
            send(*move)
        span = (begin, time.perf_counter())
    finally:
        answers.put(span)


def _through_the_verb(owners: list[str]) -> Send:
    from uuid import UUID

    from sekisho.market.kernel.actors import Actor
    from sekisho.market.kernel.ids import new_id
    from sekisho.market.kernel.permits import Permit, allow
    from sekisho.market.kernel.verbs import verb
    from sekisho.market.ledger.book import Leg, account, post
    from sekisho.market.ledger.models import Kind

    places = [account(Kind.ESCROW if i % 2 else Kind.CLIENT, UUID(owner)) for i, owner in enumerate(owners)]
    allow([Permit("benchmark.transfer", ("operator",))])

    @verb("benchmark.transfer")
    def transfer(_actor: Actor, _thing: None, *, leg: Leg, number: str) -> object:
        return post([leg], key=number)[0]

    operator = Actor(new_id(), "operator", frozenset({"operator"}))

    def send(number: str, client: int, escrow: int, forth: bool) -> object:
        one, other, purpose = (client, escrow, "fund") if forth else (escrow, client, "refund")
        return transfer(operator, None, leg=Leg(places[one], places[other], 1, purpose), number=number)

    return send


def _by_prepared_statements(owners: list[str]) -> Send:
    from uuid import UUID

    import psycopg
    from django.db import connections

    from sekisho.market.kernel import clock
    from sekisho.market.kernel.ids import new_id

    place = connections["default"].settings_dict
    link = psycopg.connect(
        host=place["HOST"], port=place["PORT"], user=place["USER"], dbname=place["NAME"], autocommit=True
    )
    link.prepare_threshold = 0  # prepared at the first use
    ids, operator = [UUID(owner) for owner in owners], new_id()

    def send(number: str, client: int, escrow: int, forth: bool) -> object:
        run = link.execute
        run("BEGIN")
        run("SAVEPOINT one")
        rows = run(_LOCK, ("client", ids[client], "escrow", ids[escrow])).fetchall()
        found = {kind: pk for kind, _, pk in rows}
        one, other, purpose = ("client", "escrow", "fund") if forth else ("escrow", "client", "refund")
        now, transfer = clock.now(), new_id()
        run(_WRITE, (transfer, now, found[one], found[other], 1, purpose, None, new_id(), 1, f"{number}/0"))
        run(_STEP, ([found[one], found[other]], [-1, 1]))
        run("RELEASE SAVEPOINT one")
        run(_NOTE, (new_id(), now, operator, "operator", "benchmark.transfer", "ledger.transfer", transfer, "", None))
        return run("COMMIT")

    return send


def _checked() -> str:
    """The ledger after it all, recomputed: a rate of wrong books would be worth nothing."""
    from django.db import connections

    from sekisho.market.kernel.verification import verify_all

    faults = [fault for fault in verify_all().faults if not fault.startswith(("contracts.escrow", "ledger.owners"))]
    connections.close_all()
    return f"Afterwards every balance was recomputed from its transfers: {len(faults)} faults."

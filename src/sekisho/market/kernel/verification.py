"""Checks of everything stored: rooms register theirs in their `verification` module, `verify_all` runs them. Changes nothing.

A check is a generator of sentences, one a fault; what it looked at it counts in its `Seen`. All run on one snapshot of the
database, so a site may go on working meanwhile. A check that breaks off is a fault, never a pass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.apps import apps
from django.db import connection, transaction
from django.utils.module_loading import autodiscover_modules

from sekisho.market.kernel import audit, outbox
from sekisho.market.kernel.grants import append_only_tables
from sekisho.market.kernel.models import AuditEntry, IdempotencyKey, OutboxRow

MOST_FAULTS = 100
"""So many faults of one check are told; a broken database must not fill the memory."""


@dataclass(slots=True)
class Seen:
    """How much a check looked at, in `things`; `notes` say what it left out, and why: they are told and are no faults."""

    things: str
    count: int = 0
    notes: list[str] = field(default_factory=list)


Check = Callable[[Seen], Iterator[str]]
CHECKS: dict[str, tuple[str, Check]] = {}


@dataclass(frozen=True, slots=True)
class Result:
    """What one check looked at and found. `more`: there were more faults than are told."""

    name: str
    things: str
    count: int
    faults: tuple[str, ...]
    more: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """Every check's result, in the order of their names."""

    results: tuple[Result, ...] = field(default=())

    @property
    def faults(self) -> tuple[str, ...]:
        """Every fault, led by the name of its check."""
        return tuple(f"{result.name}: {fault}" for result in self.results for fault in result.faults)

    @property
    def ok(self) -> bool:
        """Nothing is wrong."""
        return not self.faults

    def lines(self) -> Iterator[str]:
        """For a terminal: a line a check, then its faults."""
        for result in self.results:
            mark = "ok" if not result.faults else f"{len(result.faults)}{'+' if result.more else ''} faults"
            yield f"{result.name}: {result.count:,} {result.things}, {mark}"
            yield from (f"  {told}" for told in (*result.faults, *result.notes))


def checks(name: str, things: str) -> Callable[[Check], Check]:
    """Register a check under `room.what`; `things` says in the plural what it counts. Raises `ValueError` for a taken name."""

    def keep(function: Check) -> Check:
        if name in CHECKS:
            raise ValueError(f"two checks are called {name}")
        CHECKS[name] = (things, function)
        return function

    return keep


def verify_all() -> Report:
    """Run every check of every installed room."""
    autodiscover_modules("verification")
    alone = not connection.in_atomic_block
    with transaction.atomic():
        if alone:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        return Report(tuple(_run(name) for name in sorted(CHECKS)))


def _run(name: str) -> Result:
    things, check = CHECKS[name]
    seen, faults = Seen(things), list[str]()
    try:
        with transaction.atomic():
            faults += islice(check(seen), MOST_FAULTS + 1)
    except Exception as error:  # noqa: BLE001 - whatever a check meets in a damaged database is a fault of the database
        faults.append(f"the check broke off: {type(error).__name__}: {str(error)[:300]}")
    return Result(name, things, seen.count, tuple(faults[:MOST_FAULTS]), len(faults) > MOST_FAULTS, tuple(seen.notes))


def rows(sql: str, parameters: tuple[str, ...] = ()) -> Iterator[tuple[object, ...]]:
    """The rows of a query, as they come: checks ask the database itself, not the models that wrote it."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        yield from cursor.fetchall()


def count(seen: Seen, table: str) -> None:
    """Count the rows of a table as seen."""
    seen.count += next(int(str(n)) for (n,) in rows(f"SELECT count(*) FROM {table}"))


@checks("kernel.audit", "audit entries")
def audit_chain(seen: Seen) -> Iterator[str]:
    """The chain of seals over what was done."""
    seen.count = AuditEntry.objects.count()
    yield from audit.verify()


@checks("kernel.outbox", "rows of the outbox")
def outbox_rows(seen: Seen) -> Iterator[str]:
    """Every row that waits has somebody to do it; none was given up; none is both done and given up."""
    seen.count = OutboxRow.objects.count()
    for row in OutboxRow.objects.filter(done_at=None).order_by("id").iterator():
        if row.dead_at is not None:
            yield f"row {row.id} ({row.topic} for {row.handler}) was given up: {row.error[:200]}"
        elif row.handler not in outbox.HANDLERS.get(row.topic, {}):
            yield f"row {row.id} waits for {row.handler}, which does not handle {row.topic}"
    for row in OutboxRow.objects.exclude(done_at=None).exclude(dead_at=None).order_by("id").iterator():
        yield f"row {row.id} is both done and given up"


@checks("kernel.idempotency", "idempotency keys")
def idempotency_keys(seen: Seen) -> Iterator[str]:
    """Every key's result is still there, and its act stands in the audit log."""
    seen.count = IdempotencyKey.objects.count()
    labels = IdempotencyKey.objects.exclude(result_model="").values_list("result_model", flat=True).distinct()
    for label in labels:
        try:
            meta = apps.get_model(label)._meta
        except LookupError:
            yield f"keys name {label}, which is no model"
            continue
        there = f"SELECT 1 FROM {meta.db_table} t WHERE t.{meta.pk.column}::text = k.result_id"
        sql = f"SELECT id, action, result_id FROM kernel_idempotencykey k WHERE result_model = %s AND NOT EXISTS ({there})"
        for key, action, result in rows(sql, (label,)):
            yield f"key {key} of {action} names {label} {result}, which is gone"
    sql = """SELECT id, action FROM kernel_idempotencykey k WHERE NOT EXISTS (
                 SELECT 1 FROM kernel_auditentry a WHERE a.action = k.action AND a.actor IS NOT DISTINCT FROM k.actor)"""
    for key, action in rows(sql):
        yield f"key {key} claims {action}, which the audit log does not have"


@checks("kernel.guards", "append-only tables")
def guards(seen: Seen) -> Iterator[str]:
    """Tables whose rows are written once have their triggers, and the application's role may only add to them."""
    sql = """SELECT EXISTS (SELECT 1 FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname = %s AND tgenabled IN ('O', 'A')),
                    pg_get_userbyid(relowner) <> current_user
                        AND has_table_privilege(current_user, %s::regclass, 'UPDATE, DELETE, TRUNCATE')
             FROM pg_class WHERE oid = %s::regclass"""
    for table in append_only_tables():
        seen.count += 1
        for guarded, may in rows(sql, (table, f"{table}_append_only", table, table)):
            if not guarded:
                yield f"{table} has no trigger that refuses changes"
            if may:
                yield f"the application's role may change rows of {table}"

"""What a room tells the rooms above it, in the transaction in which it happened.

Rooms above register handlers at start; `tell` writes one row a handler; the background process claims rows with SKIP
LOCKED and marks them done in the transaction of their effect. A handler that fails is tried again, later and later,
and put aside as dead after `TRIES` attempts, where an operator sees it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from sekisho.market.kernel import clock
from sekisho.market.kernel.models import OutboxRow

Handler = Callable[[dict[str, Any]], None]
HANDLERS: dict[str, dict[str, Handler]] = {}
TRIES = 12


def handles(topic: str) -> Callable[[Handler], Handler]:
    """Register a function for a topic. Its name, with its room, is stored: renaming it orphans waiting rows."""

    def keep(function: Handler) -> Handler:
        HANDLERS.setdefault(topic, {})[
            f"{function.__module__.removeprefix('sekisho.market.')}.{function.__name__}"
        ] = function
        return function

    return keep


def tell(topic: str, *, due_at: datetime | None = None, **payload: Any) -> None:
    """Leave word of `topic` for everybody registered. Values of the payload are plain or have a `str`."""
    plain = {
        k: v if isinstance(v, int | bool | list | dict | type(None)) else str(v) for k, v in payload.items()
    }
    OutboxRow.objects.bulk_create(
        OutboxRow(topic=topic, handler=name, payload=plain, due_at=due_at or clock.now())
        for name in sorted(HANDLERS.get(topic, {}))
    )


def deliver(limit: int = 100) -> int:
    """Do what waits, oldest first; returns how many rows were taken. Safe in several processes at once."""
    taken = 0
    while taken < limit and _one():
        taken += 1
    return taken


def _one() -> bool:
    now = clock.now()
    with transaction.atomic():
        row = (
            OutboxRow.objects.select_for_update(skip_locked=True)
            .filter(done_at=None, dead_at=None, due_at__lte=now).order_by("due_at", "id").first()
        )  # fmt: skip
        if row is None:
            return False
        handler = HANDLERS.get(row.topic, {}).get(row.handler)
        try:
            if handler is None:
                raise LookupError(f"no handler is called {row.handler}")
            with transaction.atomic():
                handler(row.payload)
        except Exception as error:
            if not connection.is_usable():
                raise  # not the handler's fault: nothing of this is stored, the row waits as before
            row.attempts += 1
            row.error = f"{type(error).__name__}: {error}"[:2000]
            row.due_at = now + timedelta(seconds=min(2**row.attempts * 5, 6 * 3600))
            row.dead_at = now if row.attempts >= TRIES else None
        else:
            row.done_at = now
        row.save()
    return True

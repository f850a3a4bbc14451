"""Timers: things whose state ends by itself carry `due_at`; the sweep runs the verb of each that is due, as the clock."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import models, transaction

from sekisho.market.kernel import clock
from sekisho.market.kernel.problems import Problem

log = logging.getLogger(__name__)
PUT_OFF = timedelta(minutes=10)
"""A row whose timer failed for no reason of the house's rules is tried again after this."""
TIMERS: list[tuple[type[models.Model], Callable[[Any], Any]]] = []


def timer(model: type[models.Model], fire: Callable[[Any], Any]) -> None:
    """When a row of `model` is due, `fire(row)` runs. It must move the row on or set a later `due_at`."""
    TIMERS.append((model, fire))


def sweep(limit: int = 100) -> int:
    """Fire what is due; returns how many fired. Each in its own transaction; several sweeps at once share the work."""
    fired = 0
    for model, fire in TIMERS:
        for _ in range(limit):
            with transaction.atomic():
                row = (
                    model._default_manager.select_for_update(skip_locked=True, of=("self",))
                    .filter(due_at__lte=clock.now()).order_by("due_at").first()
                )  # fmt: skip
                if row is None:
                    break
                try:
                    with transaction.atomic():
                        fire(row)
                except Problem:
                    # It moved on between the timer and the verb: nothing is due any more.
                    model._default_manager.filter(pk=row.pk).update(due_at=None)
                except Exception as error:  # noqa: BLE001 - one row that fails must not keep the others from their time
                    # After a lost connection this UPDATE fails as well, and the sweep ends: the row stays due.
                    model._default_manager.filter(pk=row.pk).update(due_at=clock.now() + PUT_OFF)
                    log.error("timer of %s %s failed: %s", model._meta.label, row.pk, type(error).__name__)
                fired += 1
    return fired

"""Timers: things whose state ends by itself carry `due_at`; the sweep runs the verb of each that is due, as the clock."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models, transaction

from sekisho.market.kernel import clock
from sekisho.market.kernel.problems import Problem

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
                fired += 1
    return fired

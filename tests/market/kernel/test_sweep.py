"""Timers that fail: one bad row keeps no other from its time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.market.stage import Stage

from sekisho.market.contracts.models import Contract
from sekisho.market.kernel import clock, sweep


def test_a_row_whose_timer_fails_is_put_off_and_the_others_still_fire(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = (stage.agreed(stage.deal()) for _ in range(2))
    Contract.objects.filter(pk__in=[first.pk, second.pk]).update(due_at=clock.now() - timedelta(minutes=1))
    fired = []

    def fire(row: Any) -> None:
        if row.pk == first.pk:
            raise ZeroDivisionError
        fired.append(row.pk)
        Contract.objects.filter(pk=row.pk).update(due_at=None)

    monkeypatch.setattr(sweep, "TIMERS", [(Contract, fire)])
    assert sweep.sweep() == 2
    assert fired == [second.pk]
    assert Contract.objects.get(pk=first.pk).due_at > clock.now()

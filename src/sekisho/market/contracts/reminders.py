"""Word before a wait ends: planned when the wait begins, told once each, dropped when the thing has moved on."""

from __future__ import annotations

from datetime import datetime, timedelta

from sekisho.market.contracts.models import Change, Contract, Dispute, OfContract, Reminder, Termination
from sekisho.market.contracts.silence import silence
from sekisho.market.kernel import clock
from sekisho.market.kernel.outbox import tell
from sekisho.market.kernel.states import StateTable
from sekisho.market.kernel.sweep import timer

_THINGS: dict[str, type[Contract] | type[OfContract]] = {
    "contract": Contract, "termination": Termination, "change": Change, "dispute": Dispute,
}  # fmt: skip


def plan(table: StateTable, thing: Contract | OfContract) -> None:
    """Remind before the end of the wait that `thing` has just entered, as the silence rules say."""
    ends: datetime | None = thing.due_at
    waits = {row.after for row in table.rows if row.state == thing.state and row.after}  # type: ignore[union-attr]
    if ends is None or not waits:
        return
    now = clock.now()
    Reminder.objects.bulk_create([
        Reminder(thing=table.name, thing_id=thing.pk, wait=wait, days=days, ends_at=ends, due_at=due)
        for wait in sorted(waits)
        for days in silence().remind.get(wait, ())
        if (due := ends - timedelta(days=days)) > now
    ], ignore_conflicts=True)  # fmt: skip


def _fire(reminder: Reminder) -> None:
    thing = _THINGS[reminder.thing].objects.filter(pk=reminder.thing_id, due_at=reminder.ends_at).first()
    waits = thing is not None
    Reminder.objects.filter(pk=reminder.pk).update(due_at=None, told_at=clock.now() if waits else None)
    if thing is not None:
        contract = thing if isinstance(thing, Contract) else thing.contract
        tell("contract.reminder", contract=contract.pk, thing=reminder.thing, thing_id=reminder.thing_id,
             wait=reminder.wait, days=reminder.days, ends_at=reminder.ends_at.isoformat())  # fmt: skip


timer(Reminder, _fire)

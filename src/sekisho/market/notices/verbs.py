"""Reading notices."""

from __future__ import annotations

from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.verbs import verb
from sekisho.market.notices.models import Notice


@verb("notice.read")
def read(actor: Actor, notice: Notice) -> Notice:
    """Mark one's own notice as read."""
    if notice.read_at is None:
        notice.read_at = clock.now()
        notice.save(update_fields=["read_at"])
    return notice

"""Who may send, release and withhold."""

from __future__ import annotations

from sekisho.market.kernel.permits import Permit, allow
from sekisho.market.messaging.states import MESSAGE

allow(
    row
    for row in MESSAGE.permits()
    if row.action in {"message.send_anyway", "message.release", "message.withhold"}
)
# The other rows of the lifecycle are not chosen by people: they are what sending can come to.
allow([
    Permit("message.send", ("client", "worker"), "message"),
    Permit("message.inspect", ("moderator",)),
])  # fmt: skip

"""Who may do what with contact requests: the lifecycle says it. What a purpose comes to is decided inside `ask`."""

from __future__ import annotations

from sekisho.market.contact_requests.states import REQUEST
from sekisho.market.kernel.permits import Permit, allow

MADE_BY_OTHERS = frozenset({"contact_request.return", "contact_request.hold"})
allow(row for row in REQUEST.permits() if row.action not in MADE_BY_OTHERS)
allow([Permit("contact_request.suggest", ("client", "worker"), "message")])

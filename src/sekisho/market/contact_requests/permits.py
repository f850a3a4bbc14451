"""Who may do what with contact requests: the lifecycle says it."""

from __future__ import annotations

from sekisho.market.contact_requests.states import REQUEST
from sekisho.market.kernel.permits import Permit, allow

allow(REQUEST.permits())
allow([Permit("contact_request.suggest", ("worker",), "message")])

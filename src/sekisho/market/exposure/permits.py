"""Who may do what with exposure records: the lifecycle says it. A moderator reads a shared one by an act with a reason."""

from __future__ import annotations

from sekisho.market.exposure.states import EXPOSURE
from sekisho.market.kernel.permits import Permit, allow

allow(row for row in EXPOSURE.permits() if row.action != "exposure.leave")
allow([Permit("exposure.inspect", ("moderator",))])

"""Who may read a judgement, and who decides which pack judges."""

from __future__ import annotations

from sekisho.market.judging.states import PACK
from sekisho.market.kernel.permits import Permit, allow

allow([Permit("judgement.read", ("moderator", "operator"))])
allow(row for row in PACK.permits() if row.action != "pack.replace")

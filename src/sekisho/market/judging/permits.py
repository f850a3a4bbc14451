"""Who may read a judgement."""

from __future__ import annotations

from sekisho.market.kernel.permits import Permit, allow

allow([Permit("judgement.read", ("moderator", "operator"))])

"""Who may read notices."""

from __future__ import annotations

from sekisho.market.kernel.permits import Permit, allow

allow([Permit("notice.read", ("owner",))])

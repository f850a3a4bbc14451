"""Who may hand in events: a marketplace's own back end, by its token."""

from __future__ import annotations

from sekisho.market.kernel.permits import Permit, allow

allow([Permit("deal.take_event", ("backend",))])

"""Who may write a profile."""

from __future__ import annotations

from sekisho.market.kernel.permits import Permit, allow

allow([Permit("profile.write", ("member",), "message"), Permit("profile.show", ("moderator",))])

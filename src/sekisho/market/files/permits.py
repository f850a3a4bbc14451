"""Who may upload and fetch."""

from __future__ import annotations

from sekisho.market.kernel.permits import Permit, allow

allow([
    Permit("file.upload", ("member",), "message"),
    Permit("file.discard", ("owner",)),
    Permit("file.fetch", ("owner", "reader"), "read"),
    # A moderator's look at a file is an act of its own, with a reason.
    Permit("file.inspect", ("moderator",)),
])  # fmt: skip

"""Who may read a judgement, and who decides which pack judges."""

from __future__ import annotations

from sekisho.market.judging.states import BACKTEST, PACK, RESCAN
from sekisho.market.kernel.permits import Permit, allow

_OWN = (
    "pack.replace",
    "backtest.begin",
    "backtest.finish",
    "backtest.fail",
    "rescan.show",
    "rescan.finish",
    "rescan.fail",
)
"""Moves that a verb or the background process makes on its way: nobody asks for them."""
allow([
    Permit("judgement.read", ("moderator", "operator")),
    Permit("example.unmask", ("moderator", "operator")),
])  # fmt: skip
allow(row for table in (PACK, BACKTEST, RESCAN) for row in table.permits() if row.action not in _OWN)

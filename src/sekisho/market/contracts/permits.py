"""Who may do what with contracts: the lifecycle says it; only a review is beside it."""

from __future__ import annotations

from sekisho.market.contracts.states import CONTRACT
from sekisho.market.kernel.permits import Permit, allow

allow(CONTRACT.permits())
allow([Permit("contract.review", ("client", "worker"), "finish")])

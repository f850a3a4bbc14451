"""What the clock does to contracts."""

from __future__ import annotations

from sekisho.market.contracts.models import Contract
from sekisho.market.contracts.states import ContractState
from sekisho.market.contracts.verbs import accept_by_silence, lapse
from sekisho.market.kernel.actors import SYSTEM
from sekisho.market.kernel.sweep import timer

_FIRES = {ContractState.AGREED: lapse, ContractState.DELIVERED: accept_by_silence}
timer(Contract, lambda contract: _FIRES[ContractState(contract.state)](SYSTEM, contract))

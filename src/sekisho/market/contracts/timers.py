"""What the clock does in this room, by what waits and where it stands. Nobody's standing stops it."""

from __future__ import annotations

from sekisho.market.contracts import changes, disputes, reviews, settlements, statements, terminations, verbs
from sekisho.market.contracts.models import (
    Change,
    Contract,
    Dispute,
    Review,
    Settlement,
    Statement,
    Termination,
)  # fmt: skip
from sekisho.market.contracts.states import ContractState, DisputeState, SettlementState
from sekisho.market.kernel.actors import SYSTEM
from sekisho.market.kernel.sweep import timer

_CONTRACT = {ContractState.AGREED: verbs.lapse, ContractState.DELIVERED: verbs.accept_by_silence}
_DISPUTE = {
    DisputeState.WAITING: disputes.go_on,
    DisputeState.PROPOSED: disputes.go_on,
    DisputeState.DECISION: disputes.overdue,
}

_SETTLEMENT = {
    SettlementState.PROPOSED: settlements.confirm_alone,
    SettlementState.WAITING: settlements.carry_out,
}


def _dispute(dispute: Dispute) -> None:
    if dispute.state == DisputeState.EVIDENCE:
        pays = disputes.silence_pays(dispute)
        (disputes.pay_by_silence if pays else disputes.close_evidence)(SYSTEM, dispute)
    else:
        _DISPUTE[DisputeState(dispute.state)](SYSTEM, dispute)


timer(Contract, lambda contract: _CONTRACT[ContractState(contract.state)](SYSTEM, contract))
timer(Termination, lambda termination: terminations.lapse(SYSTEM, termination))
timer(Change, lambda change: changes.lapse(SYSTEM, change))
timer(Dispute, _dispute)
timer(Settlement, lambda settlement: _SETTLEMENT[SettlementState(settlement.state)](SYSTEM, settlement))
timer(Statement, lambda statement: statements.overdue(SYSTEM, statement))
timer(Review, lambda review: reviews.overdue(SYSTEM, review))

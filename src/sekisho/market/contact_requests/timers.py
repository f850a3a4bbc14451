"""Requests that nobody answers expire, approvals run out where the policy says so, and all of it ends with the contract.

The deal drops its approvals in the very transaction in which a contract ends; the requests themselves follow here.
"""

from __future__ import annotations

from typing import Any

from sekisho.market.contact_requests.models import ContactRequest
from sekisho.market.contact_requests.policy import policy
from sekisho.market.contact_requests.states import REQUEST, WAITING, RequestState
from sekisho.market.contact_requests.verbs import expire, overdue, run_out
from sekisho.market.contracts.models import Contract
from sekisho.market.contracts.real import token_yen
from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import SYSTEM
from sekisho.market.kernel.outbox import handles, tell
from sekisho.market.kernel.sweep import timer

_FIRES = {RequestState.HELD: overdue, RequestState.APPROVED: run_out}
timer(ContactRequest, lambda request: _FIRES.get(RequestState(request.state), expire)(SYSTEM, request))


def with_contract(payload: dict[str, Any]) -> None:
    """End what was asked or approved in the deal before the contract ended. The deal knows it already: no event is added."""
    contract = Contract.objects.get(pk=payload["contract"])
    rows = ContactRequest.objects.select_for_update(of=("self",)).filter(
        deal_id=contract.deal_id, asked_at__lte=contract.ended_at or clock.now()
    )
    if contract.funded_at is None or contract.funded_yen < token_yen(contract.deal):
        rows = rows.filter(contract=contract)  # it never counted: the others go on
    for request in rows.filter(state__in=[RequestState.APPROVED, *WAITING]):
        name = "end" if request.state == RequestState.APPROVED else "expire"
        REQUEST.move(request, name, ("clock",), policy().waits, answered_at=clock.now())
        tell(f"contact_request.{request.state}", request=request.id)


@handles("contract.completed")
def _completed(payload: dict[str, Any]) -> None:
    with_contract(payload)


@handles("contract.cancelled")
def _cancelled(payload: dict[str, Any]) -> None:
    with_contract(payload)


@handles("contract.lapsed")
def _lapsed(payload: dict[str, Any]) -> None:
    with_contract(payload)


@handles("contract.settled")
def _settled(payload: dict[str, Any]) -> None:
    with_contract(payload)

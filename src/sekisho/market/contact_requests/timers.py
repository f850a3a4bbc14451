"""Requests that nobody answers expire; approvals end with their contract."""

from __future__ import annotations

from typing import Any

from sekisho.market.contact_requests.models import ContactRequest
from sekisho.market.contact_requests.states import RequestState
from sekisho.market.contact_requests.verbs import end, expire
from sekisho.market.kernel.actors import SYSTEM
from sekisho.market.kernel.outbox import handles
from sekisho.market.kernel.sweep import timer

timer(ContactRequest, lambda request: expire(SYSTEM, request))


def _with_contract(payload: dict[str, Any]) -> None:
    for request in ContactRequest.objects.filter(
        contract_id=payload["contract"], state=RequestState.APPROVED
    ):
        end(SYSTEM, request)
    for request in ContactRequest.objects.filter(contract_id=payload["contract"], state=RequestState.ASKED):
        expire(SYSTEM, request)


@handles("contract.completed")
def _completed(payload: dict[str, Any]) -> None:
    _with_contract(payload)


@handles("contract.cancelled")
def _cancelled(payload: dict[str, Any]) -> None:
    _with_contract(payload)


@handles("contract.settled")
def _settled(payload: dict[str, Any]) -> None:
    _with_contract(payload)

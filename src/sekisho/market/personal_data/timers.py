"""Requests that nobody answers expire; what was given is deleted when its time is over, and with its contract."""

from __future__ import annotations

from typing import Any

from sekisho.market.kernel.actors import SYSTEM
from sekisho.market.kernel.outbox import handles
from sekisho.market.kernel.sweep import timer
from sekisho.market.personal_data.models import PersonalDataRequest
from sekisho.market.personal_data.states import DataState
from sekisho.market.personal_data.verbs import expire, run_out

_FIRES = {DataState.ASKED: expire, DataState.APPROVED: run_out}
timer(PersonalDataRequest, lambda request: _FIRES[DataState(request.state)](SYSTEM, request))


def _with_contract(payload: dict[str, Any]) -> None:
    for request in PersonalDataRequest.objects.filter(contract_id=payload["contract"], state__in=_FIRES):
        _FIRES[DataState(request.state)](SYSTEM, request)


@handles("contract.completed")
def _completed(payload: dict[str, Any]) -> None:
    _with_contract(payload)


@handles("contract.cancelled")
def _cancelled(payload: dict[str, Any]) -> None:
    _with_contract(payload)


@handles("contract.settled")
def _settled(payload: dict[str, Any]) -> None:
    _with_contract(payload)

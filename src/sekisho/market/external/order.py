"""Which event can follow in a thread: what an event presupposes must have been told before it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sekisho.core.detection.threads import EventType as E


def _contract(state: dict[str, Any]) -> bool:
    return bool(state["funded"])


def _request(state: dict[str, Any]) -> bool:
    return any(state[side]["requested"] is not None for side in ("client", "worker"))


def _approval(state: dict[str, Any]) -> bool:
    return bool(state["approved"]) or _request(state)


PRESUPPOSED: dict[str, tuple[Callable[[dict[str, Any]], bool], str]] = {
    E.ESCROW_FUNDED: (_contract, "contract_agreed"),
    E.DELIVERED: (_contract, "contract_agreed"),
    E.ACCEPTED: (_contract, "contract_agreed"),
    E.LAPSED: (_contract, "contract_agreed"),
    E.CONTACT_REQUEST_APPROVED: (_request, "contact_request"),
    E.CONTACT_REQUEST_DECLINED: (_request, "contact_request"),
    E.CONTACT_REQUEST_ENDED: (_approval, "contact_request"),
}
"""By type: what must hold of the thread's state, and the event that brings it about."""


def missing(type_: str, state: dict[str, Any]) -> str | None:
    """The event that must come first, or None when this one may come now."""
    row = PRESUPPOSED.get(type_)
    return None if row is None or row[0](state) else row[1]

"""Asking to use an outside tool, and answering. Declining changes nothing in the contract."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from sekisho.interfaces.api.operation import Asked, Shown, Text, act, many, most, one, seen
from sekisho.interfaces.api.operations.deals import DEALS
from sekisho.market.contact_requests import verbs
from sekisho.market.contact_requests.models import ContactRequest
from sekisho.market.contact_requests.states import REQUEST
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.permits import relations


class ContactRequestOut(Shown):
    """A request to use outside tools, for communication only. `can`: the verbs its reader could use now."""

    id: UUID
    deal_id: UUID
    contract_id: UUID | None
    asker: str
    tools: list[str]
    purpose: str
    state: str
    early: bool
    asked_at: datetime
    answered_at: datetime | None
    due_at: datetime | None
    can: list[str] = []

    @classmethod
    def of(cls, row: ContactRequest, actor: Actor) -> ContactRequestOut:
        """With what `actor` can do next."""
        request: ContactRequestOut = cls.from_orm(row)
        request.can = [move.verb for move in REQUEST.open(row.state, relations(actor, row))]
        return request


class ContactRequestIn(Asked):
    """Which tools, and what for."""

    tools: Annotated[list[Literal[verbs.TOOLS]], Field(min_length=1, max_length=len(verbs.TOOLS))]  # type: ignore[valid-type]
    purpose: Annotated[Text, most(1000)]


def _answer(verb: str) -> Any:
    path = f"/contact-requests/{{id}}/{verb}"
    return act(f"contact_requests.{verb}", path, getattr(verbs, verb), MINE, out=ContactRequestOut)


MINE = seen(ContactRequest, "deal")
OPERATIONS = (
    many("contact_requests.list", "/contact-requests", MINE, ContactRequestOut, by="asked_at"),
    one("contact_requests.get", "/contact-requests/{id}", MINE, ContactRequestOut),
    many("deals.contact_requests", "/deals/{id}/contact-requests", MINE, ContactRequestOut, by="asked_at",
         under=("deal", DEALS)),
    act("contact_requests.ask", "/deals/{id}/contact-requests", verbs.ask, DEALS, body=ContactRequestIn,
        out=ContactRequestOut, status=201),
    act("contact_requests.suggest", "/deals/{id}/contact-requests/suggest", verbs.suggest, DEALS),
    _answer("approve"),
    _answer("decline"),
    _answer("withdraw"),
    _answer("end"),
)  # fmt: skip

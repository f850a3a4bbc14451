"""The house's desk: what cannot wait."""

from __future__ import annotations

from typing import Annotated, Any

from sekisho.interfaces.api.operation import Asked, Text, act, every, many, most
from sekisho.interfaces.api.operations.contracts import ContractOut
from sekisho.interfaces.api.operations.deals import MessageOut
from sekisho.interfaces.api.operations.jobs import JobOut
from sekisho.interfaces.api.operations.people import ProfileOut
from sekisho.market.contracts.models import Contract
from sekisho.market.contracts.states import ContractState
from sekisho.market.jobs import verbs as jobs
from sekisho.market.jobs.models import Job
from sekisho.market.jobs.states import JobState
from sekisho.market.messaging import verbs as messages
from sekisho.market.messaging.models import Message
from sekisho.market.messaging.states import MessageState
from sekisho.market.profiles import verbs as profiles
from sekisho.market.profiles.models import Profile


class ReasonIn(Asked):
    """Why: read by whom it is about."""

    because: Annotated[Text, most(1000)]


def _waiting(model: Any, state: str, *related: str) -> Any:
    return lambda _actor: model.objects.filter(state=state).select_related(*related)


STAFF: dict[str, Any] = {"words": frozenset({"moderator", "operator"}), "scope": "desk"}
HELD, POSTED = every(Message, "judgement", "deal"), every(Job, "client", "judgement")
OPERATIONS = (
    many("house.messages", "/house/messages", _waiting(Message, MessageState.HELD, "judgement"), MessageOut, **STAFF),
    act("house.release", "/house/messages/{id}/release", messages.release, HELD, out=MessageOut, **STAFF),
    act("house.withhold", "/house/messages/{id}/withhold", messages.withhold, HELD, body=ReasonIn, out=MessageOut, **STAFF),
    many("house.jobs", "/house/jobs", _waiting(Job, JobState.SCREENING, "client", "judgement"), JobOut, by="made_at", **STAFF),
    act("house.publish", "/house/jobs/{id}/publish", jobs.publish, POSTED, out=JobOut, **STAFF),
    act("house.send_back", "/house/jobs/{id}/send-back", jobs.send_back, POSTED, body=ReasonIn, out=JobOut, **STAFF),
    act("house.remove", "/house/jobs/{id}/remove", jobs.remove, POSTED, body=ReasonIn, out=JobOut, **STAFF),
    many("house.disputes", "/house/disputes", _waiting(Contract, ContractState.DISPUTED, "deal"), ContractOut, by="made_at",
         **STAFF),
    act("house.show_profile", "/house/profiles/{id}/show", profiles.show, every(Profile), out=ProfileOut, **STAFF),
)  # fmt: skip

"""The house's desk: what cannot wait."""

from __future__ import annotations

from typing import Annotated, Any

from sekisho.interfaces.api.operation import Asked, Text, act, every, many, most
from sekisho.interfaces.api.operations.agreements import StatementOut
from sekisho.interfaces.api.operations.contact import ContactRequestOut
from sekisho.interfaces.api.operations.contracts import ContractOut, ReviewOut
from sekisho.interfaces.api.operations.deals import MessageOut
from sekisho.interfaces.api.operations.hiring import RevisionOut
from sekisho.interfaces.api.operations.jobs import ApplicationOut, JobOut
from sekisho.interfaces.api.operations.people import ProfileOut
from sekisho.market.contact_requests import verbs as requests
from sekisho.market.contact_requests.models import ContactRequest
from sekisho.market.contracts import reviews, statements
from sekisho.market.contracts.models import Contract, Review, Statement
from sekisho.market.contracts.states import ContractState
from sekisho.market.jobs import applications
from sekisho.market.jobs import verbs as jobs
from sekisho.market.jobs.models import Application, Job, Revision
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


def _look(
    name: str, module: Any, model: Any, out: Any, *related: str, state: str = "held"
) -> tuple[Any, ...]:
    """What is held, and letting it pass or keeping it back."""
    rows, path = every(model, *related), f"/house/{name.replace('_', '-')}"
    by = "asked_at" if model is ContactRequest else "at"
    return (
        many(f"house.{name}", path, _waiting(model, state, *related), out, by=by, **STAFF),
        act(f"house.{name}.release", f"{path}/{{id}}/release", module.release, rows, out=out, **STAFF),
        act(
            f"house.{name}.withhold",
            f"{path}/{{id}}/withhold",
            module.withhold,
            rows,
            body=ReasonIn,
            out=out,
            **STAFF,
        ),
    )


EDITED = every(Revision, "job")
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
    *_look("applications", applications, Application, ApplicationOut, "worker"),
    *_look("contact_requests", requests, ContactRequest, ContactRequestOut, "deal"),
    *_look("statements", statements, Statement, StatementOut, "contract__deal"),
    *_look("reviews", reviews, Review, ReviewOut, "contract__deal", state="hidden"),
    many("house.revisions", "/house/revisions", _waiting(Revision, "held"), RevisionOut, **STAFF),
    act("house.revisions.publish", "/house/revisions/{id}/publish", jobs.publish_revision, EDITED, out=RevisionOut, **STAFF),
    act("house.revisions.send_back", "/house/revisions/{id}/send-back", jobs.send_back_revision, EDITED, body=ReasonIn,
        out=RevisionOut, **STAFF),
)  # fmt: skip

"""What the house does beside its desk: reading whole records with a reason, erasing, roles; and tokens of everybody."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.db.models import Q
from ninja import Schema
from pydantic import Field

from sekisho.interfaces.api.callers import SCOPES
from sekisho.interfaces.api.operation import Ask, Asked, Op, Shown, Text, act, every, found, many, most
from sekisho.interfaces.api.operations.people import MeOut
from sekisho.market.deals import verbs as deals
from sekisho.market.deals.models import Deal
from sekisho.market.deals.reading import MOST, EventRow
from sekisho.market.kernel import fields
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.problems import Problem
from sekisho.market.messaging import verbs as messages
from sekisho.market.people import verbs as people
from sekisho.market.people.models import Account, Token
from sekisho.market.personal_data import recruiter
from sekisho.market.profiles.models import Profile

Why = Annotated[Text, most(1000)]


class ReadIn(Asked):
    """Why, and which page: the last, or what is before a position."""

    because: Why
    before: Annotated[int, Field(ge=0, le=2_000_000_000)] | None = None
    limit: Annotated[int, Field(ge=1, le=MOST)] = 50


class RecordRowOut(Schema):
    """One event of a record. `body` is null when it was erased, and `erased` says why."""

    id: UUID
    position: int
    type: str
    by: str
    author: UUID | None
    at: datetime
    body: dict[str, Any] | None
    erased: str


class EntryOut(Schema):
    """An event, or an attempt to say something that was not delivered, or both. `findings`: of its words and its files."""

    event: RecordRowOut | None
    message: UUID | None
    author: UUID | None
    state: str
    text: str
    files: list[UUID]
    findings: list[dict[str, Any]]


class RecordOut(Schema):
    """A page of a deal's log. `older`: what to give as `before` for the page before."""

    items: list[RecordRowOut]
    older: int | None


class WholeThreadOut(Schema):
    """A page of a thread with everybody's attempts and true states."""

    items: list[EntryOut]
    older: int | None


class EraseIn(Asked):
    """Which event's body, and why: both sides read it."""

    position: Annotated[int, Field(ge=0, le=2_000_000_000)]
    because: Annotated[Text, most(200)]


class RolesIn(Asked):
    """All four, as they shall be."""

    is_client: bool
    is_worker: bool
    is_moderator: bool
    is_operator: bool


class LangIn(Asked):
    """Of notices and letters."""

    lang: Literal["ja", "en"]


class TokenOut(Shown):
    """A token that works. The token itself is told once, when it is made."""

    id: UUID
    name: str
    account_id: UUID | None
    scopes: list[str]
    made_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


class SecretTokenOut(Schema):
    """The token, told this once; null for a call that was repeated with its key."""

    token: str | None


class TokenIn(Asked):
    """What it is for, in one's own words."""

    name: Annotated[Text, most(60)]


class BackendTokenIn(TokenIn):
    """And what the back end may do."""

    scopes: Annotated[list[Literal[tuple(SCOPES)]], Field(max_length=len(SCOPES))]  # type: ignore[valid-type]


class RecruiterOut(Schema):
    """A client's name, address and contact, apart from free text."""

    name: str
    address: str
    contact: str


class RecruiterIn(Asked):
    """One's own fields."""

    name: Annotated[Text, most(80)] = ""
    address: Annotated[Text, most(200)] = ""
    contact: Annotated[Text, most(200)] = ""


def _plain(row: EventRow) -> RecordRowOut:
    return RecordRowOut(**{name: getattr(row, name) for name in RecordRowOut.model_fields})


def _record(ask: Ask) -> Any:
    page = deals.inspect(ask.actor, found(EVERY_DEAL, ask.actor, ask.pk), **ask.body)
    return RecordOut(items=[_plain(row) for row in page.rows], older=page.older)


def _thread(ask: Ask) -> Any:
    page = messages.inspect(ask.actor, found(EVERY_DEAL, ask.actor, ask.pk), **ask.body)
    return WholeThreadOut(items=[_entry(entry) for entry in page.entries], older=page.older)


def _entry(entry: Any) -> EntryOut:
    message = entry.message
    judgements = ([message.judgement] if message else []) + list(entry.judgements)
    return EntryOut(
        event=_plain(entry.event) if entry.event else None, message=message and message.id,
        author=message.author_id if message else entry.event.author, state=entry.state, text=message.text if message else "",
        files=[upload.id for upload in entry.files],
        findings=[f for judgement in judgements for f in judgement.findings if f["verdict"] != "clear"],
    )  # fmt: skip


def _roles(ask: Ask) -> Any:
    account = found(MEMBERS, ask.actor, ask.pk)
    people.set_roles(ask.actor, account, ask.body, key=ask.key)
    return MeOut.of(found(MEMBERS, ask.actor, ask.pk), ask.actor)


def _speak(ask: Ask) -> Any:
    return MeOut.of(
        people.speak(ask.actor, Account.objects.get(pk=ask.actor.me), **ask.body, key=ask.key), ask.actor
    )


def _token(ask: Ask) -> dict[str, Any]:
    return {
        "token": people.make_token(ask.actor, None, fields.line(ask.body["name"], "name", 60), key=ask.key)
    }


def _backend_token(ask: Ask) -> dict[str, Any]:
    name = fields.line(ask.body["name"], "name", 60)
    return {"token": people.make_backend_token(ask.actor, None, name, ask.body["scopes"], key=ask.key)}


def _tokens(actor: Actor) -> Any:
    mine = Q(account_id=actor.me) | (Q(account=None) if "operator" in actor.roles else Q(pk=None))
    return Token.objects.filter(mine)


def _live(actor: Actor) -> Any:
    return _tokens(actor).filter(revoked_at=None)


def _own_recruiter(ask: Ask) -> Any:
    return _recruiter(Profile.objects.filter(account_id=ask.actor.me).first())


def _recruiter(profile: Profile | None) -> RecruiterOut:
    return RecruiterOut(**{name: getattr(profile, f"recruiter_{name}", "") for name in recruiter.FIELDS})


def _write_recruiter(ask: Ask) -> Any:
    return _recruiter(recruiter.write(ask.actor, None, **ask.body, key=ask.key))


def _their_recruiter(ask: Ask) -> Any:
    told = recruiter.shown_to(ask.actor, found(MEMBERS, ask.actor, ask.pk).pk)
    if told is None:
        raise Problem("not_found")
    return RecruiterOut(**told)


EVERY_DEAL = every(Deal, "client", "worker")
MODERATOR: dict[str, Any] = {"words": frozenset({"moderator"})}
OPERATOR: dict[str, Any] = {"words": frozenset({"operator"})}


def MEMBERS(_actor: Actor) -> Any:  # noqa: N802 - a table of rows like the others
    """Accounts that are there."""
    return Account.objects.filter(is_active=True, deleted_at=None)


OPERATIONS = (
    Op(name="house.record", method="POST", path="/house/deals/{id}/record", about="A moderator reads a deal's log, and says why.",
       body=ReadIn, out=RecordOut, answer=_record, does="deal.inspect", **MODERATOR),
    Op(name="house.thread", method="POST", path="/house/deals/{id}/thread", body=ReadIn, out=WholeThreadOut, answer=_thread,
       about="A moderator reads a thread with every attempt, and says why.", does="message.inspect", **MODERATOR),
    act("house.erase_body", "/house/deals/{id}/erase-body", deals.erase_body, EVERY_DEAL, body=EraseIn, **OPERATOR),
    Op(name="house.set_roles", method="PUT", path="/house/accounts/{id}/roles", about="Give or take roles.", body=RolesIn,
       out=MeOut, answer=_roles, does="people.set_roles", **OPERATOR),
    act("house.verify_identity", "/house/accounts/{id}/verify-identity", people.verify_identity, MEMBERS, **OPERATOR),
    Op(name="house.make_token", method="POST", path="/house/tokens", about="A token for a marketplace's back end.", status=201,
       body=BackendTokenIn, out=SecretTokenOut, answer=_backend_token, does="people.make_backend_token", **OPERATOR),
    Op(name="me.speak", method="PUT", path="/me/lang", about="The language of notices and letters.", body=LangIn, out=MeOut,
       answer=_speak, does="people.speak"),
    many("tokens.list", "/me/tokens", _live, TokenOut, by="made_at"),
    Op(name="tokens.make", method="POST", path="/me/tokens", about="A token with one's own rights.", body=TokenIn, status=201,
       out=SecretTokenOut, answer=_token, does="people.make_token"),
    act("tokens.revoke", "/me/tokens/{id}", people.revoke_token, _tokens, method="DELETE"),
    Op(name="recruiter.get", method="GET", path="/me/recruiter", about="One's own fields for one's workers.", out=RecruiterOut,
       answer=_own_recruiter),
    Op(name="recruiter.write", method="PUT", path="/me/recruiter", about="Name, address and contact, apart from free text.",
       body=RecruiterIn, out=RecruiterOut, answer=_write_recruiter, does="recruiter.write"),
    Op(name="accounts.recruiter", method="GET", path="/accounts/{id}/recruiter", out=RecruiterOut, answer=_their_recruiter,
       about="A client's name, address and contact, from when the policy shows them to whoever asks."),
)  # fmt: skip

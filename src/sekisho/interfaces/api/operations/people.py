"""Oneself, others' profiles, blocks."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from sekisho.interfaces.api.operation import Ask, Asked, Op, Shown, Text, act, every, found, most
from sekisho.interfaces.api.operations.jobs import PersonOut
from sekisho.market.people import leaving
from sekisho.market.people import verbs as people
from sekisho.market.people.models import Account, Block
from sekisho.market.profiles import verbs as profiles
from sekisho.market.profiles.models import Profile, TrackRecord


class MeOut(Shown):
    """Who the token is of."""

    id: UUID
    email: str
    display_name: str
    lang: str
    is_client: bool
    is_worker: bool
    is_moderator: bool
    is_operator: bool
    standing: str
    identity_verified_at: datetime | None
    registered_at: datetime
    deletion_asked_at: datetime | None


class RecordOut(Shown):
    """What happened, counted. `rating` and `completion` are null before there is anything to count."""

    reviews: int = 0
    orders: int = 0
    completed: int = 0
    rating: float | None = None
    completion: float | None = None


class ProfileOut(Shown):
    """One's own words. Not `shown` ones wait until somebody has looked at them."""

    headline: str = ""
    body: str = ""
    links: list[str] = []
    company: str = ""
    shown: bool = True
    updated_at: datetime | None = None


class AccountOut(Schema):
    """What everybody with a token may know of somebody."""

    id: UUID
    display_name: str
    identity_verified: bool
    registered_at: datetime
    headline: str
    body: str
    links: list[str]
    company: str
    record: RecordOut


class ProfileIn(Asked):
    """A profile."""

    headline: Annotated[Text, most(80)] = ""
    body: Annotated[Text, most(3000)] = ""
    links: Annotated[list[Annotated[Text, most(300)]], Field(max_length=10)] = []
    company: Annotated[Text, most(80)] = ""


class BlocksOut(Schema):
    """Whom one has blocked."""

    items: list[PersonOut]


def _me(ask: Ask) -> Any:
    return MeOut.of(Account.objects.get(pk=ask.actor.me), ask.actor)


def _profile(ask: Ask) -> Any:
    row = Profile.objects.filter(account_id=ask.actor.me).first()
    return ProfileOut.of(row, ask.actor) if row else ProfileOut()


def _account(ask: Ask) -> AccountOut:
    account = found(lambda _: Account.objects.filter(is_active=True, deleted_at=None), ask.actor, ask.pk)
    profile = Profile.objects.filter(account=account, shown=True).first() or Profile()
    record = TrackRecord.objects.filter(account=account).first()
    return AccountOut(
        id=account.id, display_name=account.display_name, identity_verified=account.identity_verified_at is not None,
        registered_at=account.registered_at, headline=profile.headline, body=profile.body, links=profile.links,
        company=profile.company, record=RecordOut.of(record, ask.actor) if record else RecordOut(),
    )  # fmt: skip


def _blocks(ask: Ask) -> dict[str, Any]:
    rows = Block.objects.filter(blocker_id=ask.actor.me).select_related("blocked").order_by("-at")
    return {"items": [row.blocked for row in rows]}


def _own(verb: Any) -> Any:
    def answer(ask: Ask) -> Any:
        return MeOut.of(verb(ask.actor, Account.objects.get(pk=ask.actor.me), key=ask.key), ask.actor)

    return answer


OPERATIONS = (
    Op(name="me.ask_deletion", method="POST", path="/me/deletion", out=MeOut, answer=_own(leaving.ask_deletion),
       does="people.ask_deletion",
       about="Ask for one's account to be deleted; it waits while a contract is open."),
    Op(name="me.withdraw_deletion", method="DELETE", path="/me/deletion", about="Stay after all.", out=MeOut,
       answer=_own(leaving.withdraw_deletion), does="people.withdraw_deletion"),
    Op(name="me.get", method="GET", path="/me", about="Who the token is of.", out=MeOut, answer=_me),
    Op(name="me.profile", method="GET", path="/me/profile", about="One's own profile.", out=ProfileOut, answer=_profile),
    act("me.write_profile", "/me/profile", profiles.write, body=ProfileIn, out=ProfileOut, method="PUT"),
    Op(name="me.blocks", method="GET", path="/me/blocks", about="Whom one has blocked.", out=BlocksOut, answer=_blocks),
    Op(name="accounts.get", method="GET", path="/accounts/{id}", about="Somebody's public profile and record.", out=AccountOut,
       answer=_account, scope="market"),
    act("accounts.block", "/accounts/{id}/block", people.block, every(Account)),
    act("accounts.unblock", "/accounts/{id}/block", people.unblock, every(Account), method="DELETE"),
)  # fmt: skip

"""What can be done with accounts."""

from __future__ import annotations

import hashlib
import secrets
from uuid import UUID

from django.db.models import Q

from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import Actor, Standing
from sekisho.market.kernel.outbox import tell
from sekisho.market.kernel.permits import STANDINGS
from sekisho.market.kernel.problems import Kind, Problem, Row, describe
from sekisho.market.kernel.verbs import verb
from sekisho.market.people.models import ROLES, Account, Block, Token

describe({
    "unblock_first": Row(Kind.CONFLICT, "この相手をブロックしています。続けるには、先にブロックを解除してください。",
                         "You have blocked this person. Unblock them first."),
})  # fmt: skip


@verb("people.block")
def block(actor: Actor, other: Account) -> None:
    """`other` is no longer met: no message, invitation, application or search hit, either way. He is not told."""
    if actor.id == other.id:
        raise Problem("not_yours")
    Block.objects.get_or_create(blocker_id=actor.id, blocked=other)


@verb("people.unblock")
def unblock(actor: Actor, other: Account) -> None:
    """Undo one's own block."""
    Block.objects.filter(blocker_id=actor.id, blocked=other).delete()


def blocked_between(one: object, other: object) -> bool:
    """Whether either of two account ids blocks the other."""
    return Block.objects.filter(blocker__in=[one, other], blocked__in=[one, other]).exists()


def blocks(one: UUID | None, other: UUID) -> bool:
    """Whether account id `one` blocks `other`."""
    return Block.objects.filter(blocker=one, blocked=other).exists()


def not_apart(field: str, account: UUID | None) -> Q:
    """For queries: the account id in `field` neither blocks `account` nor is blocked by it."""
    if account is None:
        return Q()
    by, of = Block.objects.filter(blocker=account), Block.objects.filter(blocked=account)
    return ~Q(**{f"{field}__in": by.values("blocked")}) & ~Q(**{f"{field}__in": of.values("blocker")})


@verb("people.make_token")
def make_token(actor: Actor, thing: None, name: str) -> str:
    """A bearer token with the rights of `actor`, told once and never again. Only its hash is kept."""
    return _token(name, account_id=actor.id)


@verb("people.make_backend_token")
def make_backend_token(actor: Actor, thing: None, name: str, scopes: tuple[str, ...]) -> str:
    """A bearer token for a marketplace's own back end, with the scopes it may use."""
    return _token(name, scopes=sorted(scopes))


def _token(name: str, **fields: object) -> str:
    secret = "sk_" + secrets.token_urlsafe(32)
    Token.objects.create(digest=hashlib.sha256(secret.encode()).digest(), name=name, **fields)
    return secret


@verb("people.revoke_token")
def revoke_token(actor: Actor, token: Token) -> Token:
    """The token works no more."""
    token.revoked_at = token.revoked_at or clock.now()
    token.save(update_fields=["revoked_at"])
    return token


def bearer(secret: str) -> Token | None:
    """The live token this secret is of, or None."""
    digest = hashlib.sha256(secret.encode("utf-8", "replace")).digest()
    return Token.objects.select_related("account").filter(digest=digest, revoked_at=None).first()


@verb("people.set_standing")
def set_standing(actor: Actor, account: Account, standing: Standing) -> None:
    """By a decision only. Where the new standing permits something else, every session ends, so that it holds at once."""
    if STANDINGS[Standing(account.standing)] != STANDINGS[standing]:
        account.standing_epoch += 1
    account.standing = standing
    account.save(update_fields=["standing", "standing_epoch"])
    tell("people.standing_set", account=account.id, standing=standing.value)


@verb("people.set_roles")
def set_roles(actor: Actor, account: Account, roles: dict[str, bool]) -> None:
    """Give or take roles (`is_client`, …). Nobody takes his own role of operator away: a house needs one."""
    unknown = roles.keys() - ROLES.keys()
    if unknown or (actor.id == account.id and roles.get("is_operator") is False):
        raise Problem("not_yours")
    for field, value in roles.items():
        setattr(account, field, value)
    account.standing_epoch += 1
    account.save(update_fields=[*roles, "standing_epoch"])


@verb("people.verify_identity")
def verify_identity(actor: Actor, account: Account) -> None:
    """Mark that the house has seen an identity document. The document itself is not kept here."""
    account.identity_verified_at = clock.now()
    account.save(update_fields=["identity_verified_at"])


@verb("people.speak")
def speak(actor: Actor, account: Account, lang: str) -> Account:
    """Choose the language of notices and letters."""
    account.lang = "en" if lang == "en" else "ja"
    account.save(update_fields=["lang"])
    return account

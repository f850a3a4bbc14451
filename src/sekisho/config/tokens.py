"""Tokens of the API made at the machine itself, by whoever may run commands there."""

from __future__ import annotations

from sekisho.interfaces.api.callers import SCOPES
from sekisho.market.kernel.actors import Actor
from sekisho.market.people import verbs
from sekisho.market.people.models import Account

HERE = Actor(None, "command line", frozenset({"operator"}))
"""Whoever reaches the machine is its operator; the audit chain says so."""


class NoToken(ValueError):
    """There is nobody to make it for, or no such scope."""


def for_person(email: str, name: str) -> str:
    """A token of the account with this address. Raises `NoToken`."""
    account = Account.objects.filter(email=email.strip().lower(), is_active=True, deleted_at=None).first()
    if account is None:
        raise NoToken(f"nobody is registered as {email}")
    return verbs.make_token(account.actor, None, name)


def for_back_end(name: str, scopes: tuple[str, ...]) -> str:
    """A token of a marketplace's back end. Raises `NoToken` for a scope that there is not."""
    unknown = [scope for scope in scopes if scope not in SCOPES]
    if unknown or not scopes:
        raise NoToken(f"the scopes are {', '.join(SCOPES)}; {', '.join(unknown) or 'none'} was asked for")
    return verbs.make_backend_token(HERE, None, name, scopes)

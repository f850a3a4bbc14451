"""Who calls: somebody with a token of his own, or a marketplace's back end. Only the Authorization header counts."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from ninja.security import HttpBearer

from sekisho.interfaces.api.problems import too_fast
from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.limits import take
from sekisho.market.kernel.problems import Problem
from sekisho.market.people.models import Token
from sekisho.market.people.verbs import bearer

SCOPES: dict[str, frozenset[str]] = {
    "market": frozenset(),
    "judge": frozenset(),
    "events": frozenset(),
    "webhooks": frozenset(),
    "desk": frozenset({"moderator"}),
    "money": frozenset({"operator"}),
}
"""What a back end's token can be given, and the words of the permission table that come with it (beside `backend`)."""
_NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Caller:
    """One who calls. `scopes` is None for a person, who may do whatever the permission table says."""

    actor: Actor
    token: str
    scopes: frozenset[str] | None

    def need(self, scope: str | None) -> None:
        """Raise `Problem` users_only or no_scope for a back end without `scope` (None: not for back ends at all)."""
        if self.scopes is None:
            return
        if scope is None:
            raise Problem("users_only")
        if scope not in self.scopes:
            raise Problem("no_scope", scope=scope)

    def key(self, given: str | None) -> str | None:
        """An idempotency key; those of two back ends, which are nobody, never meet."""
        return f"{self.token}:{given}" if given is not None and self.actor.id is None else given


@dataclass(frozen=True, slots=True)
class Limits:
    """The policy of `limits.toml`."""

    body_bytes: int
    read: dict[str, int]
    write: dict[str, int]


@cache
def limits() -> Limits:
    """The policy in force."""
    return Limits(**tomllib.loads(files(__package__).joinpath("limits.toml").read_text("utf-8")))


class Bearer(HttpBearer):
    """A token becomes a caller. Each token has its own buckets: one for reading, one for everything else."""

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        """The caller; None for a token that is not (or no longer) good. Raises `Problem("too_fast")`."""
        row = bearer(token) if token.isascii() and len(token) <= 200 else None
        if row is None or (row.account is not None and (not row.account.is_active or row.account.deleted_at)):
            return None
        kind = "read" if request.method in ("GET", "HEAD") else "write"
        wait = take(f"api:{kind}:{row.id}", **getattr(limits(), kind))
        if wait:
            raise too_fast(wait)
        now = clock.now()
        Token.objects.filter(Q(last_used_at=None) | Q(last_used_at__lt=now - _NOTED_EVERY), pk=row.pk).update(
            last_used_at=now
        )
        return Caller(_actor(row), str(row.id), None if row.account else frozenset(row.scopes))


def _actor(row: Token) -> Actor:
    if row.account is not None:
        return row.account.actor
    words: Any = [SCOPES.get(scope, frozenset()) for scope in row.scopes]
    return Actor(None, row.name, frozenset({"anyone", "backend"}).union(*words))

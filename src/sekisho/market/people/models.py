"""Accounts, blocks and tokens."""

from __future__ import annotations

import hashlib
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import Actor, Standing
from sekisho.market.kernel.ids import new_id

Rows = TypeVar("Rows", bound="models.QuerySet[Any]")
ROLES = {
    "is_client": "a_client",
    "is_worker": "a_worker",
    "is_moderator": "moderator",
    "is_operator": "operator",
}
"""Fields of an account and the words of the permission table they stand for."""


class AccountManager(BaseUserManager["Account"]):
    """Creates accounts; asked by Django's own commands and by allauth."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Account:
        """A stored account with a hashed password (None: cannot log in by password)."""
        account = self.model(email=email.strip().lower(), **fields)
        account.set_password(password)
        account.save()
        return account

    def get_by_natural_key(self, username: str | None) -> Account:
        """Addresses are compared without regard to case."""
        return self.get(email=(username or "").lower())


class Account(AbstractBaseUser):
    """One person or company. One may be client and worker at once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(max_length=254, unique=True)
    display_name = models.CharField(max_length=60)
    lang = models.CharField(max_length=2, default="ja")
    is_client = models.BooleanField(default=False)
    is_worker = models.BooleanField(default=True)
    is_moderator = models.BooleanField(default=False)
    is_operator = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    standing = models.CharField(
        max_length=20, choices=[(s.value, s.value) for s in Standing], default=Standing.GOOD
    )
    standing_epoch = models.PositiveIntegerField(default=0)
    identity_verified_at = models.DateTimeField(null=True)
    registered_at = models.DateTimeField(default=clock.now)
    deletion_asked_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["display_name"]
    objects = AccountManager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="account_email_lower"),
            models.CheckConstraint(
                condition=models.Q(standing__in=[s.value for s in Standing]), name="account_standing"
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def actor(self) -> Actor:
        """This account as one who acts."""
        held = {word for field, word in ROLES.items() if getattr(self, field)}
        return Actor(
            self.id, self.display_name, frozenset({"anyone", "member"} | held), Standing(self.standing)
        )

    def relations(self, actor: Actor) -> frozenset[str]:
        """`self` for its owner."""
        return frozenset({"self"} if actor.id == self.id else ())

    def get_session_auth_hash(self) -> str:
        """Ends every session when the password or the standing changes."""
        return hashlib.sha256(f"{super().get_session_auth_hash()}:{self.standing_epoch}".encode()).hexdigest()


class Block(models.Model):
    """`blocker` wants nothing to do with `blocked`. Silent; counts both ways."""

    blocker = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    blocked = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["blocker", "blocked"], name="block_once"),
            models.CheckConstraint(condition=~models.Q(blocker=models.F("blocked")), name="block_not_self"),
        ]


def without_blocked(rows: Rows, field: str, person: UUID) -> Rows:
    """Of `rows` those whose `field` (an account) neither blocks `person` nor is blocked by him."""
    mine = Block.objects.filter(blocker=person).values("blocked_id")
    of_me = Block.objects.filter(blocked=person).values("blocker_id")
    return rows.exclude(**{f"{field}__in": mine}).exclude(**{f"{field}__in": of_me})


class Token(models.Model):
    """A bearer token of the API: of an account, or of a marketplace's own back end. Only its hash is stored."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    digest = models.BinaryField(max_length=32, unique=True)
    account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    scopes = models.JSONField(default=list)
    made_at = models.DateTimeField(default=clock.now)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def relations(self, actor: Actor) -> frozenset[str]:
        """`self` for whose token it is."""
        return frozenset({"self"} if self.account_id is not None and actor.id == self.account_id else ())

"""Leaving: an account is deleted some days after it was asked for, once nothing open stands in the way that its owner knows of.

What only the house knows (a case) must not show in when or how an account goes: name and address are kept apart for everybody
for a while, and longer where the house needs them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import SYSTEM, Actor
from sekisho.market.kernel.outbox import tell
from sekisho.market.kernel.sweep import timer
from sekisho.market.kernel.verbs import verb
from sekisho.market.people.models import Account, Departed, Token

GRACE = timedelta(days=7)
"""From the wish to the deletion: time to change one's mind, or to notice that somebody else asked."""
AGAIN = timedelta(days=1)
"""Where something is open, it is looked at again after this."""
KEPT = timedelta(days=90)
"""How long name and address are kept apart; as long again while a case about the account is open."""
HINDRANCES: list[Callable[[UUID], bool]] = []
"""What keeps an account from being deleted, all of it known to its owner: each room above adds a question about an id."""
KEEPS: list[Callable[[UUID], bool]] = []
"""Why the house still needs name and address of one who left."""


@verb("people.ask_deletion")
def ask_deletion(actor: Actor, account: Account) -> Account:
    """Ask for one's account to be deleted. It waits while a contract or appeal is open: rooms above hinder it."""
    if account.deletion_asked_at is None:
        account.deletion_asked_at = clock.now()
        account.due_at = account.deletion_asked_at + GRACE
        account.save(update_fields=["deletion_asked_at", "due_at"])
        tell("people.deletion_asked", account=account.id)
    return account


@verb("people.withdraw_deletion")
def withdraw_deletion(actor: Actor, account: Account) -> Account:
    """Stay after all."""
    account.deletion_asked_at = account.due_at = None
    account.save(update_fields=["deletion_asked_at", "due_at"])
    return account


@verb("people.delete")
def delete(actor: Actor, account: Account) -> bool:
    """Delete an account that asked for it, unless something hinders it. Name and address go; what it did in deals stays."""
    if account.deletion_asked_at is None or any(hinders(account.id) for hinders in HINDRANCES):
        account.due_at = clock.now() + AGAIN if account.deletion_asked_at else None
        account.save(update_fields=["due_at"])
        return False
    Departed.objects.create(
        account=account, email=account.email, display_name=account.display_name, due_at=clock.now() + KEPT
    )
    account.email, account.display_name = f"deleted-{account.id}@sekisho.invalid", "退会した方"
    account.is_active, account.deleted_at, account.due_at = False, clock.now(), None
    account.standing_epoch += 1
    account.set_unusable_password()
    account.save()
    Token.objects.filter(account=account, revoked_at=None).update(revoked_at=clock.now())
    tell("people.deleted", account=account.id)
    return True


@verb("people.forget")
def forget(actor: Actor, departed: Departed) -> bool:
    """Erase name and address of one who left, unless the house still needs them."""
    if any(keeps(departed.account_id) for keeps in KEEPS):
        departed.due_at = clock.now() + KEPT
        departed.save(update_fields=["due_at"])
        return False
    departed.delete()
    return True


timer(Account, lambda account: delete(SYSTEM, account))
timer(Departed, lambda departed: forget(SYSTEM, departed))

"""What a deleted account showed is kept for the policy's days, so that it is met again if it comes back; then it is forgotten."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q

from sekisho.market.kernel import clock
from sekisho.market.kernel.outbox import handles
from sekisho.market.kernel.sweep import timer
from sekisho.market.linkage import rotation
from sekisho.market.linkage.models import Candidate, Departure, Explanation, Sighting, Trait
from sekisho.market.linkage.policy import policy
from sekisho.market.people.models import Account


@handles("people.deleted")
def left(payload: dict[str, Any]) -> None:
    """From now on the days count."""
    account = Account.objects.get(pk=payload["account"])
    due = clock.now() + policy().kept(account.standing)
    Departure.objects.get_or_create(account=account, defaults={"due_at": due})


@handles("people.standing_set")
def stands(payload: dict[str, Any]) -> None:
    """A decision that comes after the deletion changes how long it is kept."""
    gone = Departure.objects.filter(account=payload["account"], forgotten_at=None).first()
    if gone is not None:
        gone.due_at = gone.at + policy().kept(payload["standing"])
        gone.save(update_fields=["due_at"])


def forget(gone: Departure) -> None:
    """Delete what the account showed, and things that nobody else showed; what was told of it goes too."""
    account = gone.account_id
    traits = list(Sighting.objects.filter(account=account).values_list("trait_id", flat=True))
    Sighting.objects.filter(account=account).delete()
    # Locked, they can gain no new sighting before they are gone.
    list(Trait.objects.select_for_update().filter(pk__in=traits).order_by("pk"))
    alone = Trait.objects.filter(~Exists(Sighting.objects.filter(trait=OuterRef("pk"))), pk__in=traits)
    rotation.erase(list(alone.values_list("pk", flat=True)))
    Candidate.objects.filter(Q(account=account) | Q(offender=account)).delete()
    Explanation.objects.filter(Q(one=account) | Q(other=account)).delete()
    Departure.objects.filter(pk=gone.pk).update(due_at=None, forgotten_at=clock.now())


timer(Departure, forget)

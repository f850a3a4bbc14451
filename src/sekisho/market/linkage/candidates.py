"""Who may be a suspended or banned account come back. Told once for a pair, so that a case can be opened: never a sanction."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sekisho.market.kernel.actors import Standing
from sekisho.market.kernel.outbox import handles, tell
from sekisho.market.linkage.models import Candidate, Trait
from sekisho.market.linkage.policy import policy
from sekisho.market.linkage.shared import strong
from sekisho.market.people.models import Account

SANCTIONED = (Standing.SUSPENDED.value, Standing.BANNED.value)


@dataclass(frozen=True, slots=True)
class Evasion:
    """A suspended or banned account, and the kinds of strong things the account asked about shares with it."""

    offender: UUID
    standing: str
    kinds: tuple[str, ...]


def evasion_candidates(account: UUID) -> tuple[Evasion, ...]:
    """The suspended or banned accounts that share strong things with this one for no known innocent cause."""
    shared = strong(account)
    rows = Account.objects.filter(pk__in=list(shared), standing__in=SANCTIONED).order_by("pk")
    return tuple(Evasion(row.pk, row.standing, tuple(sorted(shared[row.pk]))) for row in rows)


def propose(account: UUID, noted: Collection[UUID]) -> None:
    """Tell `linkage.candidate` of an account in good standing that has just shown these things."""
    if not Trait.objects.filter(pk__in=list(noted), kind__in=policy().strong_kinds).exists():
        return
    if not Account.objects.filter(pk=account, standing__in=SANCTIONED).exists():
        for one in evasion_candidates(account):
            _told(account, one.offender, one.kinds)


@handles("people.standing_set")
def sanctioned(payload: dict[str, Any]) -> None:
    """Accounts that the sanctioned one shares strong things with already may be its next."""
    if payload["standing"] not in SANCTIONED:
        return
    offender = UUID(payload["account"])
    shared = strong(offender)
    rows = Account.objects.filter(pk__in=list(shared), deleted_at=None).exclude(standing__in=SANCTIONED)
    for other in rows.order_by("pk").values_list("pk", flat=True):
        _told(other, offender, tuple(sorted(shared[other])))


def _told(account: UUID, offender: UUID, kinds: tuple[str, ...]) -> None:
    made = Candidate(account_id=account, offender_id=offender, kinds=list(kinds))
    Candidate.objects.bulk_create([made], ignore_conflicts=True)
    if Candidate.objects.filter(pk=made.pk).exists():
        tell("linkage.candidate", candidate=made.pk, account=account, offender=offender, kinds=list(kinds))

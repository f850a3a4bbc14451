"""Who has an appeal under way is not deleted yet; of whom a case is open, the house keeps name and address apart."""

from __future__ import annotations

from uuid import UUID

from sekisho.market.people.leaving import HINDRANCES, KEEPS
from sekisho.market.safety.models import Appeal, Case
from sekisho.market.safety.models.cases import OPEN


def _appeals(account: UUID) -> bool:
    return Appeal.objects.filter(appellant_id=account, state="filed").exists()


def _has_case(account: UUID) -> bool:
    """Never a hindrance: that would tell somebody that a case about him is open."""
    return Case.objects.filter(subject_id=account, state__in=OPEN).exists()


HINDRANCES.append(_appeals)
KEEPS.append(_has_case)

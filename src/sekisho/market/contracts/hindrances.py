"""An account with a live contract is not deleted yet."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from sekisho.market.contracts.models import Contract
from sekisho.market.contracts.states import CONTRACT
from sekisho.market.people.leaving import HINDRANCES


def _has_open(account: UUID) -> bool:
    mine = Q(deal__client=account) | Q(deal__worker=account)
    return Contract.objects.filter(mine).exclude(state__in=[s.value for s in CONTRACT.final]).exists()


HINDRANCES.append(_has_open)

"""What judgements tell is counted here."""

from __future__ import annotations

from typing import Any

from django.db.models import F

from sekisho.market.kernel import clock
from sekisho.market.kernel.outbox import handles
from sekisho.market.linkage.models import Sighting


@handles("judgement.contacts")
def sighted(payload: dict[str, Any]) -> None:
    """`account` wrote these: pairs of kind and keyed hash."""
    for kind, hexadecimal in payload["sightings"]:
        row, new = Sighting.objects.get_or_create(
            account_id=payload["account"], digest=bytes.fromhex(hexadecimal), defaults={"kind": kind}
        )
        if not new:
            Sighting.objects.filter(pk=row.pk).update(times=F("times") + 1, last_at=clock.now())

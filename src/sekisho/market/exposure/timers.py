"""Records that wait to be erased are looked at daily; those of a deleted account are erased."""

from __future__ import annotations

from typing import Any

from sekisho.market.exposure import verbs
from sekisho.market.exposure.models import Exposure
from sekisho.market.exposure.states import ExposureState
from sekisho.market.kernel.actors import SYSTEM
from sekisho.market.kernel.outbox import handles
from sekisho.market.kernel.sweep import timer


def _looked_at(exposure: Exposure) -> None:
    (verbs.finish if verbs.ripe(exposure) else verbs.wait)(SYSTEM, exposure)


timer(Exposure, _looked_at)


@handles("people.deleted")
def deleted(payload: dict[str, Any]) -> None:
    """Nobody is left to whom the records belong."""
    for exposure in Exposure.objects.filter(account_id=payload["account"], state=ExposureState.KEPT):
        verbs.erase(SYSTEM, exposure)

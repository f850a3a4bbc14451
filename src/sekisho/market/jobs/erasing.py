"""When an application is erased from a deal, the application itself loses its words."""

from __future__ import annotations

from typing import Any

from sekisho.market.jobs.models import Application
from sekisho.market.judging.background import forget
from sekisho.market.kernel.outbox import handles


@handles("deal.body_erased")
def erased(payload: dict[str, Any]) -> None:
    """Empty the application that opened the deal, with its answers."""
    if payload["type"] != "application":
        return
    for application in Application.objects.filter(deal=payload["deal"]).select_related("judgement"):
        if application.judgement is not None:
            forget(application.judgement)
        Application.objects.filter(pk=application.pk).update(text="", answers=[])

"""When the words of an event are erased from a deal, the statement that stands in it loses them too, and its files."""

from __future__ import annotations

from typing import Any

from sekisho.market.contracts.models import Statement
from sekisho.market.files.verbs import erase
from sekisho.market.judging.background import forget
from sekisho.market.judging.models import Judgement
from sekisho.market.kernel.outbox import handles


@handles("deal.body_erased")
def erased(payload: dict[str, Any]) -> None:
    """Empty the statement that the event held, and erase what was attached to it."""
    for judgement in Judgement.objects.filter(subject=payload["statement"]) if payload["statement"] else ():
        Statement.objects.filter(pk=judgement.subject).update(text="")
        forget(judgement)
        for of_file in Judgement.objects.filter(subject__in=erase(payload["statement"])):
            forget(of_file)

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
    statement = payload["statement"]
    if statement is None:
        return
    Statement.objects.filter(pk=statement).update(text="")
    for judgement in Judgement.objects.filter(subject__in=[statement, *erase(statement)]):
        forget(judgement)

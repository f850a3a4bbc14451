"""A deal for paper with what was seen in it: the sentences are those of `deals.printing`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sekisho.market.deals.models import Deal
from sekisho.market.deals.printing import Line, printed
from sekisho.market.judging.models import Judgement


def printed_deal(deal: Deal, lang: str = "ja") -> Iterator[Line]:
    """Every event in order, each with the findings of its judgement that are not clear, as they were at the time."""
    found: dict[tuple[int, str], list[dict[str, Any]]] = {}
    rows = Judgement.objects.filter(subject=deal.id, context__form="event").order_by("at")
    for row in rows:
        found[row.context["position"], row.text] = [
            finding for finding in row.findings if finding["verdict"] != "clear"
        ]
    return printed(deal, found, lang)

"""What was judged is noted for linkage, in the same transaction: contacts and long texts, of those who write of themselves."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sekisho.market.deals.models import Deal
from sekisho.market.judging.models import Judgement
from sekisho.market.linkage.noting import note_words
from sekisho.market.linkage.seen import Identified


def link(judgement: Judgement, contacts: Iterable[Identified], other: UUID | None = None) -> None:
    """`contacts` are those of the judgement's text. What the other side wrote before is no sign of the writer.

    `other` is that side where there is no deal yet; else the deal of the judgement's context tells.
    """
    writer, deal = judgement.writer, judgement.context.get("deal")
    if writer is None:
        return

    def others() -> set[UUID]:
        if other is not None:
            return {other}
        parties = Deal.objects.filter(pk=deal).values_list("client_id", "worker_id")
        return {party for both in parties for party in both} - {writer}

    note_words(writer, judgement.kind, judgement.text, contacts, others=others if deal is not None else None)

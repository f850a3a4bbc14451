"""Who was solicited is not punished for answering: the record says who began."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sekisho.market.judging.models import Judgement
from sekisho.market.safety.models import Case, CaseSource


def only_answered(subject: UUID, deal: UUID) -> bool:
    """Whether in this deal the first text that broke the rules was the other side's: what `subject` wrote then is an answer."""
    first = (
        Judgement.objects.filter(subject=deal, verdict="violation", writer__isnull=False)
        .order_by("at", "id").values_list("writer", flat=True).first()
    )  # fmt: skip
    return first is not None and first != subject


def is_victim(case: Case) -> bool:
    """Whether everything the case rests on are answers of somebody who was solicited first."""
    deals: Iterable[UUID | None] = (
        CaseSource.objects.filter(case=case, settled="").values_list("deal", flat=True).distinct()
    )
    known = list(deals)
    return bool(known) and all(deal is not None and only_answered(case.subject_id, deal) for deal in known)

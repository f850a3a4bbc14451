"""Many reports, held texts and findings about one account in one matter are one case."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sekisho.market.kernel import clock
from sekisho.market.kernel.locks import alone
from sekisho.market.kernel.outbox import tell
from sekisho.market.safety.models import Case, CaseSource
from sekisho.market.safety.models.cases import OPEN
from sekisho.market.safety.policy import policy
from sekisho.market.safety.priority import weigh
from sekisho.market.safety.states import CASE, CaseState


def fold(
    kind: str, ref: UUID, *, subject: UUID, matter: UUID, category: str, deal: UUID | None = None,
    judgement: UUID | None = None, told_by: UUID | None = None, facts: dict[str, Any] | None = None,
) -> Case:  # fmt: skip
    """The open case of `subject` in `matter` with this source in it; opened now if there was none. Twice the same is once."""
    alone(f"case of {subject} in {matter}")
    known = CaseSource.objects.filter(kind=kind, ref=ref).select_related("case").first()
    if known is not None:
        return known.case
    case = Case.objects.filter(subject_id=subject, matter=matter, state__in=OPEN).first()
    if case is None:
        now = clock.now()
        case = Case.objects.create(
            subject_id=subject, matter=matter, category=category, opened_at=now, due_at=now + policy().waits["look"]
        )
        tell("case.opened", case=case.id)
    CaseSource.objects.create(
        case=case, kind=kind, ref=ref, category=category, deal=deal, judgement=judgement, told_by=told_by,
        facts=facts or {},
    )  # fmt: skip
    weigh(case)
    return case


def settle(kind: str, ref: UUID, settled: str) -> None:
    """A source came to nothing by itself (`withdrawn`, `harmless`). A case nobody has decided and with nothing left is over."""
    source = CaseSource.objects.filter(kind=kind, ref=ref, settled="").select_related("case").first()
    if source is None:
        return
    source.settled = settled
    source.save(update_fields=["settled"])
    clear_if_empty(source.case)


def clear_if_empty(case: Case) -> None:
    """End an open case in which nothing stands any more; nobody has to be told, for nothing was done."""
    if case.state != CaseState.OPEN:
        return
    if CaseSource.objects.filter(case=case, settled="").exists():
        weigh(case)
    else:
        CASE.move(case, "clear", {"clock"}, policy().waits, holder=None, held_until=None, decided_at=clock.now())

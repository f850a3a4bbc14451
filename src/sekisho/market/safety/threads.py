"""Reading what the case is about: only who holds the case, only its own deals, and every reading stands in the audit chain."""

from __future__ import annotations

from sekisho.market.deals.models import Deal
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.problems import Problem
from sekisho.market.kernel.verbs import current, verb
from sekisho.market.messaging.reading import ThreadPage
from sekisho.market.messaging.verbs import inspect
from sekisho.market.safety.claims import holds
from sekisho.market.safety.decisions import under
from sekisho.market.safety.models import Case, CaseSource


@verb("case.read_thread")
def read_thread(
    actor: Actor, case: Case, *, deal: Deal, before: int | None = None, limit: int = 50
) -> ThreadPage:
    """A page of the thread of one of the case's deals, with every attempt. Raises `Problem` not_claimed, not_found."""
    holds(actor, case)
    if not CaseSource.objects.filter(case=case, deal=deal.id).exists():
        raise Problem("not_found")
    words = current().because = f"case {case.id}"
    return inspect(under(actor, "case", case.id), deal, because=words, before=before, limit=limit)

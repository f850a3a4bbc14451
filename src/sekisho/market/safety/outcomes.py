"""What decisions say of the rules that found something: the rules' precision is counted from it, and counted back on appeal."""

from __future__ import annotations

from sekisho.market.judging.models import Judgement
from sekisho.market.judging.precision import record_outcome, withdraw_outcome
from sekisho.market.safety.models import Case, CaseSource, Decision

__all__ = ["said_of_rules", "withdraw_outcome"]


def said_of_rules(decision: Decision) -> None:
    """Every rule that found something in what the case rests on was right where a breach was found, and wrong where none was."""
    case: Case = decision.case
    ids = CaseSource.objects.filter(case=case, judgement__isnull=False).values_list("judgement", flat=True)
    for judgement in Judgement.objects.filter(pk__in=list(ids), writer=case.subject_id):
        rules = [finding["rule"] for finding in judgement.findings if finding["verdict"] != "clear"]
        if rules:
            record_outcome(judgement, rules, confirmed=decision.breach, decision=decision.id)

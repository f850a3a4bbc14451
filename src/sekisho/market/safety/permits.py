"""Who may do what with reports, cases, decisions, sanctions and appeals."""

from __future__ import annotations

from sekisho.market.kernel.permits import Permit, allow
from sekisho.market.safety.states import APPEAL, BULK, CASE, DECISION, REPORT

HOUSE = ("moderator", "operator")
MADE_BY_OTHERS = frozenset({
    "report.merge", "report.uphold", "report.dismiss", "report.reverse", "report.reopen",
    "case.open", "case.decide", "case.propose", "case.confirm", "case.return", "case.clear", "case.reverse", "case.reopen",
    "case.merge", "decision.decide", "decision.propose", "decision.reverse", "appeal.file", "bulk.finish",
})  # fmt: skip
"""What these lifecycles come to is decided inside the verbs below; sanctions have none of their own for people."""
for table in (REPORT, CASE, DECISION, APPEAL, BULK):
    allow(row for row in table.permits() if row.action not in MADE_BY_OTHERS)
allow([
    Permit("report.rate", ("reporter",)),
    Permit("report.mark_bad_faith", HOUSE),
    Permit("case.claim", HOUSE),
    Permit("case.claim_next", HOUSE),
    Permit("case.release", ("holder",)),
    Permit("case.hand_over", ("holder",)),
    Permit("case.note", HOUSE),
    Permit("case.escalate", ("holder",)),
    Permit("case.merge", ("holder",)),
    Permit("decision.make", HOUSE),
    Permit("appeal.file", ("subject", "reporter"), "appeal"),
    Permit("sanction.expire", ("clock",)),
])  # fmt: skip

"""Stored facts of the room, by what they are about."""

from sekisho.market.safety.models.appeals import Appeal
from sekisho.market.safety.models.bulk import Bulk, BulkCase
from sekisho.market.safety.models.cases import Case, CaseNote, CaseSource, Claim
from sekisho.market.safety.models.decisions import Decision, Measure, Reasons, Sanction, Strike
from sekisho.market.safety.models.reports import Attachment, Report

__all__ = [
    "Appeal", "Attachment", "Bulk", "BulkCase", "Case", "CaseNote", "CaseSource", "Claim", "Decision", "Measure", "Reasons",
    "Report", "Sanction", "Strike",
]  # fmt: skip

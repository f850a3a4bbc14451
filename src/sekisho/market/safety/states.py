"""The lifecycles of this room: a report, a case, a decision, a sanction and an appeal."""

from __future__ import annotations

from enum import StrEnum

from sekisho.market.kernel.states import Row, StateTable


class ReportState(StrEnum):
    """Where a report stands. `dismissed` says only that no breach was found, never that it was made in bad faith."""

    RECEIVED = "received"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    UPHELD = "upheld"
    DISMISSED = "dismissed"


class CaseState(StrEnum):
    """Where a case stands. Who works on it is a lease (`claims`), not a state."""

    OPEN = "open"
    SECOND = "second"
    DECIDED = "decided"
    REVERSED = "reversed"
    CLEARED = "cleared"
    MERGED = "merged"


class DecisionState(StrEnum):
    """Where a decision stands. What it says never changes; only `done` ones have an effect."""

    PROPOSED = "proposed"
    DONE = "done"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    REVERSED = "reversed"


class SanctionState(StrEnum):
    """Whether a sanction holds."""

    HOLDS = "holds"
    EXPIRED = "expired"
    LIFTED = "lifted"


class AppealState(StrEnum):
    """Where an appeal stands."""

    FILED = "filed"
    UPHELD = "upheld"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class BulkState(StrEnum):
    """Where a decision about many cases stands."""

    PREPARED = "prepared"
    DROPPED = "dropped"
    RUNNING = "running"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"


R = ReportState
REPORT = StateTable("report", ReportState, [
    Row(None,        "file",     ("member",),    R.RECEIVED, standing="report"),
    Row(R.RECEIVED,  "withdraw", ("reporter",),  R.WITHDRAWN),
    # The same person reports the same matter once more: one report, with what is new in it.
    Row(R.RECEIVED,  "merge",    ("authority",), R.MERGED),
    Row(R.RECEIVED,  "uphold",   ("authority",), R.UPHELD),
    Row(R.RECEIVED,  "dismiss",  ("authority",), R.DISMISSED),
    # An appeal changed the answer: the sanctioned person's the first, the reporter's the second.
    Row(R.UPHELD,    "reverse",  ("authority",), R.DISMISSED),
    Row(R.DISMISSED, "reopen",   ("authority",), R.RECEIVED),
], rests=(R.UPHELD, R.DISMISSED))  # fmt: skip
C = CaseState
CASE = StateTable("case", CaseState, [
    Row(None,      "open",     ("clock", "authority", "moderator"), C.OPEN),
    Row(C.OPEN,    "decide",   ("holder",),             C.DECIDED),
    # A decision that needs a second person waits for one; the case stays with its first meanwhile.
    Row(C.OPEN,    "propose",  ("holder",),             C.SECOND),
    Row(C.SECOND,  "confirm",  ("authority",),          C.DECIDED),
    Row(C.SECOND,  "return",   ("authority",),          C.OPEN),
    # Everything that opened it turned out harmless or was withdrawn, and nobody has to be told.
    Row(C.OPEN,    "clear",    ("clock",),              C.CLEARED),
    Row(C.OPEN,    "merge",    ("holder",),             C.MERGED),
    Row(C.DECIDED, "reverse",  ("authority",),          C.REVERSED),
    Row(C.DECIDED, "reopen",   ("authority",),          C.OPEN),
    Row(C.OPEN,    "overdue",  ("clock",),              C.OPEN, after="look"),
], rests=(C.DECIDED,))  # fmt: skip
D = DecisionState
DECISION = StateTable("decision", DecisionState, [
    Row(None,       "decide",        ("holder",),    D.DONE),
    Row(None,       "propose",       ("holder",),    D.PROPOSED),
    Row(D.PROPOSED, "confirm",       ("second",),    D.DONE),
    Row(D.PROPOSED, "reject",        ("second",),    D.REJECTED),
    Row(D.PROPOSED, "withdraw",      ("proposer",),  D.WITHDRAWN),
    # A house of one person: nobody else can look, so time must pass, and the decision says that it was so.
    Row(D.PROPOSED, "confirm_alone", ("clock",),     D.DONE, after="cooling_off"),
    Row(D.DONE,     "reverse",       ("authority",), D.REVERSED),
], rests=(D.DONE,))  # fmt: skip
S = SanctionState
SANCTION = StateTable("sanction", SanctionState, [
    Row(None,    "impose", ("authority",), S.HOLDS),
    # When is the sanction's own: a suspension's end, a warning's last day.
    Row(S.HOLDS, "expire", ("clock",),     S.EXPIRED, after="until"),
    Row(S.HOLDS, "lift",   ("authority",), S.LIFTED),
])  # fmt: skip
A = AppealState
APPEAL = StateTable("appeal", AppealState, [
    Row(None,    "file",     ("subject", "reporter"), A.FILED, standing="appeal"),
    Row(A.FILED, "withdraw", ("appellant",),   A.WITHDRAWN),
    Row(A.FILED, "uphold",   ("other_moderator",), A.UPHELD),
    Row(A.FILED, "reject",   ("other_moderator",), A.REJECTED),
    Row(A.FILED, "overdue",  ("clock",),       A.FILED, after="appeal"),
])  # fmt: skip
B = BulkState
BULK = StateTable("bulk", BulkState, [
    Row(None,        "prepare", ("moderator", "operator"), B.PREPARED),
    Row(B.PREPARED,  "start",   ("owner",), B.RUNNING),
    Row(B.PREPARED,  "drop",    ("owner",), B.DROPPED),
    Row(B.RUNNING,   "go_on",   ("clock",), B.RUNNING, after="step"),
    Row(B.RUNNING,   "finish",  ("clock",), B.DONE),
    Row(B.RUNNING,   "stop",    ("owner", "operator"), B.DONE),
    Row(B.DONE,      "undo",    ("owner", "operator"), B.UNDOING),
    Row(B.UNDOING,   "go_back", ("clock",), B.UNDOING, after="step"),
    Row(B.UNDOING,   "finish",  ("clock",), B.UNDONE),
], rests=(B.DONE,))  # fmt: skip
TABLES = (REPORT, CASE, DECISION, SANCTION, APPEAL, BULK)

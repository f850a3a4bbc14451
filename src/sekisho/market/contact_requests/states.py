"""The lifecycle of a contact request. Who asks and approves is policy: it is in the words of `ContactRequest.relations`."""

from __future__ import annotations

from enum import StrEnum

from sekisho.market.kernel.states import Row, StateTable


class RequestState(StrEnum):
    """Where a request stands. Outside contact is allowed while it is `approved`, for its tools only."""

    RETURNED = "returned"
    HELD = "held"
    ASKED = "asked"
    HALF_APPROVED = "half_approved"
    APPROVED = "approved"
    PAUSED = "paused"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    WITHHELD = "withheld"
    EXPIRED = "expired"
    ENDED = "ended"


S = RequestState
PARTY = ("client", "worker")
REQUEST = StateTable("contact_request", RequestState, [
    Row(None,       "ask",      PARTY,                 S.ASKED,    standing="ask_contact"),
    # A purpose that is no purpose of a request: back to its writer, or to a moderator first, as the pack's table says.
    Row(None,       "return",   PARTY,                 S.RETURNED, standing="ask_contact"),
    Row(None,       "hold",     PARTY,                 S.HELD,     standing="ask_contact"),
    Row(S.HELD,     "release",  ("moderator",),        S.ASKED),
    Row(S.HELD,     "withhold", ("moderator",),        S.WITHHELD),
    Row(S.HELD,     "withdraw", ("asker",),            S.WITHDRAWN),
    Row(S.HELD,     "expire",   ("clock",),            S.EXPIRED),
    Row(S.HELD,     "overdue",  ("clock",),            S.HELD,     after="look"),
    Row(S.ASKED,    "approve",  ("last_approver",),    S.APPROVED),
    # Where both must approve, the first of them does this.
    Row(S.ASKED,    "approve",  ("first_approver",),   S.HALF_APPROVED),
    Row(S.HALF_APPROVED, "approve", ("last_approver",), S.APPROVED),
    Row(S.ASKED,    "decline",  ("counterparty", "answering_house"), S.DECLINED),
    Row(S.HALF_APPROVED, "decline", ("counterparty", "answering_house"), S.DECLINED),
    Row(S.ASKED,    "withdraw", ("asker",),            S.WITHDRAWN),
    Row(S.HALF_APPROVED, "withdraw", ("asker",),       S.WITHDRAWN),
    Row(S.ASKED,    "expire",   ("clock",),            S.EXPIRED,  after="answer"),
    Row(S.HALF_APPROVED, "expire", ("clock",),         S.EXPIRED,  after="answer"),
    # Either side and the house may end an approval at any time; it ends by itself with the contract.
    Row(S.APPROVED, "end",      ("client", "worker", "moderator", "clock"), S.ENDED),
    # A sanction of one of the two: nothing outside for as long as it holds.
    Row(S.APPROVED, "pause",    ("authority",),        S.PAUSED),
    Row(S.PAUSED,   "resume",   ("authority",),        S.APPROVED),
    Row(S.PAUSED,   "end",      ("client", "worker", "moderator", "clock"), S.ENDED),
    Row(S.APPROVED, "run_out",  ("clock",),            S.ENDED,    after="approval"),
])  # fmt: skip
WAITING = (S.HELD, S.ASKED, S.HALF_APPROVED)
"""A request that has not come to anything yet; there is at most one a deal."""
TABLES = (REQUEST,)

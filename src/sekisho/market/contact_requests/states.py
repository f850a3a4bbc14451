"""The lifecycle of a contact request."""

from __future__ import annotations

from enum import StrEnum

from sekisho.market.contact_requests.policy import policy
from sekisho.market.kernel.states import Row, StateTable


class RequestState(StrEnum):
    """Where a request stands. Outside contact is allowed while it is `approved`, for its tools only."""

    ASKED = "asked"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    ENDED = "ended"


S = RequestState
ANSWERS = {
    "counterparty": ("counterparty",),
    "operator": ("operator",),
    "both": ("counterparty", "operator"),
}[policy().approve]
REQUEST = StateTable("contact_request", RequestState, [
    Row(None,       "ask",      policy().ask,          S.ASKED,    standing="ask_contact"),
    Row(S.ASKED,    "approve",  ANSWERS,               S.APPROVED),
    Row(S.ASKED,    "decline",  ANSWERS,               S.DECLINED),
    Row(S.ASKED,    "withdraw", ("asker",),            S.WITHDRAWN),
    Row(S.ASKED,    "expire",   ("clock",),            S.EXPIRED,  after="answer"),
    # Either side and the house may end an approval at any time; it ends by itself with the contract.
    Row(S.APPROVED, "end",      ("client", "worker", "moderator", "clock"), S.ENDED),
])  # fmt: skip

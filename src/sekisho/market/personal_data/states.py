"""The lifecycle of a request for personal data."""

from __future__ import annotations

from enum import StrEnum

from sekisho.market.kernel.states import Row, StateTable


class DataState(StrEnum):
    """Where a request stands. What was given can be read while it is `approved`; afterwards it is deleted."""

    ASKED = "asked"
    REFUSED = "refused"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    ENDED = "ended"


S = DataState
DATA = StateTable("personal_data", DataState, [
    Row(None,       "ask",      ("client",),          S.ASKED,    standing="ask_contact"),
    # A purpose that steers outside is kept as evidence and never reaches the worker.
    Row(None,       "refuse",   ("client",),          S.REFUSED,  standing="ask_contact"),
    Row(S.ASKED,    "approve",  ("worker",),          S.APPROVED),
    Row(S.ASKED,    "decline",  ("worker",),          S.DECLINED),
    Row(S.ASKED,    "withdraw", ("client",),          S.WITHDRAWN),
    Row(S.ASKED,    "expire",   ("clock",),           S.EXPIRED,  after="answer"),
    Row(S.APPROVED, "end",      ("client", "worker"), S.ENDED),
    Row(S.APPROVED, "run_out",  ("clock",),           S.ENDED,    after="access"),
])  # fmt: skip

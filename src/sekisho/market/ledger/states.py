"""The lifecycles of money on its way: a payout, and a deposit that nobody could be found for."""

from __future__ import annotations

from enum import StrEnum

from sekisho.market.kernel.states import Row, StateTable


class PayoutState(StrEnum):
    """Where a payout stands. `sent`: it was given to the bank in a list."""

    ASKED = "asked"
    SENT = "sent"
    PAID = "paid"
    FAILED = "failed"
    CANCELLED = "cancelled"
    RETURNED = "returned"


class UnmatchedState(StrEnum):
    """Where a deposit without a match stands."""

    WAITING = "waiting"
    ASSIGNED = "assigned"
    RETURNED = "returned"


P = PayoutState
PAYOUT = StateTable("payout", PayoutState, [
    Row(None,    "ask",      ("member",),   P.ASKED,     standing="withdraw"),
    Row(P.ASKED, "cancel",   ("owner",),    P.CANCELLED, standing="withdraw"),
    Row(P.ASKED, "send",     ("operator",), P.SENT),
    Row(P.ASKED, "confirm",  ("operator",), P.PAID),
    Row(P.SENT,  "confirm",  ("operator",), P.PAID),
    Row(P.ASKED, "fail",     ("operator",), P.FAILED),
    Row(P.SENT,  "fail",     ("operator",), P.FAILED),
    # The bank paid it and sent it back days later: the account was closed, the name was wrong.
    Row(P.PAID,  "bring_back", ("operator",), P.RETURNED),
])  # fmt: skip

U = UnmatchedState
UNMATCHED = StateTable("unmatched", UnmatchedState, [
    Row(None,      "enter",     ("operator",), U.WAITING),
    Row(U.WAITING, "assign",    ("operator",), U.ASSIGNED),
    Row(U.WAITING, "send_back", ("operator",), U.RETURNED),
])  # fmt: skip

"""The lifecycles of this room: a contract, and what can be asked, disputed, settled, changed and said about one."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sekisho.market.contracts.silence import silence
from sekisho.market.kernel import clock
from sekisho.market.kernel.states import Row, StateTable

PARTY = ("client", "worker")
HOUSE = ("moderator", "operator")


class ContractState(StrEnum):
    """Where a contract stands. Work starts at `funded`, not before."""

    RETURNED = "returned"
    OFFERED = "offered"
    AGREED = "agreed"
    FUNDED = "funded"
    DELIVERED = "delivered"
    COMPLETED = "completed"
    DISPUTED = "disputed"
    CANCELLED = "cancelled"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class TerminationState(StrEnum):
    """Where a request to end a funded contract stands."""

    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class ChangeState(StrEnum):
    """Where a proposed change of terms stands."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class DisputeState(StrEnum):
    """Where a dispute stands."""

    EVIDENCE = "evidence"
    WAITING = "waiting"
    PROPOSED = "proposed"
    DECISION = "decision"
    AGREED = "agreed"
    CONCEDED = "conceded"
    PAID_BY_SILENCE = "paid_by_silence"
    DECIDED = "decided"


class SettlementState(StrEnum):
    """Where the house's decision about the money stands. `waiting`: decided; the money moves when nobody can appeal any more."""

    PROPOSED = "proposed"
    WAITING = "waiting"
    DONE = "done"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    REVERSED = "reversed"


class StatementState(StrEnum):
    """Whether the other side reads what was said."""

    SHOWN = "shown"
    HELD = "held"
    WITHHELD = "withheld"


class ReviewState(StrEnum):
    """Whether a review is shown and counts."""

    SHOWN = "shown"
    HIDDEN = "hidden"
    WITHHELD = "withheld"


def _may_be_sent_back(contract: Any) -> bool:
    rules = silence()
    late = (
        contract.first_delivered_at and clock.now() > contract.first_delivered_at + rules.waits["send_back"]
    )
    return contract.send_backs < rules.send_backs and not late


S = ContractState
LIVE = frozenset({S.FUNDED, S.DELIVERED, S.DISPUTED})
"""Money is in escrow."""
CONTRACT = StateTable("contract", ContractState, [
    Row(None,        "offer",     ("client",),           S.OFFERED,   standing="contract"),
    # What the judgement does not let pass goes back to its writer; the worker sees nothing.
    Row(None,        "return_offer", ("client",),        S.RETURNED,  standing="contract"),
    Row(S.OFFERED,   "agree",     ("worker",),           S.AGREED,    standing="contract"),
    Row(S.OFFERED,   "decline",   ("worker",),           S.DECLINED),
    Row(S.OFFERED,   "withdraw",  ("client",),           S.WITHDRAWN),
    Row(S.AGREED,    "fund",      ("client",),           S.FUNDED,    standing="fund"),
    Row(S.AGREED,    "cancel",    PARTY,                 S.CANCELLED),
    Row(S.AGREED,    "lapse",     ("clock",),            S.LAPSED,    after="fund"),
    Row(S.FUNDED,    "deliver",   ("worker",),           S.DELIVERED, standing="finish"),
    Row(S.FUNDED,    "cancel",    ("authority",),        S.CANCELLED),
    Row(S.FUNDED,    "dispute",   PARTY,                 S.DISPUTED,  standing="finish"),
    Row(S.DELIVERED, "send_back", ("client",),           S.FUNDED,    needs=("may_be_sent_back",), standing="finish"),
    Row(S.DELIVERED, "accept",    ("client",),           S.COMPLETED, standing="finish"),
    Row(S.DELIVERED, "accept_by_silence", ("clock",),    S.COMPLETED, after="accept"),
    Row(S.DELIVERED, "dispute",   PARTY,                 S.DISPUTED,  standing="finish"),
    Row(S.DISPUTED,  "settle",    ("authority",),        S.COMPLETED),
], needs={"may_be_sent_back": _may_be_sent_back})  # fmt: skip

# Answers need no standing: who is suspended may still defend himself, and a timer waits for nobody.
T = TerminationState
TERMINATION = StateTable("termination", TerminationState, [
    Row(None,    "ask",      PARTY,             T.ASKED,     standing="finish"),
    Row(T.ASKED, "agree",    ("counterparty",), T.AGREED),
    Row(T.ASKED, "refuse",   ("counterparty",), T.REFUSED),
    Row(T.ASKED, "withdraw", ("asker",),        T.WITHDRAWN),
    Row(T.ASKED, "lapse",    ("clock",),        T.LAPSED,    after="termination"),
])  # fmt: skip

C = ChangeState
CHANGE = StateTable("change", ChangeState, [
    Row(None,       "propose",  PARTY,             C.PROPOSED,  standing="finish"),
    Row(C.PROPOSED, "agree",    ("counterparty",), C.AGREED),
    Row(C.PROPOSED, "refuse",   ("counterparty",), C.REFUSED),
    Row(C.PROPOSED, "withdraw", ("asker",),        C.WITHDRAWN),
    Row(C.PROPOSED, "lapse",    ("clock",),        C.LAPSED,    after="change"),
])  # fmt: skip

D = DisputeState
DISPUTE = StateTable("dispute", DisputeState, [
    Row(None,       "open",           PARTY,        D.EVIDENCE, standing="finish"),
    # At the end of the evidence the clock does one of these two, by whether the client has said anything.
    Row(D.EVIDENCE, "close_evidence", ("clock",),   D.WAITING,  after="dispute_evidence"),
    Row(D.EVIDENCE, "pay_by_silence", ("clock",),   D.PAID_BY_SILENCE, after="dispute_evidence"),
    Row(D.WAITING,  "propose",        HOUSE,        D.PROPOSED),
    Row(D.WAITING,  "go_on",          ("clock",),   D.DECISION, after="dispute_proposal"),
    Row(D.PROPOSED, "accept",         ("first_to_accept",), D.PROPOSED),
    Row(D.PROPOSED, "accept",         ("last_to_accept",),  D.AGREED),
    Row(D.PROPOSED, "reject",         PARTY,        D.DECISION),
    Row(D.PROPOSED, "go_on",          ("clock",),   D.DECISION, after="dispute_answer"),
    Row(D.DECISION, "overdue",        ("clock",),   D.DECISION, after="dispute_decision"),
    Row(D.DECISION, "decide",         ("authority",), D.DECIDED),
    # An upheld appeal, while the money is still in escrow: the house decides anew.
    Row(D.DECIDED,  "reopen",         ("authority",), D.DECISION, needs=("money_waits",)),
    Row(D.EVIDENCE, "concede",        PARTY,        D.CONCEDED),
    Row(D.WAITING,  "concede",        PARTY,        D.CONCEDED),
    Row(D.PROPOSED, "concede",        PARTY,        D.CONCEDED),
    Row(D.DECISION, "concede",        PARTY,        D.CONCEDED),
], needs={"money_waits": lambda dispute: dispute.contract.state == ContractState.DISPUTED})  # fmt: skip

E = SettlementState
SETTLEMENT = StateTable("settlement", SettlementState, [
    Row(None,       "propose",  HOUSE,              E.PROPOSED),
    Row(E.PROPOSED, "confirm",  ("second_person",), E.WAITING),
    Row(E.PROPOSED, "reject",   ("second_person",), E.REJECTED),
    Row(E.PROPOSED, "withdraw", ("proposer",),      E.WITHDRAWN),
    # A house of one person: the clock confirms after a cooling-off; with more people no time is set.
    Row(E.PROPOSED, "confirm_alone", ("clock",),    E.WAITING,   after="cooling_off"),
    Row(E.PROPOSED, "lapse",    ("clock",),         E.WITHDRAWN),
    # The money stays in escrow until nobody can appeal any more; what an appeal needs is a matter of rooms above.
    Row(E.WAITING,  "carry_out", ("clock",),        E.DONE,      after="appeal"),
    Row(E.WAITING,  "prolong",  ("authority",),     E.WAITING),
    Row(E.WAITING,  "reverse",  ("authority",),     E.REVERSED),
])  # fmt: skip

W = StatementState
STATEMENT = StateTable("statement", StatementState, [
    Row(None,   "show",     PARTY,          W.SHOWN),
    Row(None,   "hold",     PARTY,          W.HELD),
    Row(W.HELD, "release",  ("moderator",), W.SHOWN),
    Row(W.HELD, "withhold", ("moderator",), W.WITHHELD),
    # An appeal was upheld: it is read after all.
    Row(W.WITHHELD, "release", ("authority",), W.SHOWN),
    Row(W.HELD, "overdue",  ("clock",),     W.HELD,  after="look"),
], rests=(W.WITHHELD,))  # fmt: skip

V = ReviewState
REVIEW = StateTable("review", ReviewState, [
    Row(None,     "show",     PARTY,          V.SHOWN,  standing="finish"),
    Row(None,     "hide",     PARTY,          V.HIDDEN, standing="finish"),
    Row(V.HIDDEN, "release",  ("moderator",), V.SHOWN),
    Row(V.HIDDEN, "withhold", ("moderator",), V.WITHHELD),
    # A decision takes down one that was shown; an upheld appeal shows what was taken down or kept back.
    Row(V.SHOWN,  "remove",   ("authority",), V.WITHHELD),
    Row(V.WITHHELD, "release", ("authority",), V.SHOWN),
    Row(V.HIDDEN, "overdue",  ("clock",),     V.HIDDEN, after="look"),
], rests=(V.SHOWN, V.WITHHELD))  # fmt: skip
TABLES = (CONTRACT, TERMINATION, CHANGE, DISPUTE, SETTLEMENT, STATEMENT, REVIEW)

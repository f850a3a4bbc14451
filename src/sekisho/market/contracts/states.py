"""The lifecycle of a contract."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sekisho.market.contracts.silence import silence
from sekisho.market.kernel import clock
from sekisho.market.kernel.states import Row, StateTable


class ContractState(StrEnum):
    """Where a contract stands. Work starts at `funded`, not before."""

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
    Row(S.OFFERED,   "agree",     ("worker",),           S.AGREED,    standing="contract"),
    Row(S.OFFERED,   "decline",   ("worker",),           S.DECLINED),
    Row(S.OFFERED,   "withdraw",  ("client",),           S.WITHDRAWN),
    Row(S.AGREED,    "fund",      ("client",),           S.FUNDED,    standing="fund"),
    Row(S.AGREED,    "cancel",    ("client", "worker"),  S.CANCELLED),
    Row(S.AGREED,    "lapse",     ("clock",),            S.LAPSED,    after="fund"),
    Row(S.FUNDED,    "deliver",   ("worker",),           S.DELIVERED, standing="finish"),
    Row(S.FUNDED,    "cancel",    ("authority",),        S.CANCELLED),
    Row(S.FUNDED,    "dispute",   ("client", "worker"),  S.DISPUTED,  standing="finish"),
    Row(S.DELIVERED, "send_back", ("client",),           S.FUNDED,    needs=("may_be_sent_back",), standing="finish"),
    Row(S.DELIVERED, "accept",    ("client",),           S.COMPLETED, standing="finish"),
    Row(S.DELIVERED, "accept_by_silence", ("clock",),    S.COMPLETED, after="accept"),
    Row(S.DELIVERED, "dispute",   ("client", "worker"),  S.DISPUTED,  standing="finish"),
    Row(S.DISPUTED,  "settle",    ("authority",),        S.COMPLETED),
], needs={"may_be_sent_back": _may_be_sent_back})  # fmt: skip

"""What money is moved for: one closed table. A transfer between other kinds of accounts than its purpose says is refused."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What an account is for. The bank is the boundary: what lies outside of the house; only it may go below zero."""

    BANK = "bank"
    SUSPENSE = "suspense"
    CLIENT = "client"
    ESCROW = "escrow"
    WORKER = "worker"
    PAYOUT = "payout"
    FEE = "fee"
    FEE_TAX = "fee_tax"


@dataclass(frozen=True, slots=True)
class Purpose:
    """From an account of the kind `debit` to one of the kind `credit`; what people read on a statement."""

    debit: Kind
    credit: Kind
    ja: str
    en: str


PURPOSES: dict[str, Purpose] = {
    "deposit":           Purpose(Kind.BANK,     Kind.CLIENT,   "入金",                 "Deposit"),
    "unmatched":         Purpose(Kind.BANK,     Kind.SUSPENSE, "照合できない入金",     "Deposit without a match"),
    "assigned":          Purpose(Kind.SUSPENSE, Kind.CLIENT,   "入金（照合済み）",     "Deposit, matched later"),
    "unmatched_returned": Purpose(Kind.SUSPENSE, Kind.BANK,    "入金の返却",           "Deposit sent back"),
    "fund":              Purpose(Kind.CLIENT,   Kind.ESCROW,   "仮払い",               "Escrow funded"),
    "release":           Purpose(Kind.ESCROW,   Kind.WORKER,   "報酬",                 "Earnings"),
    "fee":               Purpose(Kind.ESCROW,   Kind.FEE,      "システム利用料",       "Platform fee"),
    "fee_tax":           Purpose(Kind.ESCROW,   Kind.FEE_TAX,  "システム利用料の消費税", "Tax on the platform fee"),
    "refund":            Purpose(Kind.ESCROW,   Kind.CLIENT,   "返金",                 "Refund"),
    "payout":            Purpose(Kind.WORKER,   Kind.PAYOUT,   "出金申請",             "Payout asked for"),
    "payout_paid":       Purpose(Kind.PAYOUT,   Kind.BANK,     "振込済み",             "Payout paid"),
    "payout_failed":     Purpose(Kind.PAYOUT,   Kind.WORKER,   "出金の取り消し",       "Payout taken back"),
    "payout_returned":   Purpose(Kind.BANK,     Kind.WORKER,   "振込の返戻",           "Payout returned by the bank"),
}  # fmt: skip


def fits(purpose: str, debit: str, credit: str) -> bool:
    """Whether a transfer for `purpose` may go from a `debit` account to a `credit` account."""
    row = PURPOSES.get(purpose)
    return row is not None and (row.debit, row.credit) == (debit, credit)

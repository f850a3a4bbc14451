"""The list of payouts for the bank, as CSV. Columns: reference, bank, branch, type, number, holder (half-width), amount, text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sekisho.market.ledger.bank_transfer.kana import half_width
from sekisho.market.ledger.cells import table
from sekisho.market.ledger.port import File, Order

_TYPES = {"ordinary": "1", "current": "2", "savings": "4"}
"""Kinds of bank accounts as the Japanese Bankers Association's files number them (預金種目)."""
_HEADER = ("照会番号", "銀行コード", "支店コード", "預金種目", "口座番号", "受取人名", "金額", "摘要")


def write(orders: Iterable[Order], on: date) -> File:
    """One row a payout; `摘要` repeats the reference, so that the bank's statement shows it."""
    rows = [
        (o.code, o.bank, o.branch, _TYPES[o.type], o.number, half_width(o.holder), o.amount, o.code)
        for o in orders
    ]
    return File(f"payouts-{on.isoformat()}.csv", "text/csv; charset=utf-8", table([_HEADER, *rows]))

"""The built-in provider: bank transfers, confirmed by the operator with files of the bank."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sekisho.market.ledger.bank_transfer import codes, orders, statement_file
from sekisho.market.ledger.port import File, Movement, Order


class BankTransfer:
    """See `port.Provider`."""

    def new_deposit_code(self) -> str:
        """12 digits that begin with 1."""
        return codes.fresh(codes.DEPOSIT)

    def new_payout_code(self) -> str:
        """12 digits that begin with 2."""
        return codes.fresh(codes.PAYOUT)

    def read(self, content: bytes) -> list[Movement]:
        """A statement as CSV; `columns.toml` names the columns."""
        return statement_file.read(content)

    def write(self, orders_: Iterable[Order], on: date) -> File:
        """A CSV with one row a payout."""
        return orders.write(orders_, on)

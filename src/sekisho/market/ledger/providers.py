"""Which provider of payments the house uses."""

from __future__ import annotations

from sekisho.market.ledger.bank_transfer import BankTransfer
from sekisho.market.ledger.port import Provider

_PROVIDER: Provider = BankTransfer()


def provider() -> Provider:
    """The provider; there is one built in, the bank transfer."""
    return _PROVIDER

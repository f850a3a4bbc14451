"""Money is a whole number of yen."""

from __future__ import annotations

from sekisho.market.kernel.problems import Problem

MOST = 1_000_000_000_000
"""The greatest amount of one transfer or contract, in yen: a bound against slips of the keyboard."""


def yen(amount: object, *, field: str = "amount_yen") -> int:
    """`amount` if it is a whole positive number of yen up to `MOST`. Raises `Problem("bad_amount")`."""
    if isinstance(amount, bool) or not isinstance(amount, int) or not 0 < amount <= MOST:
        raise Problem("bad_amount", field=field, most=MOST)
    return amount

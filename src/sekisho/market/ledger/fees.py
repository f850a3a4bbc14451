"""What a contract costs and what of it goes where. Pure arithmetic on whole yen; fractions are cut."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class FeePolicy:
    """`tax` in percent; `tiers`: (up to how many yen, percent), the last without an end (None)."""

    tax: int
    tiers: tuple[tuple[int | None, int], ...]


@dataclass(frozen=True, slots=True)
class Split:
    """A price taken apart: `funded` = `paid` + `fee` + `fee_tax`."""

    price: int
    funded: int
    paid: int
    fee: int
    fee_tax: int


@cache
def policy() -> FeePolicy:
    """The policy of `fees.toml`."""
    data = tomllib.loads(files(__package__).joinpath("fees.toml").read_text("utf-8"))
    return FeePolicy(
        data["tax_percent"], tuple((tier.get("up_to"), tier["percent"]) for tier in data["tier"])
    )


def fee(amount: int, tiers: tuple[tuple[int | None, int], ...]) -> int:
    """The fee on `amount` yen by marginal tiers, its fraction cut once at the end.

    >>> fee(500_000, ((100_000, 20), (200_000, 10), (None, 5)))
    45000
    """
    hundredths, below = 0, 0
    for up_to, percent in tiers:
        top = amount if up_to is None else min(amount, up_to)
        hundredths += max(0, top - below) * percent
        below = top
    return hundredths // 100


def with_tax(price: int, percent: int) -> int:
    """`price` and the tax on it."""
    return price + price * percent // 100


def split_funded(funded: int, fees: FeePolicy, price: int = 0) -> Split:
    """Take `funded` yen (tax included) apart for the worker, the house and the tax on the house's fee."""
    kept = fee(funded, fees.tiers)
    tax = kept * fees.tax // 100
    return Split(price, funded, funded - kept - tax, kept, tax)


def split(price: int, fees: FeePolicy | None = None) -> Split:
    """What a contract of `price` yen without tax is funded with, and where that goes.

    >>> split(10_000)
    Split(price=10000, funded=11000, paid=8580, fee=2200, fee_tax=220)
    """
    fees = fees or policy()
    return split_funded(with_tax(price, fees.tax), fees, price)

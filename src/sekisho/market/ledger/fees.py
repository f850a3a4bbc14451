"""What a contract costs and what of it goes where. Pure arithmetic on whole yen; fractions are cut. Rates: `fees.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

WHOLE = 10_000
"""Basis points of one: 1 bp is a hundredth of a percent."""
Tiers = tuple[tuple[int | None, int], ...]


@dataclass(frozen=True, slots=True)
class FeePolicy:
    """One rate table, never changed. `tax` in basis points; `tiers`: (up to how many yen, basis points), the last endless (None).

    Raises `ValueError` naming the table and its fault.
    """

    id: str
    tax: int
    tiers: Tiers

    def __post_init__(self) -> None:
        ends = [end for end, _ in self.tiers]
        rising = all(a is not None and b is not None and a < b for a, b in pairwise(ends[:-1]))
        rates = [self.tax, *(rate for _, rate in self.tiers)]
        if not ends or ends[-1] is not None or None in ends[:-1] or not rising:
            raise ValueError(f"fees.toml, table {self.id}: each tier but the last needs an `up_to`, each above the one before")
        if not all(isinstance(rate, int) and 0 <= rate < WHOLE for rate in rates):
            raise ValueError(f"fees.toml, table {self.id}: rates are whole basis points from 0 to {WHOLE - 1}")


@dataclass(frozen=True, slots=True)
class Split:
    """A price taken apart: `funded` = `paid` + `fee` + `fee_tax`."""

    price: int
    funded: int
    paid: int
    fee: int
    fee_tax: int


def read(data: Mapping[str, Any]) -> tuple[str, dict[str, FeePolicy]]:
    """Which table is in force, and all of them, from `fees.toml` as a mapping. Raises `ValueError` naming the fault."""
    tables = {
        id_: FeePolicy(id_, table["tax_bp"], tuple((tier.get("up_to"), tier["bp"]) for tier in table["tier"]))
        for id_, table in data["table"].items()
    }
    if data["in_force"] not in tables:
        raise ValueError(f"fees.toml: there is no table {data['in_force']!r}; one of {sorted(tables)}")
    return data["in_force"], tables


@cache
def _read() -> tuple[str, dict[str, FeePolicy]]:
    return read(tomllib.loads(files(__package__).joinpath("fees.toml").read_text("utf-8")))


def policy(id_: str | None = None) -> FeePolicy:
    """A rate table by its id; None: the one in force for new contracts. Raises `KeyError` for an id that never was."""
    in_force, tables = _read()
    return tables[in_force if id_ is None else id_]


def fee(amount: int, tiers: Tiers) -> int:
    """The fee on `amount` yen by marginal tiers, its fraction cut once at the end.

    >>> fee(500_000, ((100_000, 2_000), (200_000, 1_000), (None, 500)))
    45000
    >>> fee(10_001, ((None, 1_650),))
    1650
    """
    parts, below = 0, 0
    for up_to, rate in tiers:
        top = amount if up_to is None else min(amount, up_to)
        parts += max(0, top - below) * rate
        below = top
    return parts // WHOLE


def with_tax(price: int, rate: int) -> int:
    """`price` and the tax on it, at `rate` basis points."""
    return price + price * rate // WHOLE


def split_funded(funded: int, fees: FeePolicy, price: int = 0) -> Split:
    """Take `funded` yen (tax included) apart for the worker, the house and the tax on the house's fee."""
    kept = fee(funded, fees.tiers)
    tax = kept * fees.tax // WHOLE
    return Split(price, funded, funded - kept - tax, kept, tax)


def split(price: int, fees: FeePolicy | None = None) -> Split:
    """What a contract of `price` yen without tax is funded with, and where that goes. None: by the table in force.

    >>> split(10_000)
    Split(price=10000, funded=11000, paid=8580, fee=2200, fee_tax=220)
    """
    fees = fees or policy()
    return split_funded(with_tax(price, fees.tax), fees, price)

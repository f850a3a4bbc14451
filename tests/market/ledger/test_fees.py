"""What a contract costs and where it goes: the published cases, and what holds of every price."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.market.kernel.yen import MOST
from sekisho.market.ledger.fees import FeePolicy, fee, policy, split, split_funded

PRICES = st.integers(1, 5_000_000) | st.integers(1, MOST)
TIERS = policy().tiers


def test_the_golden_case_of_the_published_fee_page_comes_out_to_the_yen() -> None:
    parts = split(10_000)
    assert (parts.funded, parts.fee, parts.fee_tax, parts.fee + parts.fee_tax, parts.paid) == (
        11_000, 2_200, 220, 2_420, 8_580,
    )  # fmt: skip


def test_the_tiers_of_2017_without_tax_leave_455_000_of_half_a_million() -> None:
    parts = split_funded(500_000, FeePolicy(0, TIERS))
    assert (fee(100_000, TIERS), fee(200_000, TIERS), parts.fee, parts.paid) == (
        20_000,
        30_000,
        45_000,
        455_000,
    )


@pytest.mark.parametrize(("amount", "kept"), [(0, 0), (1, 0), (4, 0), (5, 1), (99_999, 19_999), (100_000, 20_000),
                                              (100_009, 20_000), (100_010, 20_001), (200_000, 30_000), (200_019, 30_000),
                                              (200_020, 30_001)])  # fmt: skip
def test_the_fraction_of_a_fee_is_cut_once_at_the_end(amount: int, kept: int) -> None:
    assert fee(amount, TIERS) == kept


@given(PRICES)
def test_of_every_price_what_is_funded_is_paid_fee_and_tax(price: int) -> None:
    parts = split(price)
    assert parts.funded == price + price // 10 == parts.paid + parts.fee + parts.fee_tax
    assert min(parts.paid, parts.fee, parts.fee_tax) >= 0


@given(PRICES, st.data())
def test_of_every_division_what_is_funded_is_paid_fee_tax_and_refund(price: int, data: st.DataObject) -> None:
    whole = split(price).funded
    gross = data.draw(st.integers(0, whole))
    parts = split_funded(gross, policy())
    assert parts.paid + parts.fee + parts.fee_tax + (whole - gross) == whole
    assert min(parts.paid, parts.fee, parts.fee_tax) >= 0


@given(PRICES, PRICES)
def test_a_higher_price_never_lowers_what_is_funded_the_fee_or_its_tax(one: int, other: int) -> None:
    low, high = sorted((one, other))
    less, more = split(low), split(high)
    assert (less.funded <= more.funded, less.fee <= more.fee, less.fee_tax <= more.fee_tax) == (
        True,
        True,
        True,
    )


@given(PRICES)
def test_two_more_yen_never_leave_the_worker_less_and_one_more_at_most_a_yen(price: int) -> None:
    # Fee and tax are both cut, so that a step of both can fall on one yen: 49 leave 40, 50 leave 39, 51 leave 40.
    here = split_funded(price, policy()).paid
    assert split_funded(price + 1, policy()).paid >= here - 1
    assert split_funded(price + 2, policy()).paid >= here


@given(st.integers(0, MOST))
def test_the_house_never_keeps_more_than_a_fifth_and_its_tax(amount: int) -> None:
    parts = split_funded(amount, policy())
    assert parts.fee * 5 <= amount
    assert parts.fee_tax * 10 <= parts.fee

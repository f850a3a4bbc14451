"""What a contract costs and where it goes: the published cases, and what holds of every price."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.market.stage import Stage

from sekisho.market.contracts import verbs as contracts
from sekisho.market.kernel.yen import MOST
from sekisho.market.ledger import fees
from sekisho.market.ledger.book import balance
from sekisho.market.ledger.fees import FeePolicy, fee, policy, read, split, split_funded
from sekisho.market.ledger.models import Kind

PRICES = st.integers(1, 5_000_000) | st.integers(1, MOST)
TIERS = policy().tiers


def test_the_golden_case_of_the_published_fee_page_comes_out_to_the_yen() -> None:
    parts = split(10_000)
    assert (parts.funded, parts.fee, parts.fee_tax, parts.fee + parts.fee_tax, parts.paid) == (
        11_000, 2_200, 220, 2_420, 8_580,
    )  # fmt: skip


def test_the_tiers_of_2017_without_tax_leave_455_000_of_half_a_million() -> None:
    parts = split_funded(500_000, FeePolicy("2017", 0, TIERS))
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


def test_a_rate_table_that_was_ever_in_force_is_as_it_was() -> None:
    # Contracts were agreed under it. A new rate is a new table: add it here with its figures, change none.
    tables = {"2026-1": FeePolicy("2026-1", 1_000, ((100_000, 2_000), (200_000, 1_000), (None, 500)))}
    assert {id_: policy(id_) for id_ in tables} == tables
    assert policy().id in tables


def test_rates_are_basis_points_so_that_parts_of_a_percent_come_out_to_the_yen() -> None:
    # 16.5 % of a published fee page (platforms.md §4, b) and 7.99 %: no whole percents.
    assert fee(10_000, ((None, 1_650),)) == 1_650
    assert fee(99_999, ((None, 799),)) == 7_989
    assert split(10_000, FeePolicy("x", 850, ((50_000, 1_234), (None, 1)))).funded == 10_850


@pytest.mark.parametrize("tiers", [
    (), ((100, 5),), ((None, 5), (None, 5)), ((200, 5), (100, 5), (None, 5)), ((None, 10_000),), ((None, -1),), ((None, 0.5),),
])  # fmt: skip
def test_a_table_that_makes_no_sense_is_refused_by_name(tiers: Any) -> None:
    with pytest.raises(ValueError, match="table odd"):
        FeePolicy("odd", 1_000, tiers)


def test_a_table_in_force_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="2030"):
        read({"in_force": "2030", "table": {"2026-1": {"tax_bp": 0, "tier": [{"bp": 0}]}}})


def test_a_contract_keeps_the_rates_it_was_agreed_under(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    contract = stage.delivered()
    dear = FeePolicy("later", 2_000, ((None, 5_000),))
    old = policy()
    monkeypatch.setattr(fees, "_read", lambda: ("later", {old.id: old, "later": dear}))
    contracts.accept(stage.client, contract)
    assert balance(Kind.WORKER, stage.worker.me) == 8_580
    assert (contract.fee_table, stage.offered().fee_table, stage.offered().funded_yen) == (old.id, "later", 12_000)

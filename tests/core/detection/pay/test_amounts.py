"""Amounts of pay: what is read of a text, per what, and from where it is remarkable for simple work."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.core.detection.pay import HIGH, Amount, Height, find_amounts, height_of
from sekisho.core.text import fold


def read(text: str) -> list[tuple[int, str, str]]:
    """(value, currency, unit) of every amount in `text`, as the engine reads it."""
    return [(amount.value, amount.currency, amount.unit) for amount in find_amounts(fold(text).text)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("時給2,500円", 2_500, "hour"),
        ("日当28,000円をお約束", 28_000, "day"),
        ("日に2万円ほど", 20_000, "day"),
        ("毎日3万保証", 30_000, "day"),
        ("週30万円は固い", 300_000, "week"),
        ("月18万円", 180_000, "month"),
        ("月額65万円を固定で", 650_000, "month"),
        ("年収1000万円", 10_000_000, "year"),
        ("1枚につき3,000円", 3_000, "item"),
        ("¥50,000/日", 50_000, "day"),
        ("時給２万円", 20_000, "hour"),
        ("報酬は3万5千円", 35_000, ""),
        ("五千円", 5_000, ""),
        ("在宅で月50萬", 500_000, "month"),
        ("月商7桁まで", 1_000_000, "month"),
        ("日給50000", 50_000, "day"),
    ],
)
def test_a_japanese_amount_is_read_with_what_it_is_paid_per(text: str, value: int, unit: str) -> None:
    assert read(text) == [(value, "JPY", unit)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("$300/hour", 300, "hour"),
        ("get $900 a week", 900, "week"),
        ("$1.5k weekly", 1_500, "week"),
        ("$6k/month", 6_000, "month"),
        ("300 usd a day", 300, "day"),
        ("5 grand a month", 5_000, "month"),
        ("monthly pay of $4,000", 4_000, "month"),
        ("$45 for every 10 likes", 45, "item"),
        ("€30 per task", 30, "item"),
        ("$2,400 total", 2_400, ""),
    ],
)
def test_an_english_amount_is_read_with_what_it_is_paid_per(text: str, value: int, unit: str) -> None:
    assert read(text) == [(value, "USD", unit)]


@pytest.mark.parametrize(
    "text", ["10万文字", "登録者5万人", "25,000件のデータ", "A4で16ページ", "2桁の品番", "2026年11月"]
)
def test_a_number_of_other_things_is_no_amount(text: str) -> None:
    assert read(text) == []


def test_the_time_worked_is_not_the_unit_of_a_monthly_pay() -> None:
    assert read("1日30分…月18万円") == [(180_000, "JPY", "month")]


def test_pay_for_minutes_a_day_is_pay_per_day() -> None:
    assert read("1日20分で5万円") == [(50_000, "JPY", "day")]


def test_a_unit_is_not_taken_from_another_sentence() -> None:
    assert read("毎日更新します。30,000円") == [(30_000, "JPY", "")]


def test_amounts_come_in_order_of_place() -> None:
    amounts = find_amounts("$20 and 5,000円 and $30")
    assert [amount.start for amount in amounts] == sorted(amount.start for amount in amounts)
    assert len(amounts) == 3


def test_no_more_amounts_than_the_limit_are_read() -> None:
    assert len(find_amounts("100円 " * 500, limit=7)) == 7


@pytest.mark.parametrize(
    ("amount", "height"),
    [
        (Amount(0, 1, 1_350, "JPY", "hour"), Height.USUAL),
        (Amount(0, 1, 30_000, "JPY", "day"), Height.HIGH),
        (Amount(0, 1, 50_000, "JPY", "day"), Height.ABSURD),
        (Amount(0, 1, 500_000, "JPY", "month"), Height.ABSURD),
        (Amount(0, 1, 20, "USD", "hour"), Height.USUAL),
        (Amount(0, 1, 400, "USD", "day"), Height.ABSURD),
        (Amount(0, 1, 900_000, "JPY", "character"), Height.USUAL),
    ],
)
def test_an_amount_is_measured_against_simple_work(amount: Amount, height: Height) -> None:
    assert height_of(amount) is height


def test_absurd_begins_above_high_for_every_unit() -> None:
    assert all(high < absurd for high, absurd in HIGH.values())


@given(st.text(alphabet="0123456789,.万千百円¥$k日月週年時給収一二三十〇桁 /aousd", max_size=60))
def test_every_amount_lies_inside_the_text(text: str) -> None:
    folded = fold(text).text
    for amount in find_amounts(folded):
        assert 0 <= amount.start < amount.end <= len(folded)
        assert amount.value >= 0


@given(st.integers(1, 9_999), st.sampled_from(["時給", "日給", "週給", "月給", "年収"]))
def test_raising_an_amount_never_lowers_its_height(number: int, unit: str) -> None:
    low, high = (find_amounts(f"{unit}{n}円")[0] for n in (number, number * 10))
    assert height_of(low) <= height_of(high)

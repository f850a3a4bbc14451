"""What holds for pay in any text: spans map back, ranges rise, unrelated words change nothing, hostile texts stay cheap."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.core.detection.pay import UNITS, parse_pay

PIECES = st.lists(
    st.sampled_from(
        "時給 日給 月 1件 1文字 1日 30分 で 〜 - から 以上 まで 最大 up to from $ ¥ € £ 円 万 千 百 k / per hour a month each "
        "税込 ( ) 0 1 5 00 "
        "1,000 1.5 三 十 , . 。 、 ４ ０ 銭 million 予算 売上 は の 😀 \u200b \n".split(" ")
    ),
    max_size=30,
).map("".join)
UNRELATED = ("猫の写真をご覧ください。", "We love cats. ", "よろしくお願いします。\n", "資料はこちらで用意します。")


@given(PIECES)
def test_any_text_is_read_with_spans_inside_it_and_rising_ranges(text: str) -> None:
    last = 0
    for pay in parse_pay(text):
        assert 0 <= pay.start < pay.end <= len(text)
        assert pay.start >= last
        last = pay.end
        assert pay.amount_min is not None or pay.amount_max is not None
        if pay.amount_min is not None and pay.amount_max is not None:
            assert pay.amount_min <= pay.amount_max
        assert pay.unit is None or pay.unit in UNITS
        assert pay.currency in ("JPY", "USD", "EUR", "GBP")
        assert (pay.effort is None) == (pay.effort_per is None)


@given(st.text(max_size=80))
def test_no_text_raises(text: str) -> None:
    parse_pay(text)


@given(
    st.integers(1, 9_999_999),
    st.sampled_from([("時給", "円", "hour"), ("1件", "円", "item"), ("月額", "円", "month"), ("$", " per page", "page")]),
    st.sampled_from(UNRELATED),
    st.sampled_from(UNRELATED),
)
def test_an_unrelated_sentence_keeps_the_pay(
    amount: int, form: tuple[str, str, str], before: str, after: str
) -> None:
    before_mark, after_mark, unit = form
    text = f"{before}{before_mark}{amount:,}{after_mark}。{after}"
    (pay,) = parse_pay(text)
    assert (pay.amount_min, pay.amount_max, pay.unit) == (amount, amount, unit)
    assert text[pay.start : pay.end] == f"{before_mark}{amount:,}{after_mark}"


@given(st.integers(1, 500_000), st.integers(1, 500_000))
def test_a_range_is_read_from_its_ends(one: int, other: int) -> None:
    low, high = sorted((one, other))
    (pay,) = parse_pay(f"報酬は一式{low}円〜{high}円")
    assert (pay.amount_min, pay.amount_max) == (low, high)


@pytest.mark.parametrize(
    "text",
    ["1" * 100_000, "1," * 50_000,
     "1~" * 50_000, "万" * 100_000, "時給" * 50_000, "$" * 100_000, "1円" * 50_000, "税込(" * 40_000,
     "1日30分" * 20_000, "a " * 50_000 + "$5", "1から" * 30_000, "(" * 100_000 + "5円"],
)  # fmt: skip
def test_a_hostile_text_is_read_in_passing(text: str) -> None:
    began = time.perf_counter()
    parse_pay(text)
    assert time.perf_counter() - began < 5

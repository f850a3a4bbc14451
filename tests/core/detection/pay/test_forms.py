"""More forms of pay, each seen to go wrong once; and words of open ends in any order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho import parse_pay


@pytest.mark.parametrize(
    ("text", "low", "high", "currency", "unit"),
    [
        ("1記事(3,000字)5,000円", 5000, 5000, "JPY", "item"),
        ("1分単価 90円", 90, 90, "JPY", "minute"),
        ("1英単語10円", 10, 10, "JPY", "word"),
        ("60分あたり5,000円", 5000, 5000, "JPY", "hour"),
        ("2000円/1h", 2000, 2000, "JPY", "hour"),
        ("1.2円〜/文字", 1.2, None, "JPY", "character"),
        ("¥1200〜¥1500/時", 1200, 1500, "JPY", "hour"),
        ("一文字一円", 1, 1, "JPY", "character"),
        ("1案件あたり3万円", 30000, 30000, "JPY", "project"),
        ("no less than $20 per hour", 20, None, "USD", "hour"),
        ("not more than $50 per page", None, 50, "USD", "page"),
        ("$.05 per word", 0.05, 0.05, "USD", "word"),
        ("$40 per 1,000-word article", 40, 40, "USD", "item"),
        ("day rate £250", 250, 250, "GBP", "day"),
        ("£20 p/h", 20, 20, "GBP", "hour"),
        ("2k–3k USD per month", 2000, 3000, "USD", "month"),
    ],
)
def test_a_form_is_read(text: str, low: float | None, high: float | None, currency: str, unit: str) -> None:
    (pay,) = parse_pay(text)
    assert (pay.amount_min, pay.amount_max, pay.currency, pay.unit) == (low, high, currency, unit)


@given(
    st.lists(
        st.sampled_from(["no less than ", "less than ", "up to ", "from ", "最大", "最低", "上限は", "約", "~", "over "]),
        max_size=4,
    ),
    st.sampled_from(["$20", "5,000円", "1万円", "€3k"]),
    st.lists(st.sampled_from(["以上", "まで", "~", "+", " or more", " max", "から", "(税込)", "/時", " per hour"]), max_size=4),
)  # fmt: skip
def test_words_of_open_ends_in_any_order_keep_the_span_inside(
    before: list[str], amount: str, after: list[str]
) -> None:
    text = "".join([*before, amount, *after])
    for pay in parse_pay(text):
        assert 0 <= pay.start < pay.end <= len(text)
        assert pay.amount_min is not None or pay.amount_max is not None

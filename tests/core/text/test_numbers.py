"""Amounts written with units."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.core.text.numbers import value_of


@pytest.mark.parametrize(
    ("amount", "value"),
    [("二十一", 21), ("三万五千", 35_000), ("3万5千", 35_000), ("1.5億", 150_000_000), ("二〇二四", 2024),
     ("百万", 1_000_000), ("千", 1000),
     ("一万〇五百", 10_500), ("1,500万", 15_000_000), ("0.00001万", None)],
)  # fmt: skip
def test_an_amount_has_its_value(amount, value):
    assert value_of(amount) == value


@given(st.integers(1, 99_999_999))
def test_an_amount_written_in_full_is_read_back(number):
    assert value_of(_in_kanji(number // 10_000, "万") + _in_kanji(number % 10_000, "")) == number


def _in_kanji(number, unit):
    written = ""
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            written += ("" if digit == 1 and name else "〇一二三四五六七八九"[digit]) + name
    return written + unit if written else ""

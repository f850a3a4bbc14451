"""What is no posting is refused with its field, its fault and how to mend it."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho import BadPosting
from sekisho.core.detection.postings.reading import read_posting

from .making import posting


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (None, "posting"),
        ([], "posting"),
        ("詳細はLINEで", "posting"),
        ({}, "body"),
        ({"title": " ", "body": "\n"}, "body"),
        ({"title": 3}, "title"),
        (posting(body="あ" * 200_001), "body"),
        (posting(pay=100), "pay"),
        (posting(pay={"text": ["1円"]}), "pay.text"),
        (posting(category="writting"), "category"),
        (posting(category=3), "category"),
        ({**posting(), "client": "新規"}, "client"),
        (posting(client={"rating": 5.1}), "client.rating"),
        (posting(client={"rating": math.nan}), "client.rating"),
        (posting(client={"rating": True}), "client.rating"),
        (posting(client={"reviews": -1}), "client.reviews"),
        (posting(client={"orders": 1.5}), "client.orders"),
        (posting(client={"registered_days": "30"}), "client.registered_days"),
        (posting(client={"profile": {}}), "client.profile"),
        (posting(client={"identity_verified": "yes"}), "client.identity_verified"),
        (posting(client={"company": 1}), "client.company"),
    ],
)
def test_a_bad_posting_is_refused_by_its_field(given: Any, field: str) -> None:
    with pytest.raises(BadPosting) as caught:
        read_posting(given)
    assert caught.value.field == field
    assert str(caught.value).startswith(f"{field}: ")


def test_a_misspelt_category_is_told_the_right_one() -> None:
    with pytest.raises(BadPosting, match="writing"):
        read_posting(posting(category="writting"))


def test_unknown_keys_are_passed_over() -> None:
    read = read_posting({**posting(), "budget": object(), "client": {"reviews": 3, "avatar": "a.png"}})
    assert read.client.reviews == 3


def test_pay_may_be_a_plain_text() -> None:
    assert read_posting(posting(pay="時給1,200円")).pay == "時給1,200円"


def test_blank_company_information_is_none() -> None:
    assert not read_posting(posting(client={"company": " "})).client.company


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(
                    ["title", "body", "pay", "text", "category", "client", "rating", "reviews", "profile"]
                )
                | st.text(),
                inner,
            )
        ),
    )
)
def test_whatever_is_handed_in_is_read_or_refused(given: Any) -> None:
    try:
        read_posting(given)
    except BadPosting as refused:
        told = refused.field
    else:
        told = "read"
    assert told

"""The client's signs at their thresholds, the exception for new accounts, and profiles that say nothing."""

from __future__ import annotations

import pytest

from sekisho.core.detection.postings.library import load_policy
from sekisho.core.detection.postings.policy import ClientSign
from sekisho.core.detection.postings.reading import Client
from sekisho.core.detection.postings.signs import client_signs, has_content
from sekisho.core.guidance.library import load_guide

POLICY = load_policy()


def signs(**facts: object) -> tuple[ClientSign, ...]:
    return client_signs(Client(**facts), POLICY)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("facts", "shown"),
    [
        ({}, []),
        ({"reviews": 0}, ["no_reviews"]),
        ({"reviews": 1}, ["few_reviews"]),
        ({"reviews": 4}, ["few_reviews"]),
        ({"reviews": 5}, []),
        ({"rating": 3.9, "reviews": 8}, ["low_rating"]),
        ({"rating": 4.0, "reviews": 8}, []),
        ({"rating": 0.0, "reviews": 0}, ["no_reviews"]),
        ({"orders": 9}, ["few_orders"]),
        ({"orders": 10}, []),
        ({"profile": ""}, ["empty_profile"]),
        ({"registered_days": 30, "reviews": 0, "orders": 0}, ["no_reviews", "few_orders", "new_account"]),
        ({"registered_days": 31, "reviews": 0, "orders": 0}, ["no_reviews", "few_orders"]),
        ({"registered_days": 3, "reviews": 1, "orders": 0}, ["few_reviews", "few_orders"]),
        ({"registered_days": 3}, []),
    ],
)
def test_a_sign_is_shown_by_its_threshold(facts: dict[str, object], shown: list[str]) -> None:
    assert list(signs(**facts)) == shown


@pytest.mark.parametrize("proof", ["company", "verified_record"])
def test_full_company_information_or_a_proved_record_excuses_a_new_account(proof: str) -> None:
    assert signs(registered_days=3, reviews=0, orders=0, **{proof: True}) == ()


def test_company_information_does_not_excuse_an_old_account_without_orders() -> None:
    assert list(signs(registered_days=300, reviews=0, orders=0, company=True)) == ["no_reviews", "few_orders"]


@pytest.mark.parametrize(
    "profile",
    [
        "  \n",
        "よろしくお願いします。",
        "はじめまして!よろしくお願いいたします。",
        "Hi there!",
        "準備中",
        "やる気のある方を募集しています。",
        "Nice to meet you. Looking for good freelancers.",
        "登録したばかりです。ご応募お待ちしております♪",
        "…",
        "個人です。",
    ],
)
def test_a_profile_of_greetings_says_nothing(profile: str) -> None:
    assert not has_content(profile, POLICY)


@pytest.mark.parametrize(
    "profile",
    [
        "SNS支援。",
        "個人です。友人の結婚式の幹事をしています。",
        "Novelist.",
        "Family bakery.",
        "よろしくお願いします。動画制作の会社です。",
        "Hello! We offer translation services.",
        "信頼を第一に不動産の仲介をしています。",
    ],
)
def test_a_profile_that_names_what_one_does_says_something(profile: str) -> None:
    assert has_content(profile, POLICY)


def test_the_signs_and_the_review_of_a_contact_request_agree_on_what_is_enough() -> None:
    review, own = load_guide().thresholds, POLICY.thresholds
    assert (review.rating, review.reviews, review.orders) == (own.rating, own.reviews, own.orders)

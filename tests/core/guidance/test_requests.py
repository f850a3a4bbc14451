import pytest

import sekisho
from sekisho.core.guidance import Met

GOOD = {"rating": 4.8, "reviews": 40, "orders": 55}
REQUEST = {"tools": ["zoom"], "purpose": "操作手順を画面で確認しながら説明するため"}


def review(request=REQUEST, client=GOOD, **terms):
    return sekisho.review_contact_request(request, client, **({"contract_agreed": True, "escrow_funded": True} | terms))


def test_with_all_four_met_it_is_up_to_her():
    found = review()
    assert [row.met for row in found.rows] == [Met.MET] * 4
    assert found.approve


@pytest.mark.parametrize(
    ("client", "terms"),
    [
        ({**GOOD, "rating": 3.9}, {}),
        ({**GOOD, "reviews": 4}, {}),
        ({**GOOD, "orders": 9}, {}),
        (GOOD, {"contract_agreed": False}),
        (GOOD, {"escrow_funded": False}),
        ({}, {}),
        (GOOD, {"escrow_funded": None}),
    ],
)
def test_one_unmet_or_unknown_criterion_makes_declining_the_safer_choice(client, terms):
    assert not review(client=client, **terms).approve


@pytest.mark.parametrize("purpose", ["", "  \n", "連絡", "次回から手数料のかからない直接契約にするため", None])
def test_a_purpose_that_is_missing_vague_or_wrong_is_not_met(purpose):
    assert review({"tools": ["line"], "purpose": purpose}).rows[2].met is not Met.MET


def test_naming_the_tool_is_no_fault_of_a_purpose():
    assert review({"tools": ["zoom"], "purpose": "Zoomで操作手順を確認しながら打ち合わせをするため"}).rows[2].met is Met.MET


def test_declining_is_said_to_change_nothing():
    assert "契約に影響はありません" in review(client={}).text("ja")


@pytest.mark.parametrize("client", [{"rating": "4"}, {"orders": -1}, {"reviews": float("nan")}, {"orders": True}])
def test_a_fact_of_the_wrong_kind_is_refused(client):
    with pytest.raises(sekisho.UnknownValue, match="client"):
        review(client=client)


def test_a_long_purpose_is_cut_in_the_fact():
    assert len(review({"purpose": "あ" * 500}).rows[2].fact["ja"]) < 90

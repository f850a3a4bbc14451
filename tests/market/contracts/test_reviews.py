"""Reviews, and those that are looked at first."""

from __future__ import annotations

import pytest
from tests.market.stage import LURE, Stage, refused

from sekisho.market.contact_requests import verbs as requests
from sekisho.market.contracts import reviews, verbs
from sekisho.market.contracts.models import Review
from sekisho.market.messaging import verbs as messages
from sekisho.market.profiles.models import TrackRecord


def finished(stage: Stage, deal: object) -> object:
    return verbs.accept(stage.client, stage.delivered(deal))  # type: ignore[arg-type]


def test_a_review_counts_at_once(stage: Stage) -> None:
    row = reviews.review(stage.client, stage.completed(), stars=5, text="丁寧な仕事でした。")
    assert (row.state, TrackRecord.objects.get(account=stage.worker.id).reviews) == ("shown", 1)


def test_a_review_after_a_declined_contact_request_is_looked_at_first(stage: Stage) -> None:
    deal = stage.deal()
    contract = stage.delivered(deal)
    requests.decline(stage.worker, stage.asked(deal))
    verbs.accept(stage.client, contract)
    row = reviews.review(stage.client, contract, stars=1, text="連絡が不便でした。")
    assert (row.state, row.why, TrackRecord.objects.get(account=stage.worker.id).reviews) == (
        "hidden",
        "after_refusal",
        0,
    )
    assert not Review.objects.visible_to(stage.stranger).exists()
    reviews.release(stage.moderator, row)
    assert TrackRecord.objects.get(account=stage.worker.id).stars == 1


def test_a_review_after_a_refused_solicitation_is_looked_at_first(stage: Stage) -> None:
    deal = stage.deal()
    contract = stage.delivered(deal)
    messages.send_anyway(stage.client, messages.send(stage.client, deal, text=LURE))
    messages.send(stage.worker, deal, text="申し訳ありませんが、サイト上でのやり取りを希望します。")
    verbs.accept(stage.client, contract)
    row = reviews.review(stage.client, contract, stars=2)
    assert (row.state, row.why) == ("hidden", "after_refusal")


def test_the_one_who_refused_reviews_freely(stage: Stage) -> None:
    deal = stage.deal()
    contract = stage.delivered(deal)
    requests.decline(stage.worker, stage.asked(deal))
    verbs.accept(stage.client, contract)
    assert reviews.review(stage.worker, contract, stars=3, text="迅速でした。").state == "shown"


def test_a_review_that_solicits_is_hidden_and_never_counts_when_withheld(stage: Stage) -> None:
    row = reviews.review(stage.client, stage.completed(), stars=5, text=LURE)
    reviews.withhold(stage.moderator, row, because="外部誘導を含みます。")
    assert (row.why, TrackRecord.objects.get(account=stage.worker.id).reviews) == ("judged", 0)


@pytest.mark.parametrize("stars", [0, 6, True, 4.5])
def test_stars_are_whole_from_one_to_five(stage: Stage, stars: int) -> None:
    with refused("bad_value"):
        reviews.review(stage.client, stage.completed(), stars=stars)

"""Events of a marketplace that keeps its own contracts: in order, once, judged in the course of their thread."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections

from sekisho.market.deals import log
from sekisho.market.deals.models import Deal, Event
from sekisho.market.external.verbs import Taken, take_event
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.problems import Problem

BACKEND = Actor(uuid4(), "market-a", frozenset({"backend"}))


def take(id_: str, event: dict[str, Any], actor: Actor = BACKEND, **ids: str) -> Taken:
    named = {"deal": "D-1", "client": "c1", "worker": "w1"} | ids
    return take_event(actor, None, event_id=id_, event=event, **named)


def said(text: str, sender: str = "client", **more: Any) -> dict[str, Any]:
    return {"type": "message", "sender": sender, "text": text, **more}


def test_a_message_is_judged_in_the_course_of_its_thread_and_appended_as_given() -> None:
    take("1", said("LINEでやり取りしませんか。"))
    take("2", said("LINEはお断りしています。", "worker"))
    answer = take("3", said("そう言わずにLINEのIDを教えてください。"))
    assert (answer.verdict, answer.stage, answer.position) == ("violation", "pre_contract", 2)
    assert "presses" in repr(answer.findings) or len(answer.findings) > 1
    assert Event.objects.count() == 3


def test_the_stage_follows_the_contract_and_the_approval() -> None:
    steps = [
        {"type": "contract_agreed"}, {"type": "escrow_funded", "amount_yen": 30_000},
        {"type": "contact_request", "by": "client", "tools": ["zoom"], "purpose": "画面を見ながら説明するため"},
        {"type": "contact_request_approved", "by": "worker"}, {"type": "accepted"},
    ]  # fmt: skip
    stages = [take(str(number), step).stage for number, step in enumerate(steps)]
    assert stages == ["pre_contract", "contracted", "contracted", "contact_approved", "pre_contract"]
    assert list(log.verify(Deal.objects.get())) == []


def test_one_id_is_one_event() -> None:
    first, again = take("1", said("こんにちは")), take("1", said("こんにちは"))
    assert (first.known, again.known, first.event) == (False, True, again.event)
    with pytest.raises(Problem) as refusal:
        take("1", said("別の文章"))
    assert (refusal.value.code, Event.objects.count()) == ("event_reused", 1)


@pytest.mark.parametrize(
    ("event", "first"),
    [
        ({"type": "escrow_funded", "amount_yen": 1}, "contract_agreed"), ({"type": "accepted"}, "contract_agreed"),
        ({"type": "contact_request_approved", "by": "worker"}, "contact_request"),
    ],
)  # fmt: skip
def test_what_presupposes_another_event_is_refused_before_it(event: dict[str, Any], first: str) -> None:
    with pytest.raises(Problem) as refusal:
        take("1", event)
    assert (refusal.value.code, refusal.value.facts["first"]) == ("out_of_order", first)
    assert not Event.objects.exists()


def test_times_do_not_go_back_or_far_ahead() -> None:
    take("1", said("こんにちは", at="2026-11-01T10:00:00+09:00"))
    for at, code in (("2026-11-01T09:59:59+09:00", "event_too_early"), ("2999-01-01T00:00:00+00:00", "event_in_future")):
        with pytest.raises(Problem) as refusal:
            take("2", said("次です", at=at))
        assert refusal.value.code == code


@pytest.mark.parametrize(
    "event",
    [{"type": "mesage"}, {"type": "message", "text": "x"}, {"type": "message", "sender": "client"}, {"type": "message",
     "sender": "client", "text": "x", "at": "yesterday"}, {}],
)  # fmt: skip
def test_a_bad_event_says_which_field_and_how_to_mend_it(event: dict[str, Any]) -> None:
    with pytest.raises(Problem) as refusal:
        take("1", event)
    assert refusal.value.code == "bad_event"
    assert refusal.value.text("ja")


def test_a_deal_keeps_its_parties_and_each_marketplace_its_own_ids() -> None:
    take("1", said("こんにちは"))
    with pytest.raises(Problem) as refusal:
        take("2", said("こんにちは"), worker="w2")
    assert refusal.value.code == "other_parties"
    take("1", said("別の店です"), actor=Actor(uuid4(), "market-b", frozenset({"backend"})))
    assert Deal.objects.count() == 2


def test_first_events_sent_at_once_make_one_deal(committed: Any) -> None:
    def hand_in(number: int) -> int:
        try:
            return take(str(number), said("こんにちは")).position
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(hand_in, range(4))) == [0, 1, 2, 3]
    assert Deal.objects.count() == 1


def test_a_person_cannot_hand_in_events(cast: dict[str, Any]) -> None:
    with pytest.raises(Problem) as refusal:
        take("1", said("こんにちは"), actor=cast["aoba"].actor)
    assert refusal.value.code == "not_yours"

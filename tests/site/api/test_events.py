"""A marketplace hands in the events of a deal it keeps itself."""

from __future__ import annotations

from typing import Any

import pytest

from api_callers import Caller, back_end

HELLO = {"type": "message", "sender": "client", "text": "よろしくお願いします。", "at": "2026-09-01T10:00:00+09:00"}
LURE = HELLO | {"text": "今後の連絡はLINEでお願いします。IDは aoba_line です。", "at": "2026-09-01T10:05:00+09:00"}


def event(id_: str, what: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An event of one deal."""
    return {"deal": "d-1", "client": "c-1", "worker": "w-1", "event_id": id_, "event": what} | more


@pytest.fixture
def house(cast: dict[str, Any]) -> Caller:
    """A back end that may hand in events."""
    return back_end(cast["kancho"].actor, "events")


def test_events_are_judged_in_their_deal_and_the_same_one_again_is_the_same_answer(house: Caller) -> None:
    assert house.do("/events", event("1", HELLO))["verdict"] == "clear"
    told = house.do("/events", event("2", LURE))
    assert (told["position"], told["verdict"]) == (1, "violation")
    assert told["findings"]
    assert house.do("/events", event("2", LURE)) == told | {"known": True}
    assert house.refused("POST", "/events", event("2", HELLO)) == (409, "event_reused")


def test_two_marketplaces_never_meet_in_a_deal(cast: dict[str, Any], house: Caller) -> None:
    other = back_end(cast["kancho"].actor, "events")
    house.do("/events", event("1", HELLO))
    assert other.do("/events", event("1", LURE))["position"] == 0


def test_only_a_back_end_with_the_scope_hands_in_events(cast: dict[str, Any], callers: dict[str, Caller]) -> None:
    assert callers["kancho"].refused("POST", "/events", event("1", HELLO)) == (403, "not_yours")
    assert back_end(cast["kancho"].actor, "desk").refused("POST", "/events", event("1", HELLO)) == (403, "no_scope")


@pytest.mark.parametrize(
    "what",
    [{}, {"type": "x"}, HELLO | {"text": 1}, HELLO | {"at": "soon"},
     HELLO | {"at": "9999-12-31T23:59:59-23:00"}, HELLO | {"sender": ["client"]}, {"type": "accepted"}],
)  # fmt: skip
def test_what_is_no_event_is_a_problem_and_never_a_fault(house: Caller, what: dict[str, Any]) -> None:
    assert house.refused("POST", "/events", event("1", what))[0] in (400, 409)

"""What comes from outside is read exactly or refused by number and field."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sekisho
from sekisho.core.detection.threads.events import EventType, read_event
from tests.core.detection.threads.deals import client

BAD = [
    ({"sender": "client", "text": "x"}, "type"),
    ({"type": "mesage", "sender": "client", "text": "x"}, "type"),
    ({"type": 3}, "type"),
    ({"type": "message", "text": "x"}, "sender"),
    ({"type": "message", "sender": "operator", "text": "x"}, "sender"),
    ({"type": "message", "sender": "client"}, "text"),
    ({"type": "message", "sender": "client", "text": 3}, "text"),
    ({"type": "escrow_funded"}, "amount_yen"),
    ({"type": "escrow_funded", "amount_yen": "30000"}, "amount_yen"),
    ({"type": "escrow_funded", "amount_yen": True}, "amount_yen"),
    ({"type": "escrow_funded", "amount_yen": -1}, "amount_yen"),
    ({"type": "contact_request", "tools": "zoom"}, "tools"),
    ({"type": "contact_request", "tools": [3]}, "tools"),
    ({"type": "contact_request", "tools": ["zoom"], "purpose": 3}, "purpose"),
    ({"type": "cancelled", "by": "nobody"}, "by"),
    ({"type": "delivered", "at": "yesterday"}, "at"),
    ({"type": "delivered", "id": []}, "id"),
]


@pytest.mark.parametrize(("event", "field"), BAD)
def test_a_bad_event_is_refused_by_number_and_field(event: dict[str, object], field: str) -> None:
    with pytest.raises(sekisho.BadEvent) as caught:
        sekisho.check_thread([client("よろしくお願いします。"), event])
    assert (caught.value.index, caught.value.field) == (1, field)
    assert caught.value.hint


def test_a_near_miss_of_a_type_is_named() -> None:
    with pytest.raises(sekisho.BadEvent, match="did you mean 'message'"):
        read_event({"type": "mesage"}, 0)


@pytest.mark.parametrize("thread", ["text", b"bytes", {"type": "message"}])
def test_what_is_no_list_of_events_is_refused(thread: object) -> None:
    with pytest.raises(sekisho.BadEvent):
        sekisho.check_thread(thread)  # type: ignore[arg-type]


@given(st.dictionaries(st.sampled_from(["type", "sender", "text", "by", "tools", "amount_yen", "at", "id"]), st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.lists(st.text(max_size=3), max_size=2),
    st.sampled_from([*EventType]),
)))  # fmt: skip
def test_anything_is_read_or_refused_as_a_bad_event(data: dict[str, object]) -> None:
    try:
        event = read_event(data, 0)
    except sekisho.BadEvent as error:
        problem = str(error)
    else:
        problem = ""
        assert event.type in EventType
    assert problem == "" or problem.startswith("event 0, `")


def test_unknown_keys_are_let_pass_and_time_and_id_come_back() -> None:
    event = {**client("よろしくお願いします。"), "at": "2026-11-24T10:00:00+09:00", "id": "m7", "read": True}
    verdict = sekisho.check_thread([event]).events[0]
    assert (verdict.at, verdict.id) == ("2026-11-24T10:00:00+09:00", "m7")


def test_a_text_too_long_is_a_bad_event() -> None:
    with pytest.raises(sekisho.BadEvent) as caught:
        sekisho.check_thread([client("あ" * 1_000_001)])
    assert caught.value.field == "text"


def test_a_bad_event_leaves_the_thread_as_it_was() -> None:
    thread = sekisho.Thread()
    thread.add(client("よろしくお願いします。"))
    before = thread.state()
    with pytest.raises(sekisho.BadEvent):
        thread.add({"type": "message"})
    assert thread.state() == before

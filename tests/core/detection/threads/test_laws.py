"""Laws of threads, over deals in any order: one way or event by event, what never turns graver, what never turns milder."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

import sekisho
from sekisho.core.detection.acts import GRAVITY
from sekisho.core.detection.threads import EventVerdict
from sekisho.core.detection.threads.state import from_plain, to_plain
from tests.core.detection.threads.deals import APPROVED, QUOTATIONS, REFUSALS, Event, client, deals, worker

NOTICE = "運営より: 契約前に外部の連絡先を交換することは禁止されています。ご注意ください。"
ANSWERS = (
    "はい、LINE IDは sample_hanako_2024_x です。",
    "わかりました、Zoomでお願いします。",
    "OK, call me on 555-0100.",
)
MANY = settings(max_examples=60, deadline=None)


def told(events: list[EventVerdict] | tuple[EventVerdict, ...]) -> list[object]:
    return [(e.verdict, e.action, e.stage, e.approved_tools, e.findings) for e in events]


@MANY
@given(deals)
def test_all_at_once_or_event_by_event_or_resumed_anywhere_is_the_same(events: list[Event]) -> None:
    whole = sekisho.check_thread(events)
    thread, verdicts = sekisho.Thread(), []
    for event in events:
        thread = sekisho.Thread.resume(json.loads(json.dumps(thread.state())))
        verdicts.append(thread.add(event))
    assert told(verdicts) == told(whole.events)
    assert (thread.stage, thread.approved_tools) == (whole.stage, whole.approved_tools)


@MANY
@given(deals)
def test_a_state_comes_back_as_it_was(events: list[Event]) -> None:
    thread = sekisho.Thread()
    for event in events:
        thread.add(event)
    state = thread.state()
    assert to_plain(from_plain(json.loads(json.dumps(state)))) == state


@MANY
@given(deals, st.integers(0, 14), st.sampled_from([*REFUSALS, *QUOTATIONS, NOTICE]))
def test_a_refusal_a_quotation_or_a_notice_is_no_violation_of_its_writer(
    events: list[Event], at: int, text: str
) -> None:
    at = min(at, len(events))
    for event in (worker(text), client(text)) if text in (*QUOTATIONS, NOTICE) else (worker(text),):
        thread = sekisho.check_thread([*events[:at], event, *events[at:]])
        assert thread.events[at].verdict == "clear"


@MANY
@given(deals, st.integers(0, 14))
def test_removing_an_approval_makes_nothing_milder(events: list[Event], at: int) -> None:
    at = min(at, len(events))
    with_it = sekisho.check_thread([*events[:at], APPROVED, *events[at:]]).events
    without = sekisho.check_thread(events).events
    for before, after in zip([*with_it[:at], *with_it[at + 1 :]], without, strict=True):
        assert GRAVITY[after.verdict] >= GRAVITY[before.verdict]


@MANY
@given(deals)
def test_an_approval_never_makes_dealing_outside_clear(events: list[Event]) -> None:
    offer = client("手数料がもったいないので、次回から直接契約しませんか。")
    assert sekisho.check_thread([*events, APPROVED, offer]).events[-1].verdict == "violation"


@MANY
@given(deals, st.integers(0, 14), st.sampled_from(ANSWERS))
def test_the_workers_answer_changes_no_finding_of_the_client(events: list[Event], at: int, text: str) -> None:
    at = min(at, len(events))
    plain = sekisho.check_thread(events).events
    answered = sekisho.check_thread([*events[:at], worker(text), *events[at:]]).events
    for before, after in zip(plain, [*answered[:at], *answered[at + 1 :]], strict=True):
        mine = [
            (f.rule, f.verdict, [p.quote for p in f.parts])
            for f in before.findings
            if f.by == "client" and not f.lured
        ]
        then = [
            (f.rule, f.verdict, [p.quote for p in f.parts])
            for f in after.findings
            if f.by == "client" and not f.lured
        ]
        assert mine == then


def test_a_state_stays_small_however_long_the_thread() -> None:
    thread, sizes = sekisho.Thread(), []
    for number in range(300):
        thread.add(client(f"{number} 番目の件です。" + "構成案を確認しました。" * 40))
        thread.add(worker("承知しました。" * 60))
        sizes.append(len(json.dumps(thread.state())))
    assert max(sizes[10:]) <= max(sizes[:10]) + 20
    assert max(sizes) < 8_000

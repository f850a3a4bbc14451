"""Stage and approvals come from the events alone, and what the log does not show is never assumed."""

from pathlib import Path

import pytest

import sekisho
from tests.core.detection.threads.deals import (
    ACCEPTED,
    AGREED,
    APPROVED,
    DECLINED,
    ENDED,
    LAPSED,
    Event,
    cancelled,
    client,
    funded,
    request,
)

LIVE = [AGREED, funded()]
WITH_ZOOM = [*LIVE, request("zoom"), APPROVED]


def stage(events: list[Event], pack: str = "standard") -> tuple[str, tuple[str, ...]]:
    verdict = sekisho.check_thread(events, pack=pack)
    return verdict.stage.value, verdict.approved_tools


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([], "pre_contract"),
        ([AGREED], "pre_contract"),
        (LIVE, "contracted"),
        ([AGREED, funded(10)], "pre_contract"),
        ([AGREED, funded(999)], "pre_contract"),
        ([AGREED, funded(1000)], "contracted"),
        ([AGREED, funded(400), funded(600)], "contracted"),
        ([funded()], "pre_contract"),
        ([*LIVE, ACCEPTED], "pre_contract"),
        ([*LIVE, cancelled()], "pre_contract"),
        ([*LIVE, LAPSED], "pre_contract"),
        ([*LIVE, ACCEPTED, AGREED, funded()], "contracted"),
    ],
)
def test_a_contract_counts_only_while_it_is_agreed_and_really_funded(
    events: list[Event], expected: str
) -> None:
    assert stage(events)[0] == expected


def test_an_approval_covers_the_tools_asked_for() -> None:
    assert stage(WITH_ZOOM) == ("contact_approved", ("zoom",))


@pytest.mark.parametrize(
    "events",
    [
        [*LIVE, APPROVED],
        [request("zoom"), APPROVED],
        [AGREED, funded(10), request("zoom"), APPROVED],
        [*LIVE, request("zoom"), DECLINED],
        [*LIVE, request("zoom"), DECLINED, APPROVED],
        [*LIVE, request("zoom"), {**APPROVED, "by": "client"}],
        [request("zoom"), APPROVED, *LIVE],
        [*WITH_ZOOM, ENDED],
        [*WITH_ZOOM, ACCEPTED],
        [*WITH_ZOOM, cancelled("worker")],
        [*WITH_ZOOM, ACCEPTED, *LIVE],
    ],
)
def test_an_approval_that_nothing_carries_counts_for_nothing(events: list[Event]) -> None:
    assert stage(events)[1] == ()


def test_a_text_never_makes_a_stage() -> None:
    assert stage([client("契約済みで、Zoomも承認済みです。")]) == ("pre_contract", ())


def write_pack(folder: Path, policy: str) -> str:
    folder.mkdir()
    (folder / "pack.toml").write_text(
        f'id = "mine"\nversion = "1"\nextends = "standard"\n[contact_request]\n{policy}\n', encoding="utf-8"
    )
    return str(folder)


def test_a_pack_may_let_approvals_count_before_a_contract(tmp_path: Path) -> None:
    from sekisho.core.detection.threads.events import read_event
    from sekisho.core.detection.threads.state import ThreadState, after
    from sekisho.core.rules.loader import load_pack

    policy = load_pack(Path(write_pack(tmp_path / "p", "before_contract = true"))).contact_request
    state = ThreadState()
    for event in (request("zoom"), APPROVED):
        state = after(state, read_event(event, 0), policy)
    assert state.stage(policy) == "contact_approved"


def test_a_pack_may_forbid_outside_tools(tmp_path: Path) -> None:
    from sekisho.core.detection.threads.events import read_event
    from sekisho.core.detection.threads.state import ThreadState, after
    from sekisho.core.rules.loader import load_pack

    policy = load_pack(Path(write_pack(tmp_path / "p", "outside_tools = false"))).contact_request
    state = ThreadState()
    for event in WITH_ZOOM:
        state = after(state, read_event(event, 0), policy)
    assert state.stage(policy) == "contracted"


def test_the_operator_can_answer_a_request() -> None:
    thread: list[Event] = [*LIVE, request("zoom")]
    for by in ("operator", "worker", None):
        assert stage([*thread, {"type": "contact_request_approved", "by": by}]) == ("contact_approved", ("zoom",))


def test_nobody_but_the_operator_and_the_sides_answers() -> None:
    with pytest.raises(sekisho.BadEvent, match="by"):
        stage([{"type": "contact_request_approved", "by": "office"}])

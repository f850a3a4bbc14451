"""A block is silent: nothing that the blocked one can read differs from what he would read without it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.market.stories import funded_deal, new_deal

from sekisho.market.deals.models import Event
from sekisho.market.deals.verbs import export
from sekisho.market.kernel.problems import Problem
from sekisho.market.messaging.models import Message
from sekisho.market.messaging.reading import Count, shown_state, thread
from sekisho.market.messaging.verbs import release, send, send_anyway
from sekisho.market.people.verbs import block, unblock

SAID = (
    "初稿を確認しました。", "詳細はLINEでお伝えします。IDを教えてください。", "手数料がもったいないので、直接お支払いします。",
    "次回もお願いします。",
)  # fmt: skip


def told(cast: dict[str, Any], deal: Any) -> Any:
    """Everything the client can read, without ids and times."""
    client, states = cast["aoba"].actor, []
    for text in SAID:
        message = send(client, deal, text=text)
        states.append(shown_state(message, client))
        if message.state == "nudged":
            states.append(shown_state(send_anyway(client, message), client))
        if message.state == "held":
            states.append(shown_state(release(cast["minarai"].actor, message), client))
    entries = [
        (e.event and (e.event.type, e.event.position, e.event.body), e.state, e.message and e.message.warned)
        for e in thread(client, deal).entries
    ]
    seen = list(Message.objects.visible_to(client).filter(deal=deal).order_by("at").values_list("text", flat=True))
    log = [(e["type"], e["by"], e["body"]) for e in export(client, deal)["events"]]
    return re.sub(r"[0-9a-f-]{36}", "id", repr((states, entries, seen, log, deal.stage)))


@pytest.mark.parametrize("make", [new_deal, funded_deal])
@pytest.mark.parametrize("who", ["worker", "client"])
def test_nothing_that_the_blocked_one_can_read_differs(cast: dict[str, Any], make: Any, who: str) -> None:
    free, blocked = make(cast, "taro"), make(cast, "hanako")
    if who == "worker":
        block(cast["hanako"].actor, cast["aoba"])
        assert told(cast, free) == told(cast, blocked)
    else:
        block(cast["aoba"].actor, cast["hanako"])
        with pytest.raises(Problem) as refusal:
            send(cast["aoba"].actor, blocked, text="こんにちは")
        assert refusal.value.code == "you_blocked"


def test_who_blocked_sees_nothing_of_what_is_said_to_her(cast: dict[str, Any]) -> None:
    deal = funded_deal(cast)
    before = len(thread(cast["hanako"].actor, deal).entries)
    block(cast["hanako"].actor, cast["aoba"])
    told(cast, deal)
    hers = cast["hanako"].actor
    assert len(thread(hers, deal).entries) == before
    assert not Message.objects.visible_to(hers).filter(deal=deal).exists()


def test_a_moderator_sees_that_a_message_was_muted(cast: dict[str, Any]) -> None:
    block(cast["hanako"].actor, cast["aoba"])
    message = send(cast["aoba"].actor, new_deal(cast), text="こんにちは")
    assert shown_state(message, cast["minarai"].actor) == "muted"


def test_no_number_is_missing_for_who_blocked_and_none_ever_changes(cast: dict[str, Any]) -> None:
    deal, his, hers = funded_deal(cast), cast["aoba"].actor, cast["hanako"].actor
    send(hers, deal, text="資料を受け取りました。")
    block(hers, cast["aoba"])
    for text in ("初稿はいつ届きますか。", "お返事をお待ちしています。"):
        send(his, deal, text=text)
    unblock(hers, cast["aoba"])
    send(hers, deal, text="明日お届けします。")
    send(his, deal, text="ありがとうございます。")
    for actor in (his, hers):
        numbers = [e.event.position for e in thread(actor, deal).entries if e.event]
        assert numbers == list(range(len(numbers)))
    assert len(numbers) + 2 == Event.objects.filter(deal=deal).count()


def test_pages_by_ones_own_numbers_lose_and_repeat_nothing(cast: dict[str, Any]) -> None:
    deal, his, hers = funded_deal(cast), cast["aoba"].actor, cast["hanako"].actor
    for turn in range(6):
        block(hers, cast["aoba"])
        send(his, deal, text=f"ご確認ください。{turn}")
        unblock(hers, cast["aoba"])
        send(hers, deal, text=f"確認しました。{turn}")
    whole = [e.event.id for e in thread(hers, deal, limit=200).entries if e.event]
    pages, before = list[Any](), None
    while True:
        page = thread(hers, deal, before=before, limit=3)
        pages = [e.event.id for e in page.entries if e.event] + pages
        before = page.older
        if before is None:
            break
    assert pages == whole


@given(st.sets(st.integers(0, 40)), st.integers(0, 60))
def test_a_number_and_its_position_belong_together(hidden: set[int], number: int) -> None:
    count = Count(tuple(sorted(hidden)))
    assert count.real(number) not in hidden
    assert count.shown(count.real(number)) == number

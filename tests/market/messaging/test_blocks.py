"""A block is silent: nothing that the blocked one can read differs from what he would read without it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from tests.market.stories import funded_deal, new_deal

from sekisho.market.deals.verbs import export
from sekisho.market.kernel.problems import Problem
from sekisho.market.messaging.models import Message
from sekisho.market.messaging.reading import shown_state, thread
from sekisho.market.messaging.verbs import release, send, send_anyway
from sekisho.market.people.verbs import block

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

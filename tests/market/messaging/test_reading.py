"""A page of a thread costs the same whatever its length, with and without files."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sekisho.market.files.verbs import upload
from sekisho.market.messaging.reading import thread
from sekisho.market.messaging.verbs import send
from tests.market.stories import new_deal


@pytest.mark.parametrize("messages", [1, 12])
def test_a_page_of_a_thread_is_at_most_five_queries(cast: dict[str, Any], messages: int) -> None:
    deal, client = new_deal(cast), cast["aoba"].actor
    for number in range(messages):
        file = upload(client, None, name="a.txt", stream=io.BytesIO(b"%d" % number), for_="message")
        send(client, deal, text="確認をお願いします。", files=[file.id])
    with CaptureQueriesContext(connection) as queries:
        page = thread(cast["hanako"].actor, deal, limit=50)
        assert [len(entry.files) for entry in page.entries] == [1] * messages
    assert len(queries) <= 5


def test_an_attempt_stands_between_the_messages_of_its_time_and_on_one_page_only(cast: dict[str, Any]) -> None:
    deal, client = new_deal(cast), cast["aoba"].actor
    for text in ("一つ目です。", "LINEのIDを教えてください。", "二つ目です。", "三つ目です。"):
        send(client, deal, text=text)
    last = thread(client, deal, limit=1)
    older = thread(client, deal, before=last.older, limit=2)
    assert [entry.state for entry in last.entries] == ["delivered"]
    assert [entry.state for entry in older.entries] == ["delivered", "nudged", "delivered"]

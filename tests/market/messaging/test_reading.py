"""A page of a thread costs the same whatever its length, with and without files."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.market.stories import new_deal

from sekisho.market.files.verbs import upload
from sekisho.market.messaging.reading import thread
from sekisho.market.messaging.verbs import send


@pytest.mark.parametrize("messages", [1, 12])
def test_a_page_of_a_thread_is_at_most_six_queries(cast: dict[str, Any], messages: int) -> None:
    deal, client = new_deal(cast), cast["aoba"].actor
    for number in range(messages):
        file = upload(client, None, name="a.txt", stream=io.BytesIO(b"%d" % number), for_="message")
        send(client, deal, text="確認をお願いします。", files=[file.id])
    with CaptureQueriesContext(connection) as queries:
        page = thread(cast["hanako"].actor, deal, limit=50)
        assert [len(entry.files) for entry in page.entries] == [1] * messages
    assert len(queries) <= 6


@pytest.mark.parametrize("size", [1, 2, 3, 50])
def test_every_attempt_stands_on_exactly_one_page_in_its_place(cast: dict[str, Any], size: int) -> None:
    deal, client = new_deal(cast), cast["aoba"].actor
    texts = ("一つ目です。", "LINEのIDを教えてください。", "二つ目です。", "手数料を避けて直接お支払いします。", "三つ目です。")
    for text in texts:
        send(client, deal, text=text)
    deal.refresh_from_db()
    shown: list[str] = []
    page = thread(client, deal, limit=size)
    while True:
        shown[:0] = [entry.message.text for entry in page.entries if entry.message]
        if page.older is None:
            break
        first, page = page, thread(client, deal, before=page.older, limit=size)
    assert tuple(shown) == texts
    if page.newer is not None:
        ahead = thread(client, deal, after=page.newer, limit=size)
        assert [e.message and e.message.text for e in ahead.entries] == [e.message and e.message.text for e in first.entries]

"""Pages of a log: by position, one query whatever the length."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.market.stories import new_deal

from sekisho.market.deals import log
from sekisho.market.deals.models import Deal
from sekisho.market.deals.reading import page


@pytest.fixture
def long_deal(cast: dict[str, Any]) -> Deal:
    deal = log.lock(new_deal(cast).id)
    for number in range(23):
        log.append(deal, "disputed", by="client", author=deal.client_id, content={"because": str(number)})
    return deal


def test_pages_backwards_show_every_event_once(long_deal: Deal) -> None:
    shown, before = [], None
    while True:
        found = page(long_deal, before=before, limit=5)
        shown[:0] = [row.position for row in found.rows]
        before = found.older
        if before is None:
            break
    assert shown == list(range(23))


def test_pages_forwards_show_every_event_once(long_deal: Deal) -> None:
    shown, after = [0], 0
    while after is not None:
        found = page(long_deal, after=after, limit=4)
        shown += [row.position for row in found.rows]
        after = found.newer
    assert shown == list(range(23))


@pytest.mark.parametrize("limit", [1, 10, 200])
def test_a_page_is_one_query(long_deal: Deal, limit: int) -> None:
    with CaptureQueriesContext(connection) as queries:
        page(long_deal, limit=limit)
    assert len(queries) == 1

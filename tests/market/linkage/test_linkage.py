"""The same contact in several accounts is told, and no contact is stored."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import override_settings
from tests.market.stories import new_deal, person

from sekisho.core.detection import Contact
from sekisho.market.judging.judge import judge_text
from sekisho.market.kernel import outbox
from sekisho.market.linkage import shared
from sekisho.market.linkage.keys import digest, sightings
from sekisho.market.linkage.models import Sighting
from sekisho.market.messaging.verbs import send


def test_the_same_number_written_differently_links_two_accounts(cast: dict[str, Any]) -> None:
    judge_text("電話は090-1234-5678です。", kind="profile", sender="worker", writer=cast["hanako"].id)
    send(cast["aoba"].actor, new_deal(cast, "taro"), text="０９０ー１２３４ー５６７８ までお電話ください。")
    outbox.deliver()
    (link,) = shared.shared_by(cast["hanako"].id)
    assert (link.account, link.kinds) == (cast["aoba"].id, ("phone",))
    assert shared.shared_by(cast["taro"].id) == ()


def test_no_contact_stands_in_the_tables_of_the_room_or_in_the_outbox(cast: dict[str, Any]) -> None:
    judge_text("090-1234-5678 / hanako@example.org", kind="profile", sender="worker", writer=cast["hanako"].id)
    outbox.deliver()
    assert Sighting.objects.count() == 2
    with connection.cursor() as cursor:
        cursor.execute("SELECT s::text FROM linkage_sighting s UNION ALL SELECT o::text FROM kernel_outboxrow o")
        told = repr(cursor.fetchall())
    assert not any(form in told for form in ("12345678", "1234-5678", "hanako@"))


def test_the_hash_needs_the_key() -> None:
    before = digest("phone", "+819012345678")
    with override_settings(SEKISHO_LINKAGE_KEY="another"):
        assert digest("phone", "+819012345678") != before


def test_pages_and_secrets_link_nobody() -> None:
    contacts = [Contact(kind, 0, 1, "x", "", True) for kind in ("url", "form", "card", "my_number", "bank_account")]
    assert sightings(contacts) == []


def test_an_identifier_that_everybody_uses_tells_nothing(
    cast: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared, "COMMON", 2)
    for account in (cast["hanako"], cast["taro"], person("次郎")):
        judge_text("help@example.org", kind="profile", sender="worker", writer=account.id)
    outbox.deliver()
    assert shared.shared_by(cast["hanako"].id) == ()

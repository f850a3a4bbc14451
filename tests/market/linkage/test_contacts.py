"""The same contact in several accounts is told, in the verb's own transaction, and no contact is stored."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, connections, transaction
from django.test import override_settings
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.market.linkage.conftest import TEXT
from tests.market.stories import new_deal, person

from sekisho import check
from sekisho.core.detection import Contact
from sekisho.market.jobs.applications import apply
from sekisho.market.judging.judge import judge_posting, judge_text
from sekisho.market.kernel import outbox
from sekisho.market.kernel.models import OutboxRow
from sekisho.market.ledger.payouts import set_bank_account
from sekisho.market.linkage.keys import hashes
from sekisho.market.linkage.models import Sighting, Trait
from sekisho.market.linkage.noting import note
from sekisho.market.linkage.policy import policy
from sekisho.market.linkage.seen import PERSONAL, contacts_seen, seen
from sekisho.market.linkage.shared import shared_by
from sekisho.market.messaging.verbs import send
from sekisho.market.people.models import Account

Wrote = Callable[[Account, str], None]
DASHES = "-ー‐－ ・."
DIGITS = ("0123456789", "０１２３４５６７８９", "⓪①②③④⑤⑥⑦⑧⑨")


def test_the_same_number_written_differently_links_two_accounts(cast: dict[str, Any], wrote: Wrote) -> None:
    wrote(cast["hanako"], "電話は090-1234-5678です。")
    send(cast["aoba"].actor, new_deal(cast, "taro"), text="０９０ー１２３４ー５６７８ までお電話ください。")
    (link,) = shared_by(cast["hanako"].id)
    assert (link.account, link.kinds) == (cast["aoba"].id, ("phone",))
    assert shared_by(cast["taro"].id) == ()


@settings(max_examples=40)
@given(
    number=st.integers(10_000_000, 99_999_999), dash=st.sampled_from(DASHES), digits=st.sampled_from(DIGITS),
    before=st.sampled_from(("電話は", "TEL: ", "ご連絡は携帯 ")),
)  # fmt: skip
def test_an_identifier_in_another_writing_has_the_same_hash(
    number: int, dash: str, digits: str, before: str
) -> None:
    def hashed(text: str) -> list[tuple[bytes, ...]]:
        return [one.digests for one in contacts_seen(check(text).contacts)]

    plain = f"090-{number // 10_000:04d}-{number % 10_000:04d}"
    other = plain.translate(str.maketrans("0123456789", digits)).replace("-", dash)
    assert hashed(f"{before}{other} です") == hashed(f"電話は{plain}です")


def test_a_contact_is_noted_in_the_transaction_of_its_verb(cast: dict[str, Any]) -> None:
    deal = new_deal(cast)
    with transaction.atomic():
        send(cast["aoba"].actor, deal, text="090-1234-5678 までお電話ください。")
        assert Sighting.objects.get().account_id == cast["aoba"].id  # before the outbox was delivered
        transaction.set_rollback(True)
    assert not Sighting.objects.exists()


def test_a_contact_in_a_posting_is_noted(cast: dict[str, Any]) -> None:
    posting = {
        "title": "データ入力",
        "body": "応募は LINE ID: aoba_work99 までご連絡ください。",
        "category": "data_entry",
    }
    judge_posting(posting, writer=cast["aoba"].id)
    assert Sighting.objects.get().trait.kind == "line_id"


def test_who_quotes_what_the_other_side_wrote_shows_nothing_of_her_own(cast: dict[str, Any]) -> None:
    deal = new_deal(cast)
    send(cast["aoba"].actor, deal, text="090-1234-5678 までお電話ください。")
    deal.refresh_from_db()
    send(cast["hanako"].actor, deal, text="090-1234-5678 というのは、御社の番号でしょうか。")
    assert shared_by(cast["hanako"].id) == shared_by(cast["aoba"].id) == ()


def test_who_quotes_a_postings_contact_in_her_application_shows_nothing_of_her_own(stage: Any) -> None:
    job = stage.job()
    note(job.client_id, contacts_seen(check("LINE ID: aoba_work99").contacts))
    apply(
        stage.cast["hanako"].actor,
        job,
        text="LINE ID: aoba_work99 とは、御社の連絡先ですか。090-1234-5678 です。",
    )
    assert [row.trait.kind for row in Sighting.objects.filter(account=stage.cast["hanako"])] == ["phone"]


@pytest.mark.parametrize("kind", ["dispute", "review", "file_name", "message"])
def test_what_speaks_about_others_is_not_counted(cast: dict[str, Any], kind: str) -> None:
    judge_text(
        "090-1234-5678 へ電話するよう言われました。", kind=kind, sender="worker", writer=cast["hanako"].id
    )
    assert not Sighting.objects.exists()


def test_one_bank_account_for_two_workers_links_them(cast: dict[str, Any]) -> None:
    bank = {"bank": "0001", "branch": "001", "type_": "ordinary"}
    set_bank_account(cast["hanako"].actor, None, **bank, number="1234567", holder="ヤマダ ハナコ")
    set_bank_account(cast["taro"].actor, None, **bank, number="１２３４５６７", holder="ﾔﾏﾀﾞ ﾀﾛｳ")
    (link,) = shared_by(cast["hanako"].id)
    assert (link.account, link.kinds) == (cast["taro"].id, ("payout",))


def test_no_plain_identifier_stands_in_any_table_but_those_of_peoples_own_words(
    cast: dict[str, Any], wrote: Wrote
) -> None:
    secrets = ("1234-5678", "12345678", "aoba_work99", "hanako@mail.example", "7654321", "表示速度の改善")
    wrote(cast["hanako"], TEXT + "090-1234-5678 / hanako@mail.example / LINE ID: aoba_work99")
    send(cast["aoba"].actor, new_deal(cast), text=TEXT + "電話は 090-1234-5678 です。")
    set_bank_account(cast["hanako"].actor, None, bank="0001", branch="001", type_="ordinary", number="7654321",
                     holder="ヤマダ ハナコ")  # fmt: skip
    while outbox.deliver():
        pass
    assert Trait.objects.count() == 5
    words = {"judging_judgement", "messaging_message", "deals_body", "deals_deal"}
    holding = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT t::text FROM {connection.ops.quote_name(table)} t")
            rows = " ".join(row[0] for row in cursor.fetchall())
            if any(secret in rows for secret in secrets):
                holding.add(table)
    assert holding <= words
    assert holding >= {"judging_judgement", "messaging_message"}  # the scan finds what there is


def test_what_is_told_in_the_background_holds_no_words(cast: dict[str, Any], wrote: Wrote) -> None:
    wrote(cast["hanako"], TEXT)
    told = OutboxRow.objects.get(topic="linkage.near").payload
    assert set(told) == {"account", "seen", "others"}
    assert set(told["seen"]) == {"kind", "digests", "key", "bands", "look"}


def test_accounts_that_write_the_same_contact_at_once_are_linked(committed: Any) -> None:
    accounts = [person(f"次郎{i}").id for i in range(6)]
    start = Barrier(len(accounts))

    def write(account: UUID) -> None:
        try:
            start.wait(20)
            with transaction.atomic():
                note(account, [seen("phone", str(number)) for number in range(5)])
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(accounts)) as pool:
        list(pool.map(write, accounts))
    assert (Trait.objects.count(), Sighting.objects.count()) == (5, 5 * len(accounts))
    assert len(shared_by(accounts[0])) == len(accounts) - 1


def test_the_hash_needs_the_key() -> None:
    before = hashes("phone", b"+819012345678")
    with override_settings(SEKISHO_LINKAGE_KEY="another"):
        assert hashes("phone", b"+819012345678") != before


def test_pages_and_secrets_link_nobody() -> None:
    contacts = [
        Contact(kind, 0, 1, "x", "", True) for kind in ("url", "form", "card", "my_number", "bank_account")
    ]
    assert contacts_seen(contacts) == []


def test_every_kind_that_is_noted_has_its_strength() -> None:
    assert {"payout", "text", "picture", *PERSONAL} == set(policy().strength)


def test_an_identifier_that_everybody_uses_tells_nothing(cast: dict[str, Any], wrote: Wrote) -> None:
    accounts = [person(f"次郎{i}") for i in range(policy().common)]
    for account in accounts:
        wrote(account, "help@example.org")
    assert len(shared_by(accounts[0].id)) == policy().common - 1
    wrote(cast["hanako"], "help@example.org")
    assert shared_by(cast["hanako"].id) == shared_by(accounts[0].id) == ()


def test_a_text_full_of_contacts_is_noted_in_part_only(cast: dict[str, Any], wrote: Wrote) -> None:
    wrote(cast["hanako"], " ".join(f"a{i}@example.org" for i in range(60)))
    assert Sighting.objects.count() == policy().most_contacts

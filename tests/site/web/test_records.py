"""A deal's whole record through pages: taken out, read by the house with a reason, erased by policy."""

from __future__ import annotations

import json

from django.test import Client
from tests.market.safety.made import opened
from tests.market.stage import LURE, Stage

from sekisho.market.deals.models import Deal
from sekisho.market.deals.verifying import erased, verify_export
from sekisho.market.kernel.models import AuditEntry
from sekisho.market.messaging.verbs import send


def said(stage: Stage, *texts: str) -> Deal:
    """A deal in which the client has said this."""
    deal = stage.deal()
    for text in texts:
        send(stage.client, Deal.objects.get(pk=deal.pk), text=text)
    return deal


def test_a_party_downloads_the_record_and_it_verifies(stage: Stage, browsers: dict[str, Client]) -> None:
    deal = said(stage, "お世話になっております。")
    answer = browsers["hanako"].post(f"/deals/{deal.id}/record", {"as": "json"})
    assert answer["Content-Disposition"].startswith("attachment")
    assert verify_export(json.loads(answer.content)) == []


def test_taking_the_record_out_stands_in_the_audit_chain(stage: Stage, browsers: dict[str, Client]) -> None:
    deal = said(stage, "お世話になっております。")
    browsers["hanako"].post(f"/deals/{deal.id}/record", {"as": "print"})
    assert AuditEntry.objects.get(action="deal.export").actor == stage.worker.id


def test_the_page_for_paper_tells_every_event_with_its_hash(
    stage: Stage, browsers: dict[str, Client]
) -> None:
    deal = said(stage, "一つ目です。", "二つ目です。")
    page = browsers["aoba"].post(f"/deals/{deal.id}/record", {"as": "print"}).content.decode()
    head = bytes(Deal.objects.get(pk=deal.pk).head).hex()
    assert "一つ目です。" in page
    assert "二つ目です。" in page
    assert page.count(head) == 2


def test_nothing_of_a_deal_is_shown_to_the_house_before_a_reason(
    stage: Stage, browsers: dict[str, Client]
) -> None:
    deal = said(stage, "ここだけの話です。")
    assert "ここだけの話" not in browsers["minarai"].get(f"/house/deals/{deal.id}").content.decode()
    refused = browsers["minarai"].post(f"/house/deals/{deal.id}", {"because": " ", "what": "thread"})
    assert (refused.status_code, "ここだけの話" in refused.content.decode()) == (400, False)


def test_a_moderator_reads_what_was_not_delivered_too_and_why_stays(
    stage: Stage, browsers: dict[str, Client]
) -> None:
    deal = said(stage, "お世話になっております。", LURE)
    opened(deal, stage.moderator)
    page = browsers["minarai"].post(f"/house/deals/{deal.id}", {"because": "通報の確認", "what": "thread"})
    assert "LINE IDを教えて" in page.content.decode()
    assert {e.because for e in AuditEntry.objects.filter(action__in=["deal.inspect", "message.inspect"])} == {
        "通報の確認"
    }


def test_the_log_alone_has_only_what_was_said(stage: Stage, browsers: dict[str, Client]) -> None:
    deal = said(stage, "お世話になっております。", LURE)
    opened(deal, stage.moderator)
    page = (
        browsers["minarai"]
        .post(f"/house/deals/{deal.id}", {"because": "通報の確認", "what": "log"})
        .content.decode()
    )
    assert "お世話になっております。" in page
    assert "LINE IDを教えて" not in page
    assert not AuditEntry.objects.filter(action="message.inspect").exists()


def test_a_long_thread_is_read_page_by_page(stage: Stage, browsers: dict[str, Client]) -> None:
    deal = said(stage, "始まりの一言です。")
    opened(deal, stage.moderator)
    Deal.objects.filter(pk=deal.pk).update(length=1)
    for number in range(15):
        send(stage.worker, Deal.objects.get(pk=deal.pk), text=f"{number}番目です。")
    asked = {"because": "通報の確認", "what": "log", "before": "3"}
    page = browsers["minarai"].post(f"/house/deals/{deal.id}", asked).content.decode()
    assert "始まりの一言です。" in page
    assert "5番目です。" not in page


def test_an_erased_body_is_gone_and_the_record_says_so(stage: Stage, browsers: dict[str, Client]) -> None:
    deal = said(stage, "電話番号を書いてしまいました。")
    browsers["kancho"].post(f"/house/deals/{deal.id}/erase", {"position": "0", "because": "本人の請求"})
    record = json.loads(browsers["aoba"].post(f"/deals/{deal.id}/record", {"as": "json"}).content)
    assert (erased(record), "電話番号を書いて" in json.dumps(record, ensure_ascii=False)) == (
        {0: "本人の請求"},
        False,
    )
    assert verify_export(record) == []

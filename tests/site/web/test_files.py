"""Files through pages: taken in with forms, hidden while something is held, handed out as downloads and never shown in place."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.market.stage import LURE, Stage

from sekisho.interfaces.web import uploads
from sekisho.market.contracts.models import Contract, Delivery, Dispute, Statement
from sekisho.market.deals.export import export
from sekisho.market.deals.models import Deal
from sekisho.market.deals.verifying import verify_export
from sekisho.market.files.models import Share, Upload
from sekisho.market.files.policy import policy
from sekisho.market.files.verbs import upload
from sekisho.market.judging import files as judging_files
from sekisho.market.kernel import outbox
from sekisho.market.kernel.models import AuditEntry
from sekisho.market.messaging.models import Message


def given(answer: Any) -> bytes:
    """What was downloaded."""
    return b"".join(answer.streaming_content)


def record_of(contract: Contract) -> dict[str, Any]:
    """The log of its deal as it is now."""
    return export(Deal.objects.get(pk=contract.deal_id))


HTML = b"<!doctype html><script>alert(1)</script>"


def file(name: str = "原稿.docx", content: bytes = b"PK\x03\x04 the work") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content)


def test_a_message_carries_its_file_to_the_other_side(stage: Stage, browsers: dict[str, Client]) -> None:
    deal = stage.deal()
    browsers["aoba"].post(
        f"/deals/{deal.id}", {"text": "資料です。", "files": [file("資料.pdf"), file("見本.zip")]}
    )
    page = browsers["hanako"].get(f"/deals/{deal.id}").content.decode()
    assert "資料.pdf" in page
    assert "見本.zip" in page
    assert (
        given(browsers["hanako"].post(f"/files/{Upload.objects.get(name='見本.zip').id}"))
        == b"PK\x03\x04 the work"
    )


def test_a_file_may_be_sent_without_words(stage: Stage, browsers: dict[str, Client]) -> None:
    deal = stage.deal()
    browsers["aoba"].post(f"/deals/{deal.id}", {"text": "", "files": [file()]})
    assert Message.objects.get().state == "delivered"


def test_a_file_is_never_served_as_a_page(stage: Stage, browsers: dict[str, Client]) -> None:
    deal = stage.deal()
    browsers["aoba"].post(f"/deals/{deal.id}", {"text": "資料です。", "files": [file("page.html", HTML)]})
    answer = browsers["hanako"].post(f"/files/{Upload.objects.get().id}")
    assert given(answer) == HTML
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_file_has_no_address_that_a_link_could_open(stage: Stage, browsers: dict[str, Client]) -> None:
    deal = stage.deal()
    browsers["aoba"].post(f"/deals/{deal.id}", {"text": "資料です。", "files": [file("page.html", HTML)]})
    assert browsers["hanako"].get(f"/files/{Upload.objects.get().id}").status_code == 405


def test_a_strangers_wish_for_a_file_finds_nothing(stage: Stage, browsers: dict[str, Client]) -> None:
    deal = stage.deal()
    browsers["aoba"].post(f"/deals/{deal.id}", {"text": "資料です。", "files": [file()]})
    assert browsers["taro"].post(f"/files/{Upload.objects.get().id}").status_code == 404


def test_a_form_sent_twice_uploads_once(stage: Stage, browsers: dict[str, Client]) -> None:
    deal = stage.deal()
    for _ in range(2):
        browsers["aoba"].post(f"/deals/{deal.id}", {"text": "資料です。", "files": [file()], "key": "once"})
    assert (Upload.objects.count(), Message.objects.count()) == (1, 1)


def test_the_same_key_with_another_file_is_refused(stage: Stage, browsers: dict[str, Client]) -> None:
    deal = stage.deal()
    browsers["aoba"].post(f"/deals/{deal.id}", {"text": "資料です。", "files": [file()], "key": "once"})
    again = browsers["aoba"].post(
        f"/deals/{deal.id}", {"text": "資料です。", "files": [file(content=b"another")], "key": "once"}
    )
    assert (again.status_code, Upload.objects.count()) == (409, 1)


def test_a_refused_form_keeps_the_files_that_had_arrived(stage: Stage, browsers: dict[str, Client]) -> None:
    contract = stage.funded()
    page = browsers["hanako"].post(f"/contracts/{contract.id}/deliver", {"note": " ", "files": [file()]})
    kept = Upload.objects.get()
    assert (page.status_code, f'name="kept" value="{kept.id}" checked' in page.content.decode()) == (
        400,
        True,
    )
    browsers["hanako"].post(
        f"/contracts/{contract.id}/deliver", {"note": "納品します。", "kept": str(kept.id)}
    )
    assert Upload.objects.get().about == Delivery.objects.get().statement_id


def test_a_delivery_of_any_kind_of_file_reaches_the_client(stage: Stage, browsers: dict[str, Client]) -> None:
    contract = stage.funded()
    browsers["hanako"].post(
        f"/contracts/{contract.id}/deliver", {"note": "納品します。", "files": [file("tool.exe", b"MZ...")]}
    )
    assert "tool.exe" in browsers["aoba"].get(f"/contracts/{contract.id}").content.decode()
    assert Share.objects.filter(reader=stage.client.id).count() == 1


def test_a_held_delivery_keeps_its_files_hidden_until_it_is_released(
    stage: Stage, browsers: dict[str, Client]
) -> None:
    contract = stage.funded()
    browsers["hanako"].post(f"/contracts/{contract.id}/deliver", {"note": LURE, "files": [file("作品.docx")]})
    held, pk = Statement.objects.get(state="held"), Upload.objects.get().id
    assert "作品.docx" not in browsers["aoba"].get(f"/contracts/{contract.id}").content.decode()
    assert browsers["aoba"].post(f"/files/{pk}").status_code == 404
    assert "作品.docx" not in str(record_of(contract)["events"])
    browsers["minarai"].post(f"/statements/{held.id}/release")
    assert given(browsers["aoba"].post(f"/files/{pk}")).startswith(b"PK")
    assert "作品.docx" in str(record_of(contract)["events"])


def test_a_name_that_leads_outside_holds_what_it_came_with(stage: Stage, browsers: dict[str, Client]) -> None:
    contract = stage.funded()
    browsers["hanako"].post(
        f"/contracts/{contract.id}/deliver",
        {"note": "納品します。", "files": [file("今後の連絡はLINEで ID aoba_line.docx")]},
    )
    assert (contract.deliveries.count(), Statement.objects.get().state) == (1, "held")


def test_the_chain_holds_the_hash_of_every_file(stage: Stage, browsers: dict[str, Client]) -> None:
    contract = stage.funded()
    browsers["hanako"].post(f"/contracts/{contract.id}/deliver", {"note": "納品します。", "files": [file()]})
    record = record_of(contract)
    told = next(event["body"] for event in record["events"] if event["type"] == "delivered")
    assert (told["files"][0]["sha256"], verify_export(record)) == (Upload.objects.get().sha256, [])
    told["files"][0]["sha256"] = "0" * 64
    assert verify_export(record) != []


def test_evidence_is_seen_by_the_other_side_and_by_the_house(
    stage: Stage, browsers: dict[str, Client]
) -> None:
    dispute = stage.disputed()
    browsers["aoba"].post(
        f"/disputes/{dispute.id}/say", {"text": "画面の写真です。", "files": [file("画面.zip")]}
    )
    assert "画面.zip" in browsers["hanako"].get(f"/contracts/{dispute.contract_id}").content.decode()
    assert "画面.zip" in browsers["minarai"].get(f"/house/disputes/{dispute.id}").content.decode()


def test_a_dispute_can_begin_with_evidence(stage: Stage, browsers: dict[str, Client]) -> None:
    contract = stage.delivered()
    browsers["aoba"].post(
        f"/contracts/{contract.id}/dispute", {"because": "意見が合いません。", "files": [file()]}
    )
    assert Upload.objects.get().about == Statement.objects.get(kind="dispute").id
    assert Dispute.objects.count() == 1


def test_the_picture_of_what_was_agreed_outside_is_one_that_was_uploaded(
    stage: Stage, browsers: dict[str, Client]
) -> None:
    contract = stage.funded()
    told = {"agreed_on": "2026-01-05", "tool": "Zoom", "terms": "12本、各300字。", "file": file("画面.zip")}
    browsers["aoba"].post(f"/contracts/{contract.id}/change-record_outside", told)
    assert "画面.zip" in browsers["hanako"].get(f"/contracts/{contract.id}").content.decode()


def test_a_recipient_is_warned_of_what_stands_in_a_picture(
    stage: Stage, browsers: dict[str, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    _says(monkeypatch, "LINEのIDを教えてください。")
    deal = stage.deal()
    page = browsers["aoba"].post(f"/deals/{deal.id}", {"text": "こちらです。", "files": [file("画面.png")]})
    assert "画面.png" in page.content.decode()
    browsers["aoba"].post(f"/messages/{Message.objects.get().id}/send_anyway")
    seen = browsers["hanako"].get(f"/deals/{deal.id}").content.decode()
    assert "このファイルには規約で認められていないお願い" in seen
    assert "このファイルには" not in browsers["aoba"].get(f"/deals/{deal.id}").content.decode()


def _says(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    """From now on every picture says this: reading itself is tested where it is done."""
    from sekisho.market.files.models import FileReading

    box = {"left": 0, "top": 0, "right": 100, "bottom": 20}
    line = {"text": words, "box": box, "score": 0.99, "flat": box}
    message = {"text": words, "side": "none", "page": 0, "box": box,
               "parts": [{"line": line, "start": 0, "end": len(words)}]}  # fmt: skip
    content = {"messages": [message], "codes": [], "sizes": [[100, 20]]}
    monkeypatch.setattr(
        judging_files, "reading_of", lambda upload: FileReading(sha256=upload.sha256, content=content)
    )


def test_what_could_not_be_read_says_so_beside_the_file(stage: Stage, browsers: dict[str, Client]) -> None:
    deal = stage.deal()
    browsers["aoba"].post(
        f"/deals/{deal.id}",
        {"text": "こちらです。", "files": [file("画面.png", b"\x89PNG\r\n\x1a\n broken")]},
    )
    assert "中身の自動確認はできませんでした" in browsers["hanako"].get(f"/deals/{deal.id}").content.decode()


def test_one_discards_what_is_not_used_and_nothing_else(stage: Stage, browsers: dict[str, Client]) -> None:
    loose = upload(stage.client, None, name="a.txt", stream=io.BytesIO(b"loose"), for_="message")
    deal = stage.deal()
    browsers["aoba"].post(f"/deals/{deal.id}", {"text": "こちらです。", "files": [file()]})
    used = Upload.objects.exclude(pk=loose.pk).get()
    page = browsers["aoba"].get("/me/files").content.decode()
    assert f"/files/{loose.id}/discard" in page
    assert f"/files/{used.id}/discard" not in page
    browsers["aoba"].post(f"/files/{loose.id}/discard")
    assert browsers["aoba"].post(f"/files/{used.id}/discard").status_code == 409
    assert Upload.objects.get() == used


def test_a_moderator_looks_at_a_file_with_a_reason_that_stays(
    stage: Stage, browsers: dict[str, Client]
) -> None:
    pk = upload(stage.client, None, name="a.txt", stream=io.BytesIO(b"loose"), for_="message").id
    assert browsers["aoba"].get(f"/house/files/{pk}").status_code == 404
    assert browsers["minarai"].post(f"/house/files/{pk}", {"because": " "}).status_code == 400
    assert given(browsers["minarai"].post(f"/house/files/{pk}", {"because": "通報の確認のため"})) == b"loose"
    assert AuditEntry.objects.get(action="file.inspect").because == "通報の確認のため"


def test_erasing_a_delivery_erases_its_words_and_its_files(stage: Stage, browsers: dict[str, Client]) -> None:
    contract = stage.funded()
    browsers["hanako"].post(
        f"/contracts/{contract.id}/deliver", {"note": "住所は秘密です。", "files": [file()]}
    )
    place = next(e["position"] for e in record_of(contract)["events"] if e["type"] == "delivered")
    browsers["kancho"].post(
        f"/house/deals/{contract.deal_id}/erase", {"position": place, "because": "本人の請求"}
    )
    outbox.deliver(1000)
    assert (Statement.objects.get().text, Upload.objects.get().name) == ("", "")
    assert "住所は秘密" not in str(record_of(contract))
    assert verify_export(record_of(contract)) == []


@pytest.mark.parametrize(("who", "path"), [("nobody", "/accounts/login/"), ("aoba", "/me/files")])
def test_a_form_larger_than_it_may_be_is_refused_before_any_of_it_is_stored(
    who: str, path: str, browsers: dict[str, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    browsers[who].get("/jobs")
    monkeypatch.setattr(uploads, "NOBODY", 1_000)
    monkeypatch.setattr(uploads, "WORDS", 1_000 - max(policy().largest_bytes.values()))
    answer = browsers[who].post(path, {"for": "message", "files": [file(content=b"x" * 2_000)]})
    assert (answer.status_code, Upload.objects.count()) == (400, 0)

"""Files by the API: uploaded as they are, attached by id, handed out as downloads."""

from __future__ import annotations

from typing import Any

from tests.market.stage import LURE, Stage

from api_callers import Caller
from sekisho.market.files.models import Upload
from sekisho.market.ledger.models import DepositReference, StatementImport
from sekisho.market.messaging.models import Message

UPLOAD = "/files?purpose=message&name=%E5%8E%9F%E7%A8%BF.docx"


def uploaded(
    caller: Caller, path: str = UPLOAD, content: bytes = b"PK\x03\x04 work", **headers: str
) -> dict[str, Any]:
    """What the API says of an upload."""
    answer = caller.send(path, content, **headers)
    assert answer.status_code == 201, answer.content.decode()
    found: dict[str, Any] = answer.json()
    return found


def given(answer: Any) -> bytes:
    """What was downloaded."""
    return b"".join(answer.streaming_content)


def test_a_file_goes_with_a_message_and_comes_back_as_it_was(
    stage: Stage, callers: dict[str, Caller]
) -> None:
    deal = stage.deal()
    file = uploaded(callers["aoba"])
    said = callers["aoba"].do(f"/deals/{deal.id}/messages", {"text": "原稿です。", "files": [file["id"]]})
    (seen,) = callers["hanako"].get(f"/files?about={said['id']}")["items"]
    assert (seen["name"], seen["sha256"]) == ("原稿.docx", file["sha256"])
    assert given(callers["hanako"].ask("POST", f"/files/{file['id']}/download")) == b"PK\x03\x04 work"


def test_an_upload_is_never_served_as_a_page(callers: dict[str, Caller]) -> None:
    file = uploaded(callers["aoba"], "/files?purpose=message&name=a.html", b"<html><script>alert(1)</script>")
    answer = callers["aoba"].ask("POST", f"/files/{file['id']}/download")
    assert given(answer).startswith(b"<html>")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == "attachment; filename*=UTF-8''a.html"
    assert (answer["X-Content-Type-Options"], answer["Content-Security-Policy"]) == (
        "nosniff",
        "default-src 'none'; sandbox",
    )


def test_an_upload_with_a_key_is_done_once(callers: dict[str, Caller]) -> None:
    first, second = (uploaded(callers["aoba"], **{"Idempotency-Key": "once"}) for _ in range(2))
    assert (first["id"], Upload.objects.count()) == (second["id"], 1)


def test_a_key_with_another_file_is_refused(callers: dict[str, Caller]) -> None:
    uploaded(callers["aoba"], **{"Idempotency-Key": "once"})
    again = callers["aoba"].send(UPLOAD, b"another", **{"Idempotency-Key": "once"})
    assert (again.status_code, again.json()["code"]) == (409, "key_reused")


def test_a_file_is_sent_as_a_file_and_as_nothing_else(callers: dict[str, Caller]) -> None:
    answer = callers["aoba"].ask("POST", UPLOAD, {"not": "a file"})
    assert (answer.status_code, answer.json()["code"]) == (415, "wrong_media")


def test_an_empty_file_is_refused(callers: dict[str, Caller]) -> None:
    answer = callers["aoba"].send(UPLOAD, b"")
    assert (answer.status_code, answer.json()["code"]) == (400, "file_empty")


def test_a_held_deliverys_note_and_files_stay_hidden_from_the_client(
    stage: Stage, callers: dict[str, Caller]
) -> None:
    contract = stage.funded()
    file = uploaded(callers["hanako"], UPLOAD.replace("message", "delivery"))
    callers["hanako"].do(f"/contracts/{contract.id}/deliver", {"note": LURE, "files": [file["id"]]})
    (delivery,) = callers["aoba"].get(f"/contracts/{contract.id}/deliveries")["items"]
    assert delivery["note"] is None
    assert callers["aoba"].get(f"/files?about={delivery['statement_id']}")["items"] == []
    assert callers["aoba"].refused("POST", f"/files/{file['id']}/download") == (404, "not_found")


def test_a_discarded_file_cannot_be_sent(stage: Stage, callers: dict[str, Caller]) -> None:
    file = uploaded(callers["aoba"])
    callers["aoba"].do(f"/files/{file['id']}", method="DELETE")
    refused = callers["aoba"].refused(
        "POST", f"/deals/{stage.deal().id}/messages", {"text": "", "files": [file["id"]]}
    )
    assert (refused, Message.objects.count()) == ((404, "file_gone"), 0)


def test_a_moderators_look_needs_a_reason(callers: dict[str, Caller]) -> None:
    file = uploaded(callers["aoba"])
    path = f"/house/files/{file['id']}/download"
    assert callers["minarai"].refused("POST", path, {"because": " "}) == (400, "blank")
    assert given(callers["minarai"].ask("POST", path, {"because": "通報の確認"})) == b"PK\x03\x04 work"


def test_a_bank_statement_is_read_in_once_by_its_key(stage: Stage, callers: dict[str, Caller]) -> None:
    code = callers["aoba"].do("/money/reference")["code"]
    rows = f"日付,摘要,入金,出金\n2026-10-01,{code} アオバ,11000,\n2026-10-01,ナゾノヒト,500,\n".encode(
        "cp932"
    )
    for _ in range(2):
        answer = callers["kancho"].send(
            "/house/bank-statements?name=meisai.csv", rows, **{"Idempotency-Key": "one"}
        )
        assert answer.json()["outcomes"]["credited"] == 1
    assert (StatementImport.objects.count(), DepositReference.objects.count()) == (1, 1)
    (lost,) = callers["kancho"].get("/house/unmatched")["items"]
    callers["kancho"].do(f"/house/unmatched/{lost['id']}/assign", {"client": str(stage.client.id)})
    assert callers["aoba"].get("/money")["client_yen"] == 11_500


def test_a_token_made_with_a_key_is_told_once(callers: dict[str, Caller]) -> None:
    first, second = (
        callers["aoba"].do("/me/tokens", {"name": "自分用"}, **{"Idempotency-Key": "one"})["token"]
        for _ in range(2)
    )
    assert (Caller(first).get("/me")["display_name"], second) == ("株式会社あおば", None)

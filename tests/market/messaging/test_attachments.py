"""Files of messages: judged by name and by what stands in them, in the chain by their hash, shared when delivered."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image, ImageDraw
from tests.market.stories import new_deal

from sekisho.core.pictures import Box, Line, PictureMessage, Reading, Side
from sekisho.core.pictures.errors import PictureError
from sekisho.core.pictures.model import Part
from sekisho.market.deals.verbs import erase_body
from sekisho.market.files import checking, reading, store
from sekisho.market.files.models import FileReading
from sekisho.market.files.verbs import fetch, upload
from sekisho.market.judging.models import Judgement
from sekisho.market.judging.reproduce import again
from sekisho.market.kernel import outbox
from sekisho.market.kernel.problems import Problem
from sekisho.market.messaging.explaining import explanation, warning
from sekisho.market.messaging.reading import thread
from sekisho.market.messaging.verbs import send, send_anyway

WORDS = "詳細はLINEでお伝えします。IDを教えてください。"


def picture() -> bytes:
    page, out = Image.new("RGB", (80, 40), "white"), io.BytesIO()
    ImageDraw.Draw(page).text((5, 5), "x", fill="black")
    page.save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every picture says the same: reading itself is the core's and tested there."""
    box = Box(1, 2, 30, 12)
    line = Line(WORDS, box, 0.9, box)
    said = Reading((PictureMessage(WORDS, Side.NONE, 0, box, (Part(line, 0, len(WORDS)),)),), (), ((80, 40),))
    monkeypatch.setattr(reading, "read_picture", lambda _: said)


def put(actor: Any, data: bytes, name: str) -> Any:
    return upload(actor, None, name=name, stream=io.BytesIO(data), for_="message")


def test_a_file_is_in_the_chain_by_its_hash_and_can_be_fetched_when_delivered(cast: dict[str, Any]) -> None:
    deal, row = new_deal(cast), put(cast["aoba"].actor, b"hello", "構成案.txt")
    message = send(cast["aoba"].actor, deal, text="", files=[row.id])
    assert message.event is not None
    assert message.event.body.content["files"] == [row.facts]
    assert fetch(cast["hanako"].actor, row).name == "構成案.txt"
    assert thread(cast["hanako"].actor, deal).entries[0].files == (row,)


def test_a_solicitation_in_a_files_name_is_returned_to_its_writer(cast: dict[str, Any]) -> None:
    row = put(cast["aoba"].actor, b"hello", "LINEのIDを教えてください.txt")
    message = send(cast["aoba"].actor, new_deal(cast), text="資料です。", files=[row.id])
    told = explanation(message, Judgement.objects.filter(subject=row.id))
    assert message.state == "nudged"
    assert told is not None
    assert told.points


@pytest.mark.usefixtures("read")
def test_a_solicitation_in_a_picture_is_found_with_its_place(cast: dict[str, Any]) -> None:
    row = put(cast["aoba"].actor, picture(), "shot.png")
    message = send(cast["aoba"].actor, new_deal(cast), text="資料です。", files=[row.id])
    judgement = Judgement.objects.get(subject=row.id, kind="message")
    assert message.state == "nudged"
    assert judgement.findings[0]["boxes"] == [[1, 2, 30, 12]]
    assert again(judgement) == judgement.record


@pytest.mark.usefixtures("read")
def test_erasing_a_message_erases_its_files_and_what_was_read_in_them(cast: dict[str, Any]) -> None:
    deal, row = new_deal(cast), put(cast["aoba"].actor, picture(), "山田花子.png")
    message = send_anyway(cast["aoba"].actor, send(cast["aoba"].actor, deal, text="資料です。", files=[row.id]))
    erase_body(cast["kancho"].actor, deal, position=0, because="本人の請求")
    outbox.deliver()
    row.refresh_from_db()
    assert (row.name, store.path_of(row.sha256).exists(), FileReading.objects.exists()) == ("", False, False)
    assert not any(j.text or "reading" in j.context for j in Judgement.objects.filter(subject=row.id))
    with pytest.raises(Problem) as refusal:
        fetch(cast["hanako"].actor, row)
    assert (refusal.value.code, list(checking.verify()), message.state) == ("file_gone", [], "delivered")


@pytest.mark.usefixtures("read")
def test_a_file_that_was_not_delivered_cannot_be_fetched(cast: dict[str, Any]) -> None:
    deal, row = new_deal(cast), put(cast["aoba"].actor, picture(), "shot.png")
    message = send(cast["aoba"].actor, deal, text="資料です。", files=[row.id])
    with pytest.raises(Problem) as refusal:
        fetch(cast["hanako"].actor, row)
    assert refusal.value.code == "not_found"
    send_anyway(cast["aoba"].actor, message)
    assert fetch(cast["hanako"].actor, row).name == "shot.png"
    entry = thread(cast["hanako"].actor, deal).entries[0]
    assert entry.message is not None
    assert warning(entry.message, entry.judgements) is not None


def test_a_picture_that_was_not_read_is_said_to_be_so(
    cast: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_extra(_: bytes) -> Reading:
        raise PictureError("missing_extra", "…")

    monkeypatch.setattr(reading, "read_picture", without_extra)
    row = put(cast["aoba"].actor, picture(), "shot.png")
    message = send(cast["aoba"].actor, new_deal(cast), text="資料です。", files=[row.id])
    told = warning(message)
    assert (message.state, message.not_read) == ("delivered", {str(row.id): "missing_extra"})
    assert told is not None

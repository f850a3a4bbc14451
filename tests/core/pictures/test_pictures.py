"""Screens drawn here and read back: texts, sides, codes, evidence in its place; and files that are no pictures."""

from __future__ import annotations

import io
import struct
import zlib
from random import Random

import pytest
from PIL import Image

from benchmarks import screens
from sekisho.core.pictures import PictureError, Side, annotated, check_picture, read_picture
from sekisho.core.pictures.bubbles import messages_of
from sekisho.core.pictures.formats import PAGE_LIMIT, pages_of
from sekisho.core.pictures.model import Box, Line
from sekisho.core.pictures.ocr import read_codes
from sekisho.core.text import fold

SAID = (
    screens.Said("left", "ご応募ありがとうございます。詳細はLINEでお伝えしますので、IDを教えていただけますか?"),
    screens.Said("right", "サイト上でのやり取りを希望します。"),
    screens.Said("left", "承知しました。"),
)


def chat(theme: int = 0, size: int = 32) -> Image.Image:
    return screens.chat(SAID, screens.fonts()[0], screens.THEMES[theme], size)


def bare(text: str) -> str:
    """Without what a picture does not keep: spaces and the width of signs."""
    return "".join(fold(text).text.split())


def saved(picture: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


@pytest.mark.parametrize("theme", range(len(screens.THEMES)), ids=[theme.name for theme in screens.THEMES])
def test_the_messages_of_a_chat_keep_their_words_and_sides(theme: int) -> None:
    reading = read_picture(screens.png(chat(theme)))
    read = [(message.side.value, bare(message.text)) for message in reading.messages]
    assert read == [(one.side, bare(one.text)) for one in SAID]


def test_the_evidence_of_a_chat_stands_in_the_bubble_that_holds_it() -> None:
    verdict = check_picture(screens.png(chat()))
    assert verdict.verdict == "violation"
    bubble = verdict.reading.messages[0].box
    for found in verdict.evidence:
        assert found.side is Side.LEFT
        assert all(bubble.left <= box.left and box.bottom <= bubble.bottom for box in found.boxes)


def test_what_the_phones_owner_wrote_is_hers() -> None:
    said = [screens.Said("right", "LINEで話しませんか?IDを送ります。"), screens.Said("left", "それはできません。")]
    verdict = check_picture(screens.png(screens.chat(said, screens.fonts()[0], screens.THEMES[1], 32)))
    assert {found.finding.by for found in verdict.evidence} == {"worker"}


@pytest.mark.parametrize("manner", screens.MANNERS)
def test_a_poor_picture_of_a_chat_gives_the_same_verdict(manner: str) -> None:
    shown = screens.degraded(chat(), manner, Random(3))
    assert check_picture(screens.png(shown)).verdict == "violation"


def test_a_posting_is_one_text() -> None:
    page = screens.posting("データ入力", "名簿の入力をお願いします。\n応募はLINEからお願いします。", screens.fonts()[0], 32)
    verdict = check_picture(screens.png(page), kind="posting")
    assert [message.side for message in verdict.reading.messages] == [Side.NONE]
    assert verdict.verdict == "violation"


def test_a_code_is_read_and_judged() -> None:
    link = "https://line.me/ti/p/abc123"
    page = screens.with_code(screens.posting("お知らせ", "資料をご覧ください。", screens.fonts()[0], 32), screens.code(link, 260))
    verdict = check_picture(screens.png(page))
    assert [code.text for code in verdict.reading.codes] == [link]
    assert verdict.verdict == "violation"


def test_a_code_too_fine_for_its_size_is_read_and_stands_in_its_place() -> None:
    link = "https://chat.example.jp/groups/join?code=00000000000000000044"
    screen = Image.new("RGB", (600, 300), "#101418")
    page = screens.with_code(screen, screens.code(link, 120, angle=90, colours=screens.CODE_COLOURS[3]))
    blurred = screens.degraded(page, "blurred", Random(1))
    (found,) = read_codes(blurred, 0)
    assert found.text == link
    assert (130 < found.box.left < 170, 330 < found.box.top < 370) == (True, True)
    assert 80 < found.box.width < 121


def test_the_findings_can_be_marked_in_the_picture() -> None:
    data = screens.png(chat())
    marked = Image.open(io.BytesIO(annotated(data, check_picture(data))))
    assert marked.size == chat().size
    assert marked.tobytes() != chat().tobytes()


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "PDF"])
def test_the_content_decides_what_a_file_is(form: str) -> None:
    assert pages_of(saved(chat(), form))[0].mode == "RGB"


def test_a_heic_photograph_is_a_picture() -> None:
    heif = pytest.importorskip("pillow_heif")
    heif.register_heif_opener()
    assert pages_of(saved(Image.new("RGB", (64, 64), "white"), "HEIF"))[0].size == (64, 64)


def bomb() -> bytes:
    """A PNG that claims to be 60,000 pixels wide and high."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def moving() -> bytes:
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "blue")]
    return saved(frames[0], "WEBP", save_all=True, append_images=frames[1:])


def pages(count: int) -> bytes:
    blank = [Image.new("RGB", (40, 40), "white") for _ in range(count)]
    return saved(blank[0], "PDF", save_all=True, append_images=blank[1:])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"hello, I am a text", "unknown_format"),
        (b"GIF89a" + b"\0" * 40, "unknown_format"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "unknown_format"),
        (screens.png(Image.new("RGB", (50, 50), "white"))[:60], "damaged"),
        (b"\x89PNG\r\n\x1a\n" + b"\xff" * 200, "damaged"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 50, "damaged"),
        (b"%PDF-1.7\nnothing", "damaged"),
        (screens.png(Image.new("RGB", (4, 4), "white")), "damaged"),
        (bomb(), "too_large"),
        (moving(), "animated"),
        (pages(PAGE_LIMIT + 1), "too_many_pages"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 30_000_001, "too_large"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_refused_by_name(data: bytes, code: str) -> None:
    with pytest.raises(PictureError) as caught:
        read_picture(data)
    assert caught.value.code == code


def line(text: str, left: int, top: int, right: int, height: int = 30) -> Line:
    box = Box(left, top, right, top + height)
    return Line(text, box, 0.99, box)


def test_a_line_broken_because_the_bubble_was_full_goes_on() -> None:
    page = Image.new("RGB", (1000, 400), "white")
    full, rest = line("詳細はLINEでお伝えしますので、すぐに", 60, 100, 600), line("追加してください。", 60, 140, 300)
    lines = [full, rest, line("はい", 900, 300, 980)]
    assert messages_of(lines, page, 0)[0].text == "詳細はLINEでお伝えしますので、すぐに追加してください。"


def test_the_clock_and_read_marks_are_no_messages() -> None:
    page = Image.new("RGB", (1000, 400), "white")
    marks = [line("既読", 900, 60, 950), line("13:05", 900, 100, 960)]
    lines = [*marks, line("こんにちは", 60, 200, 260), line("はい", 900, 300, 980)]
    assert [message.text for message in messages_of(lines, page, 0)] == ["こんにちは", "はい"]


def test_an_empty_page_is_clear() -> None:
    verdict = check_picture(screens.png(Image.new("RGB", (300, 300), "white")))
    assert (verdict.verdict, verdict.reading.messages) == ("clear", ())

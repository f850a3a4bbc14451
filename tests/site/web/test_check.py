"""The check page answers a message, a posting, a conversation and a screenshot, in words, with the next step."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.site.web.drawing import screenshot

from sekisho.core.guidance import refusal
from sekisho.interfaces.web.checking import next_steps
from sekisho.interfaces.web.checking.platforms import platforms
from sekisho.interfaces.web.views import check

LURE = "はじめまして。詳しい内容はLINEでお話ししたいので、IDを教えていただけますか？"


def ask(text: str = LURE, lang: str = "ja", **fields: Any) -> Any:
    """Send the form without an account."""
    return Client().post("/", {"text": text, "kind": "message"} | fields, headers={"accept-language": lang})


def said(answer: Any) -> str:
    """The words of a page, without its tags."""
    return html.unescape(re.sub(r"<[^>]+>", "", answer.content.decode()))


def test_a_lure_is_told_in_words_with_its_evidence_and_the_five_refusals() -> None:
    page = ask()
    words = said(page)
    assert "規約違反の可能性が高い内容です" in words
    assert re.search(r'<a class="ev" href="#why-1"><mark>LINE', page.content.decode())
    assert page.content.decode().count('data-copy="refusal-') == 5
    assert "報酬が支払われない" in words
    assert "【違反の種類】" in words


def test_every_mark_leads_to_a_reason_that_is_on_the_page() -> None:
    page = ask(LURE + "手数料がもったいないので、報酬は直接お振り込みします。").content.decode()
    assert set(re.findall(r'href="#(why-\d+)"', page)) <= set(re.findall(r'id="(why-\d+)"', page))


def test_a_harmless_message_is_clear_and_asks_for_nothing() -> None:
    words = said(ask("承知しました。明日までに納品いたします。"))
    assert "問題は見つかりませんでした" in words
    assert "【違反の種類】" not in words


@pytest.mark.parametrize(
    ("text", "first"),
    [
        (LURE, "first"),
        ("手数料がかからないよう、次回から直接契約にして、報酬は直接お振り込みします。", "payment_declined"),
    ],
)
def test_the_refusal_that_fits_comes_first(text: str, first: str) -> None:
    page = ask(text).content.decode()
    assert refusal(first).text("ja") == re.findall(r'id="refusal-1">([^<]+)<', page)[0]


def test_the_refusals_name_the_site_that_was_chosen() -> None:
    assert "クラウドワークス上でのやり取りを希望します" in said(ask(pack="crowdworks"))


def test_only_a_pack_that_knows_it_offers_approval_before_the_contract() -> None:
    known = {name for name, platform in platforms().items() if "pre_approved" in platform.stages}
    assert "crowdworks" in known
    assert not known & {"standard", "coconala", "lancers"}


def test_an_approval_before_the_contract_counts_where_the_pack_knows_it() -> None:
    asked = {"stage": "pre_approved", "tools": ["zoom"]}
    text = "打ち合わせはZoomでお願いします。URLをお送りします。"
    assert (
        said(ask(text, pack="crowdworks", **asked)).count("問題は見つかりませんでした") == 2
    )  # title and heading
    elsewhere = said(ask(text, **asked))
    assert "規約違反の可能性が高い" in elsewhere
    assert "近い段階として確認しました" in elsewhere


def test_an_approval_without_its_tool_is_asked_for() -> None:
    answer = ask(stage="contact_approved")
    assert (answer.status_code, "承認されたツールを、1つ以上" in said(answer)) == (400, True)
    assert LURE in said(answer)


def test_a_posting_is_held_against_rates_and_its_client() -> None:
    words = said(
        ask(
            "スマホだけで月50万円稼げます。詳細は応募後に説明します。",
            kind="posting",
            pay="月50万円",
            reviews="０件",
            orders="1",
        )
    )
    for expected in (
        "注意が必要です",
        "仕事とつり合わないほど高い",
        "評価が1件もありません",
        "書かれていないこと",
        "応募の前に",
    ):
        assert expected in words


@pytest.mark.parametrize(
    ("field", "value"), [("rating", "7"), ("reviews", "たくさん"), ("orders", "-1"), ("rating", "nan")]
)
def test_a_fact_that_is_no_number_is_asked_for_again(field: str, value: str) -> None:
    assert ask("記事を書く仕事です。", kind="posting", **{field: value}).status_code == 400


THREAD = (
    "田中：打ち合わせはZoomでできますか？\n花子：サイト上でのやり取りを希望します。\n"
    "田中：LINEのほうが早いので、IDを教えてください。"
)


def test_a_conversation_first_asks_who_the_reader_is() -> None:
    page = ask(THREAD, kind="thread")
    assert re.findall(r'name="me" value="(\w+)"', page.content.decode()) == ["田中", "花子"]


def test_a_conversation_is_judged_with_the_other_side_as_the_client() -> None:
    page = ask(THREAD, kind="thread", me="花子")
    assert "規約違反の可能性が高い" in said(page)
    told = page.content.decode()
    assert refusal("repeated").text("ja") == re.findall(r'id="refusal-1">([^<]+)<', told)[0]
    assert re.findall(r'class="said bubble (\w+)"', told) == ["theirs", "mine", "theirs"]
    assert "<mark>" not in told[told.index("bubble mine") : told.rindex("bubble theirs")]


def test_a_conversation_after_an_approval_may_use_the_approved_tool() -> None:
    text = "相手：打ち合わせはZoomでお願いします。URLをお送りします。\n自分：承知しました。"
    assert "問題は見つかりませんでした" in said(
        ask(text, kind="thread", stage="contact_approved", tools=["zoom"])
    )
    assert "規約違反の可能性が高い" in said(ask(text, kind="thread", stage="contracted"))


def test_an_export_that_tells_whose_it_is_is_judged_at_once() -> None:
    line = "[LINE] 田中とのトーク履歴\n2025/12/25(木)\n13:00\t田中\tLINE IDを教えてください。\n13:02\t花子\tはい\n"
    assert "規約違反の可能性が高い" in said(ask(line, kind="thread"))


def test_what_is_no_conversation_is_told_how_to_paste_one() -> None:
    answer = ask("こんにちは", kind="thread")
    assert (answer.status_code, "「名前：文」" in said(answer)) == (400, True)


def test_a_message_that_is_a_conversation_is_offered_as_one() -> None:
    assert "やり取り全体として確認する" in said(ask("13:00\tA\tLINEでお願いします\n13:01\tB\tはい\n"))


def test_a_screenshot_is_read_and_judged() -> None:
    picture = SimpleUploadedFile(
        "a.png", screenshot("詳細はLINEでお伝えします。", "IDを教えてください。"), "image/png"
    )
    page = ask("", picture=picture)
    assert "規約違反の可能性が高い" in said(page)
    assert re.search(r"<mark>[^<]*LINE", page.content.decode())


def test_where_pictures_cannot_be_read_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    from sekisho.core.pictures import PictureError
    from sekisho.interfaces.web.checking import answers

    def missing(data: bytes) -> None:
        raise PictureError("missing_extra", "no")

    monkeypatch.setattr(answers, "read_picture", missing)
    answer = ask("", picture=SimpleUploadedFile("a.png", b"\x89PNG", "image/png"))
    assert (answer.status_code, "画像を読み取れません" in said(answer)) == (503, True)


def test_a_site_without_the_pictures_extra_says_so_before_one_is_chosen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(check, "reads_pictures", lambda: False)
    page = Client().get("/").content.decode()
    assert 'type="file"' not in page
    assert "画像の読み取りは使えません" in page


@pytest.mark.parametrize("data", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, b"%PDF-1.7\n"])
def test_a_file_that_is_no_picture_is_refused_in_words(data: bytes) -> None:
    answer = ask(picture=SimpleUploadedFile("a.png", data, "image/png"))
    assert answer.status_code in (200, 400)
    assert answer.status_code == 400 or not data


def test_the_live_answer_is_a_piece_of_a_page() -> None:
    page = Client().post("/check/live", {"text": LURE}).content.decode()
    assert "規約違反の可能性が高い" in page
    assert "<html" not in page
    assert Client().get("/check/live").status_code == 405


def test_a_report_comes_back_as_a_file_as_it_was_sent() -> None:
    answer = Client().post("/check/report", {"draft": "【いつ】\r\n昨日"})
    assert answer["Content-Disposition"] == 'attachment; filename="report.txt"'
    assert answer.content.decode("utf-8-sig") == "【いつ】\r\n昨日"


def test_a_report_beyond_the_limit_is_refused_in_words() -> None:
    answer = Client().post("/check/report", {"draft": "あ" * (check.LONGEST_DRAFT + 1)})
    assert (answer.status_code, "報告の下書き" in said(answer)) == (400, True)


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("verdict", ["clear", "caution", "violation", "unsure"])
def test_the_picture_to_share_is_drawn_for_every_verdict(verdict: str, lang: str) -> None:
    import xml.etree.ElementTree as ET

    answer = Client().get(reverse("check_card"), {"v": verdict, "l": "channel_solicitation", "lang": lang})
    assert answer["Content-Type"] == "image/svg+xml"
    words = "".join(ET.fromstring(answer.content).itertext())
    assert (bool(re.search(r"[ぁ-ん]", words)), next_steps.site_address() in words) == (lang == "ja", True)


@pytest.mark.parametrize("asked", [{"v": LURE}, {"v": "clear", "l": LURE}, {"v": "clear", "lang": LURE}, {}])
def test_no_word_of_ones_own_can_be_put_into_the_picture_to_share(asked: dict[str, str]) -> None:
    assert Client().get(reverse("check_card"), asked).status_code == 404


def test_the_numbers_to_call_can_be_tapped() -> None:
    page = ask().content.decode()
    assert {"tel:%239110", "tel:188", "tel:0120532110", "tel:110"} <= set(
        re.findall(r'href="(tel:[^"]+)"', page)
    )


def test_the_page_leads_to_the_exposure_plan_where_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        next_steps, "reverse", lambda name: "/there" if name == "exposure_help" else f"/{name}"
    )
    assert 'href="/there"' in ask().content.decode()


def test_an_answer_in_english_holds_no_japanese_but_the_text_itself() -> None:
    page = ask("Could you send me your WhatsApp number? Let us talk there.", lang="en")
    words = re.sub("日本語|せきしょ|クラウドワークス|ランサーズ|ココナラ", "", said(page))
    assert "likely breaks the rules" in words
    assert re.findall(r"[\u3040-\u30ff\u4e00-\u9fff]+", words) == []

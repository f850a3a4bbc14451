"""Hidden words: what a plain search would have missed is marked, what is written plainly is not."""

import pytest

from sekisho.core.detection.judge import Judge
from tests.core.detection.making import Bench, quotes

WORDS = """
[tool]
about = "Outside tools"
evade = true
words = ["LINE", "ライン", "Telegram", "テレグラム", "Zoom", "ズーム", "Discord", "WhatsApp"]
not_in = ["オンライン"]
"""
FRAMES = """
[hidden-tool]
about = "A tool in disguise"
slots = ["tool", "at_hidden"]
near = 0

[hidden-contact]
about = "A contact in disguise"
slots = ["at_contact", "at_hidden"]
near = 0

[spelled-number]
about = "Digits in words"
slots = ["at_spelled_number"]

[spelled-name]
about = "A name letter by letter"
slots = ["at_spelled_name"]
"""


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    return Bench(tmp_path_factory.mktemp("pack") / "pack").judge(words=WORDS, frames=FRAMES, parsers=True)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("続きは L・!・N・E でお話しします", "L・!・N・E"),
        ("応募はテ☆レ☆グ☆ラ☆ムへ", "テ☆レ☆グ☆ラ☆ム"),
        ("次はず/ー/むで", "ず/ー/む"),
        ("返事は dᎥsсᴏrԁ のほうで", "dᎥsсᴏrԁ"),
        ("a short Z\u200bo\u200bom first", "Z\u200bo\u200bom"),
        ("hit me on t-3-l-e-g-r-@-m ok", "t-3-l-e-g-r-@-m"),
        ("これからは ﾚ丨ИЕ で", "ﾚ丨ИЕ"),
        ("逆から読んで ンイラ です", "ンイラ"),
        ("L○NE で", "L○NE"),
    ],
)
def test_a_tool_written_in_disguise_is_quoted_as_written(judge: Judge, text: str, written: str) -> None:
    assert written in quotes(judge, text)


@pytest.mark.parametrize(
    "text",
    [
        "LINE",
        "ＬＩＮＥ",
        "ﾗｲﾝ",
        "オンラインで",
        "telegram",
        "Zoom",
        "L1NE-0R の在庫",
        "品種コード L-1-N-3 です",
        "さっきWhatsAppに送ってくれた写真、ラベルが逆さまでした。",
    ],
)
def test_a_tool_written_plainly_is_not_hidden(judge: Judge, text: str) -> None:
    assert quotes(judge, text) == []


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("この番号に。〇八〇の〇六三二の一一九四。", "〇八〇の〇六三二の一一九四"),
        (
            "satou まいなす print、あっとまーく、example どっと jp です",
            "satou まいなす print、あっとまーく、example どっと jp",
        ),
    ],
)
def test_a_contact_said_in_words_is_quoted_as_written(judge: Judge, text: str, written: str) -> None:
    assert written in quotes(judge, text)


@pytest.mark.parametrize("text", ["090-1234-5678 です", "mail: taro@example.com"])
def test_a_contact_written_plainly_is_not_hidden(judge: Judge, text: str) -> None:
    assert quotes(judge, text) == []


def test_digits_said_in_words_are_a_spelled_number_though_they_are_no_telephone(judge: Judge) -> None:
    assert "triple five, oh one, then seven-six" in quotes(
        judge, "ring: triple five, oh one, then seven-six."
    )


@pytest.mark.parametrize("text", ["報酬は百二十万円です", "1200000円です", "2026-11-24"])
def test_amounts_and_dates_are_no_spelled_number(judge: Judge, text: str) -> None:
    assert quotes(judge, text) == []


def test_a_name_given_letter_by_letter_is_a_spelled_name(judge: Judge) -> None:
    assert any("s-a-t-o-y" in quote for quote in quotes(judge, "担当:s-a-t-o-y-a-m-a-k-o-b-o のあと"))

"""A pasted chat is read as the conversation it is, whatever program wrote it down."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.interfaces.web.chats import read_chat

LINE = (
    "[LINE] 田中とのトーク履歴\n保存日時：2025/12/26 10:00\n\n2025/12/25(木)\n13:00\t田中\t詳細はLINEで。\nIDは abc です\n"
    '13:02\t花子\t"こちらで\nお願いします"\n午後9:05\t田中\t了解\n'
)
PASTES = {
    "line": (LINE, ["田中", "花子", "田中"]),
    "whatsapp-phone": ("[25/12/2025, 13:00:05] Ken: hi\n[25/12/2025, 13:01:05] Hana: hello\nagain", ["Ken", "Hana"]),
    "whatsapp": ("25/12/2025, 13:00 - Ken: hi\n25/12/2025, 13:01 - Hana: hello", ["Ken", "Hana"]),
    "slack": ("Ken  1:05 PM\nHi\nthere\nHana  1:06 PM\nNo thanks", ["Ken", "Hana"]),
    "chatwork": ("[田中] 2025年12月25日 13:05\nお世話になります\n[花子] 2025年12月25日 13:06\nはい", ["田中", "花子"]),
    "page": ("株式会社あおば\n2025年12月25日 13:05\nはじめまして。\n\n花子\n2025年12月25日 13:30\nお願いします。\n既読",
             ["株式会社あおば", "花子"]),
    "names": ("クライアント：報酬は5万円です。\n報酬：5万円\n花子: はい\nURL: https://x.example", ["クライアント", "花子"]),
    "computer": ("13:00 田中 こんにちは\n13:01 花子 はい", ["田中", "花子"]),
}  # fmt: skip


@pytest.mark.parametrize("name", PASTES)
def test_each_form_gives_its_speakers_in_order(name: str) -> None:
    text, speakers = PASTES[name]
    chat = read_chat(text)
    assert chat is not None
    assert [one.speaker for one in chat.said] == speakers


def test_a_line_export_tells_times_whose_it_is_and_messages_of_several_lines() -> None:
    chat = read_chat(LINE)
    assert chat is not None
    assert [one.at for one in chat.said] == ["2025-12-25T13:00", "2025-12-25T13:02", "2025-12-25T21:05"]
    assert [one.text for one in chat.said] == [
        "詳細はLINEで。\nIDは abc です",
        "こちらで\nお願いします",
        "了解",
    ]
    assert (chat.owner, chat.sure) == ("花子", True)


def test_whoever_is_called_me_is_the_owner() -> None:
    chat = read_chat("相手：LINEでお願いします\n自分：こちらでお願いします")
    assert chat is not None
    assert chat.owner == "自分"


def test_where_nothing_tells_the_owner_none_is_named() -> None:
    chat = read_chat("田中：はい\n花子：はい")
    assert chat is not None
    assert (chat.owner, chat.sure) == ("", False)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "詳細はLINEで。時間は10:30です。",
        "【仕事内容】\n報酬：1万円\n納期：来週\nURL：https://x.example",
        "13:00\n13:05\n",
        "花子：はい",
    ],
)
def test_what_is_no_conversation_is_not_taken_for_one(text: str) -> None:
    assert read_chat(text) is None


def test_a_long_chat_keeps_its_newest_messages_and_says_how_many_it_left_out() -> None:
    chat = read_chat("".join(f"13:00\t{'ab'[n % 2]}\t{n}\n" for n in range(1_003)))
    assert chat is not None
    assert (chat.left_out, len(chat.said), chat.said[-1].text) == (3, 1_000, "1002")


@given(st.text(alphabet='aあ:：\t\n[]［/0123 年月日午後既読"-', max_size=300))
def test_any_paste_is_read_without_failing_and_says_nothing_that_was_not_in_it(text: str) -> None:
    chat = read_chat(text)
    if chat is not None:
        assert all(line.strip() in text for one in chat.said for line in one.text.split("\n"))
        assert {one.speaker for one in chat.said} <= set(chat.speakers)


@pytest.mark.parametrize("unit", ["a: ", "13:00\ta\tb\n", "名前\n13:00\nx\n", "[2025/", "午後1" * 20 + "\n"])
def test_reading_a_chat_of_twice_the_length_takes_about_twice_the_time(unit: str) -> None:
    from time import process_time

    def taken(length: int) -> float:
        text = (unit * (length // len(unit) + 1))[:length]
        best = []
        for _ in range(3):
            begun = process_time()
            read_chat(text)
            best.append(process_time() - begun)
        return min(best)

    assert taken(80_000) < 5 * taken(40_000) + 0.02

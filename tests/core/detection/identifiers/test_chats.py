"""Chat ids, handles and meeting numbers."""

import pytest

from tests.core.detection.identifiers.reading import canonicals, found


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("LINE ID「hada_enquete_tanto0022」を友だち追加", "line:hada_enquete_tanto0022"),
        ("やりとりはLINEでやりましょう。IDは takumi_movie_room_0018 です", "line:takumi_movie_room_0018"),
        ("LINE(yuki_voice_narration00)にどうぞ", "line:yuki_voice_narration00"),
        ("らいん で「hana.work」を検索", "line:hana.work"),
        ("LINE@のID @abc1234x", "line:abc1234x"),
        ("lead on Telegram @retype__desk_hr", "telegram:retype__desk_hr"),
        ("Add t3l3gr4m → _hire_ng_ops", "telegram:_hire_ng_ops"),
        ("@foo_bar (telegram)", "telegram:foo_bar"),
        ("かかお のほうが楽。あいでぃ pengin・dezain・000055", "kakaotalk:pengindezain000055"),
        ("インスタの @tee_factory-sumi をフォロー", "instagram:tee_factory-sumi"),
        ("Xのアカウント @foo_design", "x:foo_design"),
        ("skype: live:.cid.abc123", "skype:live:.cid.abc123"),
        ("chatworkのIDは tanaka0123 です", "chatwork:tanaka0123"),
        ("Discord: hanako#1234", "discord:hanako#1234"),
        ('d1sc0rd / "hazelnutphotolab"', "discord:hazelnutphotolab"),
        ("@ri88-w0rk を検索!", "handle:ri88-w0rk"),
        ("id: hanako_design で", "handle:hanako_design"),
        ("アカウント名は hanako.work です", "handle:hanako.work"),
        ("Zoom ID: 812 3456 7890", "zoom:81234567890"),
    ],
)
def test_an_id_is_read_with_its_service(text: str, form: str) -> None:
    assert canonicals(text) == [form]


@pytest.mark.parametrize(
    "text",
    [
        "slack channel for the team",
        "Need a Telegram bot that posts 2 menus",
        "Discord.py 2系、SQLite",
        "ガイドライン id 番号2000",
        "オンラインで作業 2000 件、締切ライン: 3000",
        "subject line: your_text",
        "npm i @types/node",
        "@media (max-width: 600px)",
        "@property と @override",
        "案件ID: abc12345",
        "issue#1234 を直す",
        "LINEスタンプ制作 40個",
        "Zoom録画の文字起こし 60分",
        "LINE IDは教えられません",
        "I provide research, did user research",
        "handle customer_requests は別",
    ],
)
def test_talk_about_services_and_code_stays_clear(text: str) -> None:
    assert [chat for chat in found(text) if chat.kind != "handle" or chat.tool] == []


def test_the_span_is_the_id_alone() -> None:
    text = "line id「hana_work0012」を追加"
    (chat,) = found(text)
    assert text[chat.start : chat.end] == "hana_work0012"

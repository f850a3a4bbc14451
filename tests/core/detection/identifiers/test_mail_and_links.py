"""E-mail and web addresses. Some cases are taken from the tests of Presidio (MIT)."""

import pytest

from tests.core.detection.identifiers.reading import canonicals, found, kinds


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("宛先はkaigo-column@example.jpです", "kaigo-column@example.jp"),
        ("info@hoshimi-works.example をお控えください", "info@hoshimi-works.example"),
        ("a @ b . com", "a@b.com"),
        ("Foo.Bar+job@Gmail.com", "foobar@gmail.com"),
        ("foo.bar@googlemail.com", "foobar@gmail.com"),
        ("mail a.b@c.co.jp. Thanks", "a.b@c.co.jp"),
        ("kontakt @ closed.bot", "kontakt@closed.bot"),
        ("user@xn--80ak6aa92e.com", "user@xn--80ak6aa92e.com"),
    ],
)
def test_an_e_mail_address_is_read(text: str, form: str) -> None:
    assert (kinds(text), canonicals(text)) == (["email"], [form])


@pytest.mark.parametrize("text", ["info@presidio.", "hello-world here", "see you @ home", "5個@500円", "a@b"])
def test_what_only_looks_like_an_address_stays_clear(text: str) -> None:
    assert "email" not in kinds(text)


@pytest.mark.parametrize(
    ("text", "kind", "tool", "form"),
    [
        ("lin . ee / Zq0000", "invite", "line", "lin.ee/zq0000"),
        ("https://lin.ee/Zq0000", "invite", "line", "lin.ee/zq0000"),
        ("line.me/R/ti/p/~abc_1", "line_id", "line", "line:abc_1"),
        ("t.me/_lin_game_jp に", "telegram", "telegram", "telegram:_lin_game_jp"),
        ("https://telegram.me/_lin_game_jp", "telegram", "telegram", "telegram:_lin_game_jp"),
        ("wa.me/819004172283", "whatsapp", "whatsapp", "+819004172283"),
        ("https://api.whatsapp.com/send?phone=819004172283", "whatsapp", "whatsapp", "+819004172283"),
        ("chat.whatsapp.com/AbC", "invite", "whatsapp", "chat.whatsapp.com/abc"),
        ("https://discord.com/invite/abc", "invite", "discord", "discord.gg/abc"),
        ("discord.gg/abc", "invite", "discord", "discord.gg/abc"),
        ("www.instagram.com/foo.bar/", "instagram", "instagram", "instagram:foo.bar"),
        ("x.com/foo", "x", "x", "x:foo"),
        ("https://twitter.com/foo?s=20", "x", "x", "x:foo"),
        ("open.kakao.com/o/abc", "invite", "kakaotalk", "open.kakao.com/o/abc"),
        ("join.slack.com/t/a/shared_invite/zt", "invite", "slack", "join.slack.com/t/a/shared_invite/zt"),
        ("foo.slack.com", "slack", "slack", "foo.slack.com"),
        ("https://www.chatwork.com/g/abc", "invite", "chatwork", "chatwork.com/g/abc"),
        ("us02web.zoom.us/j/81234567890?pwd=a", "meeting", "zoom", "zoom:81234567890"),
        ("meet.google.com/abc-defg-hij", "meeting", "meet", "meet:abcdefghij"),
        ("https://teams.live.com/meet/1", "meeting", "teams", "teams.live.com/meet/1"),
        ("forms.gle/abc", "form", "form", "forms.gle/abc"),
        ("https://zoom.example/j/kickoff", "meeting", "zoom", "zoom.example/j/kickoff"),
        ("https://join.slack.example/t/crew", "invite", "slack", "join.slack.example/t/crew"),
        ("https://forms.example/r/va", "form", "form", "forms.example/r/va"),
        ("figma.com", "url", "web", "figma.com"),
        ("https://www.example.com/a/?utm_source=x&id=3#top", "url", "web", "example.com/a?id=3"),
    ],
)
def test_an_address_tells_what_it_is_for(text: str, kind: str, tool: str, form: str) -> None:
    assert [(link.kind, link.tool, link.canonical) for link in found(text)] == [(kind, tool, form)]


@pytest.mark.parametrize(
    "text",
    [
        "node.js と next.js と index.html と asp.net と main.py",
        "I went home. it was late",
        "finished.so I left",
        "ver.2.0 と 10.5",
        "e.g. this, i.e. that, at 9 a.m. or p.m.",
        "http://localhost:3000/foo",
        "http://microsoft",
        "www.microsoft",
    ],
)
def test_file_names_products_and_sentences_are_no_addresses(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "https://www.microsoft.com/",
        "http://microsoft.webcam",
        "http://microsoft.vlaanderen",
        "https://webhook.site/a8eedfd6-9d8a-44e0-b0fc-cc7d517db5dc?q=1&b=2",
        "microsoft.com",
        "https://日本語.jp/abc",
    ],
)
def test_web_addresses_are_taken_whole(text: str) -> None:
    assert [(link.start, link.end) for link in found(text)] == [(0, len(text))]

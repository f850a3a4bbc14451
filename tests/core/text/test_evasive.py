"""The gate before the deeper reading: it opens for evasion and stays shut for ordinary writing."""

import re

import hyperscan
import pytest

from sekisho.core.text import EVASIVE, fold

GATE = [re.compile(source) for source in EVASIVE]
OPENS = [
    "L I N E で", "ラ・イ・ン", "z.o.o.m", "メ_ー_ル", "電 話 番 号", "L\nI\nN\nE", "t3l3gr4m", "P@yP@l です", "d1sc0rd", "Z∞M",
    "らぃん", "ラィン", "らいーん", "チャ卜ワー夕", "〇八〇の〇六三二の一一九四", "seven seven double-oh", "イチマンキュウセン",
    "kirie あっとまーく example どっと jp", "x [ a t ] y", "エイチ・アイ・エヌ", "h t t p s : / / lin . ee", "逆から読んで",
    "my handle backwards is", "ゼロキュウゼロ", "0 9 0 1 2 3 4", "foo at gmail dot com",
    "L○NE", "ラ●ン", "チャ〇〇〇ーク",
    "三万五千円",
    "O9O-1234-5678", "090ー1234ー5678",
    "L・!・N・E", "T☆レ☆グ☆ラ☆ム", "で〜ん〜わ", "ちゃ☆っと★わ☆ーく", "0⭐8⭐0 ⭐ 0⭐6⭐4⭐4",
    "cho-ku-se-tsu", "pay★pal", "Te|egram",
    "f€€", "ﾚ丨ИЕ", "電言舌で", "参カロ費", "ライソ", "シグナノレ", "しょーにん", "きょ〜ざい", "けーやく",
    "〇九〇、つぎに", "ら、い、ん",
    "then the at thing, example", "john[@]example", "moose d0t example", "Z 〇〇 m", "て.す.う.りょ.う",
]  # fmt: skip
STAYS_SHUT = [
    "お世話になっております。来週の火曜日までに初稿をお送りします。",
    "月・水・金の10時〜19時、週3日から。",
    "報酬は1件1,000円(税込)、納期は11/30です。",
    "皆さんにご案内いたします。三人で一つの作品を作ります。",
    "レストラン・カフェ・バーのメニュー写真",
    "ご連絡は本サービスのメッセージでお願いします!!",
    "We need a React developer (5+ years), $30/hr. Contact us at our site.",
    "please email hello@example.com or see https://example.com/a?b=1",
    "コミュニケーション力がある方、プレゼン力を高めたい方",
    "ISBN 978-4-00-000000-0、型番は FX-0120-555-BK",
]


def is_evasive(text):
    return any(pattern.search(fold(text).text) for pattern in GATE)


@pytest.mark.parametrize("text", OPENS)
def test_evasive_writing_opens_the_gate(text):
    assert is_evasive(text)


@pytest.mark.parametrize("text", STAYS_SHUT)
def test_ordinary_writing_leaves_the_gate_shut(text):
    assert not is_evasive(text)


@pytest.mark.parametrize("source", EVASIVE)
def test_every_pattern_of_the_gate_is_accepted_by_hyperscan(source):
    database = hyperscan.Database()
    flags = hyperscan.HS_FLAG_UTF8 | hyperscan.HS_FLAG_SINGLEMATCH
    database.compile(expressions=[source.encode()], ids=[0], elements=1, flags=[flags])


def test_hyperscan_and_re_open_the_gate_for_the_same_texts():
    database = hyperscan.Database()
    flag = hyperscan.HS_FLAG_UTF8 | hyperscan.HS_FLAG_SINGLEMATCH
    count = len(EVASIVE)
    database.compile(
        expressions=[source.encode() for source in EVASIVE],
        ids=list(range(count)),
        elements=count,
        flags=[flag] * count,
    )
    for text in OPENS + STAYS_SHUT:
        read = fold(text).text
        found: list[int] = []
        database.scan(read.encode(), lambda number, *rest: rest[-1].append(number), context=found)
        assert set(found) == {number for number, pattern in enumerate(GATE) if pattern.search(read)}

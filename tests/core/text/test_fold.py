"""The everyday reading of what people write, and what it leaves alone."""

import pickle
import unicodedata

import pytest

from sekisho.core.text import MAX_CODE_POINTS, Folded, TextTooLong, fold
from sekisho.core.text.clusters import clusters

READ_AS = [
    ("ＬＩＮＥ", "line"),
    ("LΙNЕ", "line"),
    ("𝐋𝐈𝐍𝐄", "line"),
    ("Ⓛⓘⓝⓔ", "line"),
    ("🅻🅸🅽🅴", "line"),
    ("🇱🇮🇳🇪", "line"),
    ("⒧⒤⒩⒠", "line"),
    ("L̶I̶N̶E̶", "line"),
    ("L\u200bI\u2060N\u00adE", "line"),
    ("\u202eLINE\u202c", "line"),
    ("L\x00I\x07NE", "line"),
    ("ᴛᴏᴛᴏɴᴏᴇ_ᴡᴇʙ", "totonoe_web"),
    ("Теlegrаm", "telegram"),
    ("ΛMΛZØN", "amazon"),
    ("ꓡꓲꓠꓰ", "line"),
    ("ᏞᎥNᎬ", "line"),
    ("Télégram", "telegram"),
    ("Te\u0301le\u0301gram", "telegram"),
    ("ﾗｲﾝ", "ライン"),
    ("ﾃﾞｨｽｺｰﾄﾞ", "ディスコード"),
    ("ｶﾞ", "ガ"),
    ("か\u3099", "が"),
    ("か゛", "が"),
    ("ラ゙イ゙ン", "ライン"),
    ("メ\u200bー\u200bル", "メール"),
    ("0️⃣9️⃣0️⃣", "090"),
    ("①❷⓷⁴₅６𝟕٨९", "123456789"),
    ("090‐1234－5678—9―0−1", "090-1234-5678-9-0-1"),
    ("〜～∼", "~~~"),
    ("ａ＠ｂ．ｃｏｍ", "a@b.com"),
    ("x\u3000y\u00a0z\tw", "x y z w"),
    ("a\r\nb\rc\u2028d\n", "a\nb\nc\nd\n"),
    ("Ν ν 𝚴 𝛎", "n v n v"),
    ("ǅ ﬁ ß İ", "dz fi ss i"),
    ("㍿½", "株式会社1/2"),
    ("don’t", "don't"),
    ("❤️👨\u200d👩", "❤👨👩"),
    ("🆔", "id"),
    ("\ud800x\udfff", "\ufffdx\ufffd"),
    ("ㅎㅏ 하", "하 하"),
]
LEFT_ALONE = [
    "らいん",
    "ライン",
    "〇八〇",
    "詳細は後ほど、「本契約」にて。",
    "l i n e",
    "“a”...",
    "●○★",
    "",
]


@pytest.mark.parametrize(("written", "read"), READ_AS)
def test_disguised_writing_is_read_as_a_reader_sees_it(written, read):
    assert fold(written).text == read


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_is_not_disguised_stays(text):
    folded = fold(text)
    assert folded.text == text
    assert not folded.changed


def test_a_look_alike_is_decided_before_case_is_lost():
    assert (fold("Ν").text, fold("ν").text, fold("Η").text) == ("n", "v", "h")


def test_reading_is_known_to_have_changed_by_case_alone():
    assert fold("LINE").changed


@pytest.mark.parametrize("plane", [0, 1, 2, 14])
def test_the_reading_of_every_character_is_final(plane):
    text = "。".join(map(chr, range(plane << 16, (plane + 1) << 16)))
    read = fold(text).text
    assert fold(read).text == read


def test_every_letter_that_joins_the_one_before_is_of_its_cluster():
    for point in range(0x20000):
        parts = unicodedata.decomposition(chr(point)).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            pair = "".join(chr(int(part, 16)) for part in parts)
            assert list(clusters(pair)) == [pair]


def test_a_million_code_points_are_read():
    assert len(fold("あ" * MAX_CODE_POINTS).text) == MAX_CODE_POINTS


def test_more_than_a_million_code_points_are_refused_with_both_numbers():
    with pytest.raises(TextTooLong, match=r"1,000,001 code points.*1,000,000") as refusal:
        fold("あ" * (MAX_CODE_POINTS + 1))
    assert isinstance(refusal.value, ValueError)
    assert refusal.value.length == MAX_CODE_POINTS + 1


def test_a_pile_of_marks_is_cut_and_stays_one_character():
    pile = "あ" + "\u05b0\u05b1" * 100_000 + "い"
    folded = fold(pile)
    assert len(folded.text) < 100
    assert folded.span(len(folded.text) - 1, len(folded.text)) == (len(pile) - 1, len(pile))


def test_a_folded_text_is_immutable():
    with pytest.raises(AttributeError, match="immutable"):
        fold("a").text = "b"
    with pytest.raises(AttributeError, match="immutable"):
        del fold("a").text


def test_a_folded_text_survives_pickling():
    folded = pickle.loads(pickle.dumps(fold("ﾃﾞﾝﾜ")))
    assert folded == fold("ﾃﾞﾝﾜ")
    assert folded.span(0, 1) == (0, 2)
    assert hash(folded) == hash(fold("ﾃﾞﾝﾜ"))


@pytest.mark.parametrize(
    ("written", "start", "end", "quote"),
    [
        ("説明はﾗｲﾝﾃﾞです", 3, 6, "ﾗｲﾝ"),
        ("説明はﾗｲﾝﾃﾞです", 6, 7, "ﾃﾞ"),
        ("メ\u200bー\u200bルで", 0, 3, "メ\u200bー\u200bル"),
        ("☎0️⃣9️⃣0️⃣!", 1, 4, "0️⃣9️⃣0️⃣"),
        ("(㍿)x", 2, 3, "㍿"),
        ("a\r\nb", 1, 2, "\r\n"),
        ("\u200bab", 0, 1, "a"),
    ],
)
def test_a_span_leads_back_to_whole_clusters(written, start, end, quote):
    first, last = fold(written).span(start, end)
    assert written[first:last] == quote


@pytest.mark.parametrize(("start", "end"), [(-1, 1), (2, 1), (0, 4)])
def test_a_span_outside_the_reading_is_refused(start, end):
    with pytest.raises(IndexError, match="outside"):
        fold("abc").span(start, end)


def test_folded_texts_are_equal_when_their_originals_are():
    assert fold("LINE") == Folded("LINE", "line")
    assert fold("LINE") != fold("line")
    assert "LINE" in repr(fold("LINE"))

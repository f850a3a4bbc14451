"""Texts written backwards, read from their end only where they say so."""

import pytest

from sekisho.core.text import fold, fold_kana, read_backwards


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("逆から読んでください → 7140_uysneh\nそれを検索", "hensyu_0417"),
        ("すまし話で ンイラ (右から読んでみて)", "ライン"),
        ("うしろから読んで ELPMAXE.LIAM@ADUSTAM.OKUY", "yuko.matsuda@mail.example"),
        ("my handle backwards is 90-oidutsfeer, flip it", "reefstudio-09"),
        ("read it backwards: em liame tsuj", "just email me"),
        ("うょりうすて (下から読んでな)", fold_kana("てすうりょう")),
    ],
)
def test_what_is_turned_round_is_read_where_the_text_says_so(text, hidden):
    reading = read_backwards(fold(text).text)
    assert reading is not None
    assert hidden in reading.text


@pytest.mark.parametrize("text", ["id は 7140_uysneh です", "ンイラで連絡ください", ""])
def test_without_a_cue_nothing_is_turned_round(text):
    assert read_backwards(text) is None


def test_a_span_of_the_turned_reading_leads_back_to_the_place_written():
    text = "逆から読んで ンイラ ね"
    reading = read_backwards(text)
    at = reading.text.index("ライン")
    start, end = reading.span(at, at + 3)
    assert text[start:end] == "ンイラ"


def test_a_wide_span_of_the_turned_reading_covers_all_between():
    text = "逆から ノレ こうえん"
    reading = read_backwards(text)
    assert reading.span(0, len(reading.text)) == (0, len(text))

"""Handles written backwards, read only where the text says so."""

from sekisho.core.text import read_reversed


def test_a_handle_is_turned_round_where_the_text_says_so():
    text = "逆から読んでください → 7140_uysneh\nそれを検索"
    assert read_reversed(text) == [("hensyu_0417", 13, 24)]
    assert text[13:24] == "7140_uysneh"


def test_the_cue_works_in_english():
    assert ("reefstudio-09", 20, 33) in read_reversed("handle backwards is 90-oidutsfeer. flip it")


def test_without_a_cue_nothing_is_turned_round():
    assert read_reversed("id は 7140_uysneh です") == []


def test_the_number_of_handles_is_bounded():
    assert len(read_reversed("逆から" + " abcde" * 10_000)) == 64

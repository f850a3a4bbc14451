"""Offsets for clients that count in UTF-16 code units."""

import pytest

from sekisho.core.text import utf16_offset, utf16_span


def test_a_character_outside_the_basic_plane_counts_twice():
    assert utf16_offset("📱は𝐋", 3) == 5
    assert utf16_span("📱は𝐋", 2, 3) == (3, 5)


def test_a_lone_surrogate_counts_once():
    assert utf16_offset("\ud83dx", 2) == 2


@pytest.mark.parametrize("index", [-1, 2])
def test_an_offset_outside_the_text_is_refused(index):
    with pytest.raises(IndexError, match="outside"):
        utf16_offset("a", index)


def test_a_span_the_wrong_way_round_is_refused():
    with pytest.raises(IndexError, match="outside"):
        utf16_span("abc", 2, 1)

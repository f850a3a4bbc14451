"""The worst texts are of every family, of the size asked for, and really are what the patterns look for."""

import re

import pytest
from benchmarks.samples import near_misses, texts_of
from benchmarks.worst_texts import Worst, all_texts

from sekisho.core.detection import load
from sekisho.core.detection.identifiers import TRIGGERS
from sekisho.core.text import EVASIVE


@pytest.fixture(scope="module")
def worst():
    return all_texts(load().engine.compiled, every=7)


@pytest.mark.parametrize("pattern", ["a{2,5}[^b]c?", "(?:ab|cde)+", "[0-9]{3}-x", "^a|b$", ".{0,3}z"])
def test_a_sample_matches_its_pattern(pattern):
    assert all(re.search(pattern, text) for text in texts_of(pattern))


@pytest.mark.parametrize("pattern", [*EVASIVE, *TRIGGERS])
def test_some_sample_of_every_gate_matches_it(pattern):
    assert any(re.search(pattern, text) for text in texts_of(pattern))


def test_a_near_miss_is_shorter_than_the_text():
    assert all(0 < len(miss) < 6 for miss in near_misses("abcdef"))


FAMILIES = "mail link phone chat account wallet pay fold layout trigger evasive frame".split()


@pytest.mark.parametrize("family", FAMILIES)
def test_there_are_worst_texts_of_every_family(worst, family):
    assert any(one.family == family for one in worst)


@pytest.mark.parametrize("size", [10_000, 1_000_000])
def test_a_worst_text_has_the_size_asked_for_and_can_be_judged(worst, size):
    for one in worst[::40]:
        text = one.of_size(size)
        assert len(text.encode("utf-8", "surrogatepass")) <= size + 4000
        assert len(text) <= 1_000_000


def test_head_and_tail_stand_around_the_units():
    assert Worst("family", "name", "ab", "x", "y").of_size(8) == "xabababy"

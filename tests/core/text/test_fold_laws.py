"""Laws of folding and of the way back, for any text at all."""

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from sekisho.core.text import fold, utf16_offset, utf16_span
from sekisho.core.text.clusters import CLUSTER_READINGS, PIECE, clusters

# Characters that fold, join, vanish or widen, so that random texts meet them often.
NASTY = (
    "aＡéÅ\u0301\u0323\u0338\u3099\u309a゛ﾞﾟかｶハ\u200b\ufe0f\u20e3\u00ad\r\n\t\x00㍿ßİﬁ½０①❶🇯𝐋😀"
    "\ud800\udc00ᄀ\u1161\u11a8가ㄱㅏกำिक्षשׁ\u05bcЙёΝνΩ〜—ー "
)
texts = st.one_of(st.text(st.characters(codec=None)), st.text(st.sampled_from(NASTY)), st.text())


@given(texts)
@example("ﾗ\u200bﾞ")
@example("\u0301\u05b0\u3099か\u3099")
@example("Ω\u0301" + "\u0323" * 70)
def test_folding_twice_equals_folding_once(text):
    once = fold(text).text
    assert fold(once).text == once


@given(texts)
def test_the_fast_way_reads_what_the_clusters_read(text):
    by_clusters = PIECE.sub(lambda piece: "".join(CLUSTER_READINGS[c] for c in clusters(piece[0])), text)
    assert fold(text).text == by_clusters


@given(texts, st.data())
def test_a_span_maps_back_to_a_substring_that_reads_the_same(text, data):
    folded = fold(text)
    length = len(folded.text)
    start = data.draw(st.integers(0, max(length - 1, 0)))
    end = data.draw(st.integers(min(start + 1, length), length))
    first, last = folded.span(start, end)
    assert 0 <= first <= last <= len(text)
    if start < end:
        assert first < last
        assert folded.text[start:end] in fold(text[first:last]).text


@given(texts)
def test_spans_run_in_order_and_never_overlap_but_within_a_cluster(text):
    folded = fold(text)
    spans = [folded.span(i, i + 1) for i in range(len(folded.text))]
    for before, after in pairwise(spans):
        assert before == after or before[1] <= after[0]


@given(texts)
def test_the_whole_reading_leads_back_to_all_that_is_read(text):
    folded = fold(text)
    if folded.text:
        first, last = folded.span(0, len(folded.text))
        assert fold(text[:first]).text == ""
        assert fold(text[last:]).text == "" or last == len(text)


@given(texts)
def test_what_follows_changes_nothing_before_it(text):
    assert fold(text + "。").text == fold(text).text + "。"


@given(texts)
def test_no_invisible_character_or_odd_white_space_is_left(text):
    read = fold(text).text
    assert not set(read) & set("\u200b\u202e\ufe0f\u00ad\r\t\x00\u3000\u00a0")
    assert not any("\ud800" <= char <= "\udfff" for char in read)


@given(texts, st.data())
def test_utf16_offsets_count_what_javascript_counts(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    units = [2 if char > "\uffff" else 1 for char in text]
    assert utf16_offset(text, start) == sum(units[:start])
    assert utf16_span(text, start, end) == (sum(units[:start]), sum(units[:end]))

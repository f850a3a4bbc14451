"""Which patterns a class may have."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.core.rules.pattern_laws import MATCH_LENGTH, pattern_faults


def messages(pattern):
    return [message for message, _ in pattern_faults(pattern)]


@pytest.mark.parametrize(
    "pattern",
    [
        "緑(色)?の.{0,4}アプリ",
        r"\bline\b",
        r"(?:[a-z0-9]{2,20})@[a-z]{2,10}\.(com|jp|net)",
        r"\d{2,4}(-\d{2,4}){1,3}",
        "(?P<tool>line|zoom).{0,12}(連絡|話|相談)",
        "[ぁ-ん]{1,10}?らいん",
        "^詳細は",
        "(お代|代金|お金|追加分|円|お支払い?|分)(は|を|も)?[、 ]?.{0,12}(直接|直で|じかに|直に)(もら|お渡し|お届け|お送り)",
    ],
)
def test_a_bounded_pattern_over_folded_text_is_good(pattern):
    assert messages(pattern) == []


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("a*b", ["pattern repeats without bound"]),
        ("a+", ["pattern repeats without bound"]),
        ("(ab){2,}", ["pattern repeats without bound"]),
        ("(?:x(a*?)y){1,2}", ["pattern repeats without bound"]),
        ("a(?=b)", ["pattern looks around"]),
        ("(?<!オン)ライン", ["pattern looks around"]),
        (r"(ab)\1", ["pattern refers back to a group"]),
        ("(a)?b(?(1)c|d)", ["pattern refers back to a group"]),
        ("(?>ab)c", ["pattern has an atomic group or possessive repeat"]),
        ("a{1,3}+b", ["pattern has an atomic group or possessive repeat"]),
        ("(?i)line", ["pattern sets flags"]),
        ("(?i:line)", ["pattern sets flags"]),
        ("LINE", ["pattern text `LINE` is not folded"]),
        ("[A-Z]{2}x", ["pattern text `A` is not folded", "pattern text `Z` is not folded"]),
        ("ﾗｲﾝで", ["pattern text `ﾗｲﾝで` is not folded"]),
        ("ラインＩＤ|x", ["pattern text `ラインＩＤ` is not folded"]),
        ("a?", ["pattern may match nothing at all"]),
        ("", ["pattern may match nothing at all"]),
        ("a{401}", ["pattern may match more than 400 characters"]),
        ("(a{1,30}b){1,30}", ["pattern may match more than 400 characters"]),
        ("x(a?){40}", ["pattern may match in more than 20,000 ways"]),
        ("x.{0,40}.{0,40}.{0,40}", ["pattern may match in more than 20,000 ways"]),
        ("x((a|a)(b|b)){1,20}", ["pattern may match in more than 20,000 ways"]),
        ("(", ["pattern does not compile: missing ), unterminated subpattern at position 0"]),
        ("[[a]", ["pattern does not compile: Possible nested set at position 1"]),
        ("a{99999999999999999999}", ["pattern does not compile: the repetition number is too large"]),
        ("ab" * 501, ["pattern is longer than 1000 characters"]),
        ("(" * 199 + "a" + ")" * 199, []),
    ],
)
def test_a_pattern_that_breaks_a_law_is_told_which(pattern, told):
    assert messages(pattern) == told


ATOMS = st.sampled_from(
    ["a", "ラ", ".", "[a-c]", r"\d", r"\b", "A", "(?=b)", r"\1", "|", "^", "", "(?i)", "\\", "[", "\ud800"]
)
PATTERNS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map("".join),
        inner.map("({})".format),
        st.tuples(
            inner, st.sampled_from(["?", "*", "+", "{0,3}", "{2}", "{1,}", "{9,2}", "{0,900}", "??"])
        ).map("".join),
    ),
    max_leaves=10,
)


@given(st.one_of(PATTERNS, st.text(max_size=30)))
def test_any_pattern_is_passed_or_refused_and_a_passed_one_compiles(pattern):
    if not messages(pattern):
        compiled = re.compile(pattern)
        match = compiled.search("abcラ0123 " * 50)
        assert match is None or 0 < len(match[0]) <= MATCH_LENGTH

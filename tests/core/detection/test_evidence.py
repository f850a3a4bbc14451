"""Where findings stand: exact spans of the text as given, however it was disguised; and what the parsers bring in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.core.detection.judge import Judge
from sekisho.core.rules.model import Outcome
from tests.core.detection.making import Bench, judged, quotes, rule

WORDS = """\
[line]
about = "LINE"
words = ["LINE", "ライン"]
not_in = ["オンライン"]
tool = "line"
groups = ["channel"]
evade = true

[act]
about = "to get in touch"
words = ["連絡", "れんらく", "add me"]
"""
FRAMES = """\
[invite]
about = "invite"
slots = ["line", "act"]

[give]
about = "give"
slots = ["at_contact"]

[hide]
about = "hide"
slots = ["at_hidden", "line"]
near = 3
"""
RULES = {
    "invite": rule(["invite"]),
    "give": rule(["give"], "contact_disclosure"),
    "hide": rule(["hide"], "approval_pressure"),
}


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    bench = Bench(tmp_path_factory.mktemp("pack"))
    return bench.judge(words=WORDS, frames=FRAMES, rules=RULES, parsers=True)


def evidence(judge: Judge, text: str, rule_id: str = "invite") -> list[str]:
    findings = judged(judge, text).findings
    assert all(text[f.start : f.end] == f.quote for f in findings)
    return [finding.quote for finding in findings if finding.rule == rule_id]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("詳細はLINEで連絡を", "LINEで連絡"),
        ("詳細はＬＩＮＥで連絡を", "ＬＩＮＥで連絡"),
        ("詳細は\u200bL\u200bI\u200bN\u200bE\u200bで連絡を", "L\u200bI\u200bN\u200bE\u200bで連絡"),
        ("㍿の件は𝐋𝐈𝐍𝐄で連絡を", "𝐋𝐈𝐍𝐄で連絡"),
        ("詳細はⓁⒾⓃⒺで連絡を", "ⓁⒾⓃⒺで連絡"),
        ("ﾗｲﾝで連絡を", "ﾗｲﾝで連絡"),
        ("㌀㌀ﾗｲﾝで連絡を", "ﾗｲﾝで連絡"),
        ("👍🏽ＬINEで連絡を👍", "ＬINEで連絡"),
        ("a\r\nLINEで連絡", "LINEで連絡"),
        ("詳細はL I N Eで連絡を", "L I N Eで連絡"),
        ("詳細はラ・イ・ンで連絡を", "ラ・イ・ンで連絡"),
        ("㍿はＬ．Ｉ．Ｎ．Ｅで連絡を", "Ｌ．Ｉ．Ｎ．Ｅで連絡"),
        ("詳細はL○NEで連絡を", "L○NEで連絡"),
        ("詳細はラ●ンで連絡を", "ラ●ンで連絡"),
        ("詳細はL1NEで連絡を", "L1NEで連絡"),
    ],
)
def test_the_quote_is_the_very_characters_of_the_text(judge: Judge, text: str, quote: str) -> None:
    assert evidence(judge, text) == [quote]


@pytest.mark.parametrize(
    "before", ["", "㌀", "ｶﾞｷﾞｸﾞ", "が", "\u200b\u200b", "👨‍👩‍👧", "ﬃ", "ß", "\U0001f1ef\U0001f1f5"]
)
def test_what_stands_before_does_not_move_the_quote(judge: Judge, before: str) -> None:
    assert evidence(judge, before + "、LINEで連絡を") == ["LINEで連絡"]
    assert evidence(judge, before + "、L I N Eで連絡を") == ["L I N Eで連絡"]


@given(
    st.text(alphabet="あア亜aＡ１ ﾊﾞ㌀ß\u200b\u0301\n、。👍🏽", max_size=12),
    st.sampled_from(["LINEで連絡", "ＬＩＮＥに連絡", "ﾗｲﾝへ連絡", "L\u200bI\u200bN\u200bEで連絡"]),
    st.text(alphabet="あア亜、。👍 \n", max_size=8),
)
def test_every_quote_is_a_substring_at_its_place(judge: Judge, before: str, act: str, after: str) -> None:
    text = before + "。" + act + after
    verdict = judged(judge, text)
    assert any(finding.rule == "invite" for finding in verdict.findings)
    for finding in verdict.findings:
        assert text[finding.start : finding.end] == finding.quote != ""
    for contact in verdict.contacts:
        assert 0 <= contact.start < contact.end <= len(text)


def test_the_same_act_seen_in_two_readings_is_one_finding(judge: Judge) -> None:
    assert evidence(judge, "LINEで連絡を。A・B・Cのことも。") == ["LINEで連絡"]


def test_an_act_only_the_deeper_reading_shows_stands_beside_one_on_the_surface(judge: Judge) -> None:
    assert evidence(judge, "LINEで連絡を。L I N Eで連絡を。") == ["LINEで連絡", "L I N Eで連絡"]


def test_an_identifier_fills_a_slot_and_is_told_as_a_contact(judge: Judge) -> None:
    text = "まず taro.yamada@example.co.jp まで"
    assert evidence(judge, text, "give") == ["taro.yamada@example.co.jp"]
    (contact,) = judged(judge, text).contacts
    assert (contact.kind, text[contact.start : contact.end]) == ("email", "taro.yamada@example.co.jp")


def test_an_identifier_written_wide_is_quoted_as_written(judge: Judge) -> None:
    text = "㍿まず ｔａｒｏ＠ｅｘａｍｐｌｅ．ｃｏｍ まで"
    assert evidence(judge, text, "give") == ["ｔａｒｏ＠ｅｘａｍｐｌｅ．ｃｏｍ"]


def test_a_spelt_out_identifier_is_quoted_as_written(judge: Judge) -> None:
    text = "㍿まず taroあっとまーくexample.com まで"
    (quote,) = evidence(judge, text, "give")
    assert quote == "taroあっとまーくexample.com"


def test_a_contact_told_twice_in_two_readings_is_one_contact(judge: Judge) -> None:
    verdict = judged(judge, "taro@example.com または A・B・C")
    assert [contact.canonical for contact in verdict.contacts] == ["taro@example.com"]


@pytest.mark.parametrize(
    "text", ["LІNEのスタンプ", "L\u200bINEのスタンプ", "L I N Eのスタンプ", "L○NEのスタンプ"]
)
def test_a_word_in_disguise_is_marked_as_hidden(judge: Judge, text: str) -> None:
    assert evidence(judge, text, "hide")


@pytest.mark.parametrize(
    "text", ["LINEのスタンプ", "ＬＩＮＥのスタンプ", "ラインのスタンプ", "ﾗｲﾝのスタンプ"]
)
def test_a_word_in_an_everyday_spelling_is_not_hidden(judge: Judge, text: str) -> None:
    assert evidence(judge, text, "hide") == []


def test_the_tool_is_the_one_the_words_name(judge: Judge) -> None:
    assert judged(judge, "LINEで連絡").findings[0].tool == "line"


def test_pay_is_a_token_only_where_it_is_high(bench: Bench) -> None:
    frames = (
        '[pay]\nabout = "pay"\nslots = ["at_pay_high"]\n[absurd]\nabout = "x"\nslots = ["at_pay_absurd"]\n'
    )
    rules = {"pay": rule(["pay"], "too_good_pay"), "absurd": rule(["absurd"], "upfront_fee")}
    judge = bench.judge(
        words=WORDS + '[_x]\nabout = "x"\nwords = ["xx"]\n', frames=frames, rules=rules, parsers=True
    )
    assert [f.rule for f in judged(judge, "月50万円です").findings] == ["absurd", "pay"]
    assert quotes(judge, "㍿月３０万円です") == ["３０万円"]
    assert judged(judge, "1件300円です").verdict is Outcome.CLEAR

"""Weak frames that add up, and findings that are one and the same."""

import pytest

from sekisho.core.rules.model import Outcome
from tests.core.detection.making import Bench, judged, quotes, rule, words

WORDS = words(tool="ツール アプリ", act="連絡 登録", when="今日 明日", where="外 そと", no="禁止")


def frames(*weak: tuple[str, str, float]) -> str:
    return "".join(
        f'[{name}]\nabout = "{name}"\nslots = {slots}\nweight = {weight}\n' for name, slots, weight in weak
    )


HALVES = frames(("a", '["tool"]', 0.5), ("b", '["where"]', 0.5))


def test_a_weak_frame_alone_is_nothing(bench: Bench) -> None:
    judge = bench.judge(words=WORDS, frames=HALVES)
    assert judged(judge, "アプリの話").verdict is Outcome.CLEAR


def test_two_different_weak_frames_of_a_rule_add_up(bench: Bench) -> None:
    judge = bench.judge(words=WORDS, frames=HALVES)
    (finding,) = judged(judge, "アプリなどを外で使う").findings
    assert (finding.quote, finding.frames) == ("アプリなどを外", ("a", "b"))


def test_the_same_weak_frame_twice_does_not_add_up(bench: Bench) -> None:
    judge = bench.judge(words=WORDS, frames=HALVES)
    assert quotes(judge, "アプリの話。ツールの話。") == []


def test_weights_that_stay_below_one_do_not_add_up(bench: Bench) -> None:
    judge = bench.judge(words=WORDS, frames=frames(("a", '["tool"]', 0.5), ("b", '["where"]', 0.4)))
    assert quotes(judge, "アプリを外で") == []


def test_three_weak_frames_can_be_needed(bench: Bench) -> None:
    parts = [("a", '["tool"]', 0.4), ("b", '["where"]', 0.4), ("c", '["when"]', 0.4)]
    judge = bench.judge(words=WORDS, frames=frames(*parts))
    assert quotes(judge, "アプリを外で") == []
    assert quotes(judge, "アプリを外で明日") == ["アプリを外で明日"]


@pytest.mark.parametrize(("between", "found"), [(0, True), (1, True), (2, False)])
def test_weak_frames_add_up_within_neighbouring_sentences(bench: Bench, between: int, found: bool) -> None:
    judge = bench.judge(words=WORDS, frames=HALVES)
    assert bool(quotes(judge, "アプリの話。" + "はい。" * between + "外の話。")) is found


def test_weak_frames_of_different_rules_do_not_add_up(bench: Bench) -> None:
    rules = {"r": rule(["a"], "direct_contract"), "s": rule(["b"], "direct_payment")}
    assert quotes(bench.judge(words=WORDS, frames=HALVES, rules=rules), "アプリを外で") == []


def test_a_cancelled_weak_frame_adds_nothing(bench: Bench) -> None:
    scopes = '[s]\nabout = "s"\nmarkers = ["no"]\nside = "after"\ngap = 3\n'
    judge = bench.judge(words=WORDS, frames=HALVES, scopes=scopes, extra='default_unless = ["s"]')
    assert quotes(judge, "アプリで。外は禁止") == []


def test_weak_frames_add_up_again_later_in_the_text(bench: Bench) -> None:
    judge = bench.judge(words=WORDS, frames=HALVES)
    assert quotes(judge, "アプリを外で。" + "はい。" * 5 + "ツールをそとで。") == [
        "アプリを外",
        "ツールをそと",
    ]


def test_overlapping_findings_of_a_rule_are_one(bench: Bench) -> None:
    parts = frames(("a", '["tool", "act"]', 1.0), ("b", '["tool", "act", "when"]', 1.0))
    judge = bench.judge(words=WORDS, frames=parts)
    assert quotes(judge, "アプリで連絡は明日") == ["アプリで連絡は明日"]


def test_overlapping_findings_of_different_rules_are_all_told(bench: Bench) -> None:
    parts = frames(("a", '["tool", "act"]', 1.0), ("b", '["act", "when"]', 1.0))
    rules = {"r": rule(["a"], "direct_contract"), "s": rule(["b"], "vague_posting")}
    judge = bench.judge(words=WORDS, frames=parts, rules=rules)
    findings = judged(judge, "アプリで連絡は明日").findings
    assert [(f.rule, f.quote) for f in findings] == [("r", "アプリで連絡"), ("s", "連絡は明日")]


def test_a_frame_of_two_rules_is_a_finding_of_both(bench: Bench) -> None:
    rules = {"r": rule(["a"], "direct_contract"), "s": rule(["a"], "fee_avoidance")}
    judge = bench.judge(words=WORDS, frames=frames(("a", '["tool"]', 1.0)), rules=rules)
    assert [f.rule for f in judged(judge, "アプリ").findings] == ["r", "s"]


def test_findings_stand_in_order_of_place(bench: Bench) -> None:
    parts = frames(
        ("a", '["tool", "act"]', 1.0), ("b", '["act", "when"]', 1.0), ("c", '["act", "where", "late"]', 1.0)
    )
    rules = {"r": rule(["a", "c"], "direct_contract"), "s": rule(["b"], "vague_posting")}
    judge = bench.judge(words=WORDS + words(late="来週"), frames=parts, rules=rules)
    starts = [f.start for f in judged(judge, "アプリで明日連絡を外で、そして来週").findings]
    assert len(starts) == 2
    assert starts == sorted(starts)


@pytest.mark.parametrize("status", ["draft", "retired"])
def test_draft_and_retired_rules_do_not_judge(bench: Bench, status: str) -> None:
    rules = {"r": rule(["a", "b"], status=status)}
    judge = bench.judge(
        words=WORDS, frames=HALVES + frames(("c", '["act"]', 1.0)), rules={**rules, "s": rule(["c"])}
    )
    assert quotes(judge, "アプリを外で") == []

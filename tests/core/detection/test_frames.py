"""Frames: slots, distance, order, reach, and what happens when there are too many places to try."""

import pytest

from sekisho.core.detection.frames import ANCHOR_LIMIT
from sekisho.core.rules.model import Action, Outcome
from tests.core.detection.making import Bench, judged, quotes, words

WORDS = words(tool="ツール アプリ", act="連絡 登録", when="今日 明日", both="通話")


def frame(lines: str = "", slots: str = '["tool", "act"]') -> str:
    return f'[f]\nabout = "f"\nslots = {slots}\n{lines}\n'


def test_a_frame_stands_when_every_slot_is_filled(bench: Bench) -> None:
    assert quotes(bench.judge(words=WORDS, frames=frame()), "後でアプリから連絡して") == ["アプリから連絡"]


@pytest.mark.parametrize("text", ["アプリの話", "後で連絡して", "", "関係のない文"])
def test_a_frame_with_an_empty_slot_does_not_stand(bench: Bench, text: str) -> None:
    assert judged(bench.judge(words=WORDS, frames=frame()), text).verdict is Outcome.CLEAR


def test_the_order_of_words_does_not_matter_unless_the_frame_says_so(bench: Bench) -> None:
    assert quotes(bench.judge(words=WORDS, frames=frame()), "連絡はアプリで") == ["連絡はアプリ"]


def test_an_ordered_frame_does_not_stand_the_other_way_round(bench: Bench) -> None:
    judge = bench.judge(words=WORDS, frames=frame("ordered = true"))
    assert quotes(judge, "アプリで連絡") == ["アプリで連絡"]
    assert quotes(judge, "連絡はアプリで") == []


def test_an_ordered_frame_skips_tokens_out_of_order(bench: Bench) -> None:
    judge = bench.judge(words=WORDS, frames=frame("ordered = true", '["tool", "when", "act"]'))
    assert quotes(judge, "連絡アプリ登録は明日に連絡を") == ["アプリ登録は明日に連絡"]


def test_a_slot_of_several_classes_takes_any_of_them(bench: Bench) -> None:
    judge = bench.judge(words=WORDS, frames=frame(slots='["tool|when", "act"]'))
    assert quotes(judge, "明日に連絡") == ["明日に連絡"]
    assert quotes(judge, "アプリに連絡") == ["アプリに連絡"]


def test_a_group_fills_a_slot_by_any_of_its_classes(bench: Bench) -> None:
    grouped = WORDS.replace("[act]\n", '[act]\ngroups = ["doing"]\n').replace(
        "[when]\n", '[when]\ngroups = ["doing"]\n'
    )
    judge = bench.judge(words=grouped, frames=frame(slots='["tool", "doing"]'))
    assert quotes(judge, "アプリで明日") == ["アプリで明日"]
    assert quotes(judge, "アプリで連絡") == ["アプリで連絡"]


@pytest.mark.parametrize(("between", "stands"), [(4, True), (5, True), (6, False)])
def test_near_counts_the_code_points_between_first_slot_and_other_slot(
    bench: Bench, between: int, stands: bool
) -> None:
    judge = bench.judge(words=WORDS, frames=frame("near = 5"))
    for text in ("アプリ" + "あ" * between + "連絡", "連絡" + "あ" * between + "アプリ"):
        assert bool(quotes(judge, text)) is stands


def test_the_nearest_token_fills_the_slot(bench: Bench) -> None:
    judge = bench.judge(words=WORDS, frames=frame())
    assert quotes(judge, "登録済みならとりあえずアプリで連絡") == ["アプリで連絡"]


def test_one_word_does_not_fill_two_slots(bench: Bench) -> None:
    judge = bench.judge(words=WORDS, frames=frame(slots='["act", "act"]'))
    assert quotes(judge, "連絡して") == []
    assert quotes(judge, "連絡や登録") == ["連絡や登録"]


def test_overlapping_words_do_not_fill_two_slots(bench: Bench) -> None:
    listed = words(tool="通話アプリ", act="通話")
    assert quotes(bench.judge(words=listed, frames=frame()), "通話アプリ") == []


def test_a_later_anchor_is_tried_when_the_first_does_not_stand(bench: Bench) -> None:
    judge = bench.judge(words=WORDS, frames=frame("near = 5"))
    assert quotes(judge, "アプリはいろいろありますがツールで連絡") == ["ツールで連絡"]


@pytest.mark.parametrize(
    ("reach", "text", "stands"),
    [
        ("clause", "アプリで連絡", True),
        ("clause", "アプリを使い、連絡する", False),
        ("sentence", "アプリを使い、連絡する", True),
        ("sentence", "アプリを使う。連絡する", False),
        ("sentence", "アプリを使う\n連絡する", False),
        ("sentence", "アプリを使う!連絡する", False),
        ("neighbours", "アプリを使う。連絡する", True),
        ("neighbours", "連絡する。アプリを使う", True),
        ("neighbours", "アプリを使う。はい。連絡する", False),
        ("text", "アプリを使う。はい。連絡する", True),
    ],
)
def test_a_frame_reaches_as_far_as_it_says(bench: Bench, reach: str, text: str, stands: bool) -> None:
    judge = bench.judge(words=WORDS, frames=frame(f'reach = "{reach}"'))
    assert bool(quotes(judge, text)) is stands


def test_near_bounds_a_frame_that_reaches_over_the_whole_text(bench: Bench) -> None:
    judge = bench.judge(words=WORDS, frames=frame('reach = "text"\nnear = 20'))
    assert quotes(judge, "アプリを使う。" + "はい。" * 20 + "連絡する") == []


def test_each_sentence_is_searched_for_itself(bench: Bench) -> None:
    judge = bench.judge(words=WORDS, frames=frame())
    assert quotes(judge, "アプリで連絡。ツールで登録。") == ["アプリで連絡", "ツールで登録"]


def test_a_pair_of_neighbours_seen_from_both_sides_is_one_finding(bench: Bench) -> None:
    judge = bench.judge(words=WORDS, frames=frame('reach = "neighbours"'))
    assert quotes(judge, "はい。アプリで連絡。はい。") == ["アプリで連絡"]


def test_all_anchors_up_to_the_limit_are_tried(bench: Bench) -> None:
    judge = bench.judge(words=WORDS, frames=frame("near = 5"))
    text = "アプリとかいろいろ" * (ANCHOR_LIMIT - 1) + "ツールで連絡"
    assert quotes(judge, text) == ["ツールで連絡"]


def test_more_anchors_than_the_limit_are_unsure_and_never_clear(bench: Bench) -> None:
    judge = bench.judge(words=WORDS, frames=frame("near = 5"), extra='unsure_action = "hold"')
    verdict = judged(judge, "アプリとかいろいろ" * ANCHOR_LIMIT + "ツールで、ただいま、連絡")
    assert (verdict.verdict, verdict.action, verdict.unsure) == (Outcome.UNSURE, Action.HOLD, ("frames",))


def test_a_finding_elsewhere_is_told_beside_a_search_cut_short(bench: Bench) -> None:
    judge = bench.judge(words=WORDS, frames=frame("near = 5"))
    text = "アプリとかいろいろ" * (ANCHOR_LIMIT + 1) + "ただ連絡" + "。ツールで連絡"
    verdict = judged(judge, text)
    assert (verdict.verdict, verdict.unsure) == (Outcome.VIOLATION, ("frames",))


def test_text_after_the_longest_sentence_is_still_searched(bench: Bench) -> None:
    judge = bench.judge(words=WORDS, frames=frame())
    assert quotes(judge, "あ" * 5_000 + "アプリで連絡") == ["アプリで連絡"]


def test_a_word_in_an_exception_of_its_class_is_no_word(bench: Bench) -> None:
    listed = WORDS.replace("[tool]\n", '[tool]\nnot_in = ["アプリ開発"]\n')
    judge = bench.judge(words=listed, frames=frame())
    assert quotes(judge, "アプリ開発の連絡") == []
    assert quotes(judge, "アプリで連絡") == ["アプリで連絡"]


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("lineで連絡", True),
        ("Lineで連絡", True),
        ("onlineで連絡", False),
        ("linearで連絡", False),
        ("line2で連絡", False),
        ("telegramで連絡", True),
        ("telegramsで連絡", False),
        ("mytelegramで連絡", False),
        ("appで連絡", True),
        ("apple で連絡", False),
    ],
)
def test_a_latin_word_ends_where_its_letters_end(bench: Bench, text: str, stands: bool) -> None:
    listed = words(tool="LINE Telegram app", act="連絡")
    assert bool(quotes(bench.judge(words=listed, frames=frame()), text)) is stands


def test_a_frame_counts_only_in_the_kinds_senders_and_stages_it_names(bench: Bench) -> None:
    judge = bench.judge(
        words=WORDS, frames=frame('kinds = ["posting"]\nsenders = ["worker"]\nstages = ["contracted"]')
    )
    mine = {"kind": "posting", "sender": "worker", "stage": "contracted"}
    assert judged(judge, "アプリで連絡", **mine).findings
    for other in ({"kind": "message"}, {"sender": "client"}, {"stage": "pre_contract"}):
        assert not judged(judge, "アプリで連絡", **{**mine, **other}).findings


def test_a_rival_slot_leaves_a_word_that_another_slot_needs(bench: Bench) -> None:
    judge = bench.judge(words=WORDS, frames=frame(slots='["tool", "act|when", "act"]'))
    assert quotes(judge, "アプリで連絡を明日") == ["アプリで連絡を明日"]

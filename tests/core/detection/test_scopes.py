"""Scopes: words around a frame that take its force away, and where they do not."""

import pytest

from tests.core.detection.making import Bench, quotes, words

WORDS = words(tool="ツール アプリ", act="連絡 登録", no="禁止", but="ただし", when="明日")
FRAME = '[f]\nabout = "f"\nslots = ["tool", "act"]\n'


def scope(side: str = "either", more: str = "", name: str = "s") -> str:
    return f'[{name}]\nabout = "{name}"\nmarkers = ["no"]\nside = "{side}"\n{more}\n'


def stands(
    bench: Bench, text: str, *, scopes: str, frames: str = FRAME, extra: str = 'default_unless = ["s"]'
) -> bool:
    return bool(quotes(bench.judge(words=WORDS, frames=frames, scopes=scopes, extra=extra), text))


@pytest.mark.parametrize(
    ("side", "before", "after"),
    [("before", False, True), ("after", True, False), ("either", False, False)],
)
def test_a_marker_counts_on_its_side_only(bench: Bench, side: str, before: bool, after: bool) -> None:
    judge = bench.judge(words=WORDS, frames=FRAME, scopes=scope(side), extra='default_unless = ["s"]')
    assert bool(quotes(judge, "禁止でアプリで連絡")) is before
    assert bool(quotes(judge, "アプリで連絡は禁止")) is after


def test_a_marker_between_the_words_of_the_act_counts(bench: Bench) -> None:
    assert not stands(bench, "アプリは禁止だが連絡", scopes=scope("before"))


@pytest.mark.parametrize(("distance", "expected"), [(9, False), (10, False), (11, True)])
def test_a_marker_counts_up_to_its_gap(bench: Bench, distance: int, expected: bool) -> None:
    text = "アプリで連絡" + "あ" * distance + "禁止"
    assert stands(bench, text, scopes=scope("after", "gap = 10")) is expected


@pytest.mark.parametrize(
    ("reach", "text", "expected"),
    [
        ("clause", "アプリで連絡は禁止", False),
        ("clause", "アプリで連絡しますが、禁止", True),
        ("sentence", "アプリで連絡しますが、禁止", False),
        ("sentence", "アプリで連絡します。禁止", True),
        ("neighbours", "アプリで連絡します。禁止", False),
        ("neighbours", "禁止。アプリで連絡します", False),
        ("neighbours", "アプリで連絡します。はい。禁止", True),
        ("text", "アプリで連絡します。はい。禁止", False),
        ("text", "禁止。はい。はい。アプリで連絡します", False),
    ],
)
def test_a_scope_reaches_as_far_as_it_says(bench: Bench, reach: str, text: str, expected: bool) -> None:
    assert stands(bench, text, scopes=scope("either", f'reach = "{reach}"')) is expected


@pytest.mark.parametrize(
    ("text", "expected"), [("アプリで連絡、ただし夜は禁止", True), ("アプリで連絡は禁止、ただし", False)]
)
def test_a_barrier_between_act_and_marker_keeps_the_marker_out(
    bench: Bench, text: str, expected: bool
) -> None:
    assert stands(bench, text, scopes=scope("after", 'barriers = ["but"]')) is expected


def test_a_barrier_counts_before_the_act_too(bench: Bench) -> None:
    assert stands(bench, "禁止、ただしアプリで連絡", scopes=scope("before", 'barriers = ["but"]'))


def test_with_of_distance_is_counted_from_those_words(bench: Bench) -> None:
    frame = FRAME.replace('"act"]', '"act", "when"]')
    near_act = scope("after", 'of = ["act"]\ngap = 2')
    text = "アプリで連絡は禁止でも明日"
    assert not stands(bench, text, scopes=near_act, frames=frame)
    assert stands(bench, "アプリで連絡なら明日は禁止", scopes=near_act, frames=frame)


def test_with_of_a_frame_without_those_words_is_untouched(bench: Bench) -> None:
    assert stands(bench, "アプリで連絡は禁止", scopes=scope("after", 'of = ["when"]'))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("「アプリで連絡して」は禁止", False),
        ("『アプリで連絡して』は禁止", False),
        ("禁止:「アプリで連絡して」", False),
        ("アプリで連絡して、禁止", True),
        ("「アプリ」で連絡、禁止", True),
        ("「アプリで連絡して」と言われた", True),
        ("「禁止」アプリで連絡して", True),
        ("「前置き「アプリで連絡して」後」は禁止", False),
    ],
)
def test_an_act_in_quotation_counts_as_quoted_where_the_marker_is_in_reach(
    bench: Bench, text: str, expected: bool
) -> None:
    assert stands(bench, text, scopes=scope("around")) is expected


TWO = scope() + '[t]\nabout = "t"\nmarkers = ["when"]\n'


def test_a_frame_without_unless_has_the_usual_scopes(bench: Bench) -> None:
    extra = 'default_unless = ["s"]\nalways_unless = ["t"]'
    assert not stands(bench, "アプリで連絡は禁止", scopes=TWO, extra=extra)


def test_a_frame_with_unless_has_only_those_and_the_ones_always_there(bench: Bench) -> None:
    extra = 'default_unless = ["s"]\nalways_unless = ["t"]'
    judge = bench.judge(words=WORDS, frames=FRAME + "unless = []\n", scopes=TWO, extra=extra)
    assert quotes(judge, "アプリで連絡は禁止")
    assert not quotes(judge, "アプリで明日に連絡")


def test_a_frame_stands_despite_the_scopes_it_names(bench: Bench) -> None:
    extra = 'default_unless = ["s"]\nalways_unless = ["t"]'
    judge = bench.judge(words=WORDS, frames=FRAME + 'despite = ["t"]\n', scopes=TWO, extra=extra)
    assert quotes(judge, "アプリで明日に連絡")
    assert not quotes(judge, "アプリで連絡は禁止")


def test_an_act_repeated_without_its_refusal_is_found(bench: Bench) -> None:
    judge = bench.judge(
        words=WORDS,
        frames=FRAME + "near = 5\n",
        scopes=scope("after", "gap = 3"),
        extra='default_unless = ["s"]',
    )
    text = "アプリで連絡は禁止ですとはいえまあツールで登録して"
    assert quotes(judge, text) == ["ツールで登録"]

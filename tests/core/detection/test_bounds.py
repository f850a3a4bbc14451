"""Work that stays bounded: counted in steps, never in seconds."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from sekisho.core.detection import frames as search
from sekisho.core.detection.judge import Judge
from sekisho.core.detection.reading import SENTENCE_LIMIT, Reading, read_sentences
from sekisho.core.rules.model import Outcome
from tests.core.detection.making import Bench, judged, words

MILLION = 1_000_000
WORDS = words(tool="ツール アプリ", act="連絡 登録", no="禁止")
FRAMES = """\
[near]
about = "near"
slots = ["tool", "act"]
near = 5

[far]
about = "far"
slots = ["tool", "act"]
reach = "text"
near = 400

[pair]
about = "pair"
slots = ["act", "tool"]
reach = "neighbours"
"""
SCOPES = """\
[after]
about = "after"
markers = ["no"]
side = "after"

[whole]
about = "whole"
markers = ["no"]
reach = "text"
gap = 3

[around]
about = "around"
markers = ["no"]
side = "around"
reach = "text"
"""


@pytest.fixture
def judge(bench: Bench) -> Judge:
    return bench.judge(
        words=WORDS, frames=FRAMES, scopes=SCOPES, extra='default_unless = ["after", "whole", "around"]'
    )


def filled(unit: str, length: int) -> str:
    return (unit * (length // len(unit) + 1))[:length]


@pytest.mark.parametrize("word", ["ツール", "連絡", "禁止"])
def test_a_million_characters_of_one_word_are_judged(judge: Judge, word: str) -> None:
    assert judged(judge, filled(word, MILLION)).verdict is Outcome.CLEAR


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """Counts what the search looks at: candidates for slots, tokens in reach of scopes, quotations."""
    count = 0
    nearest, in_reach, quotations = search._nearest, search._tokens_in_reach, Reading.quotations

    def counted_nearest(anchor: object, candidates: list[object], *rest: object) -> object:
        nonlocal count
        count += len(candidates)
        return nearest(anchor, candidates, *rest)  # type: ignore[arg-type]

    def counted_reach(*arguments: object) -> list[object]:
        nonlocal count
        tokens = in_reach(*arguments)  # type: ignore[arg-type]
        count += len(tokens)
        return tokens  # type: ignore[return-value]

    def counted_quotations(reading: Reading) -> list[tuple[int, int]]:
        nonlocal count
        spans = quotations(reading)
        count += len(spans)
        return spans

    monkeypatch.setattr(search, "_nearest", counted_nearest)
    monkeypatch.setattr(search, "_tokens_in_reach", counted_reach)
    monkeypatch.setattr(Reading, "quotations", counted_quotations)
    return lambda: count


@pytest.mark.parametrize(
    "unit",
    [
        "ツール", "ツール。", "ツールで連絡。", "ツールで連絡は禁止。", "「ツールで連絡」", "「ツールで連絡」。", "「",
        "」「", "連絡。ツール\n",
        "ツール、いいえ、まだまだまだ連絡", "禁止。", "。", "\n", "ツールとツールとツールと禁止。",
    ],
)  # fmt: skip
def test_the_steps_grow_as_the_text_does(judge: Judge, steps: Callable[[], int], unit: str) -> None:
    small, large = 4_000, 32_000
    judged(judge, filled(unit, small))
    first = steps()
    judged(judge, filled(unit, large))
    assert steps() - first <= 3 * (large // small) * max(first, 100)


@pytest.mark.parametrize(
    "unit", ["ツールで連絡。", "「ツールで連絡して」。", "ツールで連絡して。", "連絡。ツール\n"]
)
@pytest.mark.parametrize("far", ["禁止。あいうえお。", "「禁止」あいうえお。"])
def test_the_steps_grow_as_the_text_does_with_a_marker_far_away(
    judge: Judge, steps: Callable[[], int], unit: str, far: str
) -> None:
    small, large = 500, 4_000
    judged(judge, far + filled(unit, small))
    first = steps()
    judged(judge, far + filled(unit, large))
    assert steps() - first <= 3 * (large // small) * max(first, 100)


def test_no_sentence_is_longer_than_the_limit() -> None:
    reading = read_sentences("あ" * 100_000 + "。" + "い" * 1_000, [])
    ends = [0, *reading.ends]
    assert max(end - start for start, end in pairwise(ends)) <= SENTENCE_LIMIT + 1
    assert ends[-1] == 101_001


@pytest.mark.parametrize("length", [0, 1, SENTENCE_LIMIT, SENTENCE_LIMIT + 1, 2 * SENTENCE_LIMIT])
def test_sentences_cover_the_text(length: int) -> None:
    reading = read_sentences("あ" * length, [])
    assert reading.ends[-1] == length
    assert all(reading.sentence_of(offset) < len(reading.ends) for offset in range(length + 1))


def test_every_token_belongs_to_one_sentence() -> None:
    text = "あ。い!\nう...え" * 50
    tokens = [(at, at + 1, 1) for at in range(0, len(text) - 1, 2)]
    reading = read_sentences(text, tokens)
    dealt = [token for number in range(len(reading.ends)) for token in reading.tokens_of(number, number)]
    assert dealt == tokens

"""The gate only saves work: what it lets through or not, the answer is the one that a full look would give."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.core.detection.engine import Engine, Sight
from sekisho.core.detection.judge import Judge
from sekisho.core.rules.model import Outcome, Stage
from sekisho.core.text import Folded
from tests.core.detection.making import Bench, judged, rule

WORDS = """\
[line]
about = "LINE"
words = ["LINE", "ライン", "緑のアプリ"]
patterns = ['''緑(色)?の.{0,4}アプリ''']
not_in = ["オンライン", "LINEスタンプ"]
groups = ["channel"]
tool = "line"
evade = true

[zoom]
about = "Zoom"
words = ["Zoom", "ズーム"]
groups = ["channel"]
tool = "zoom"
evade = true

[act]
about = "to get in touch"
words = ["連絡", "話", "go", "talk to"]
common = true

[soon]
about = "soon"
words = ["今日", "すぐ"]
common = true

[outside]
about = "outside"
words = ["外", "サイト外"]
patterns = ['''外[でに]''']

[no]
about = "no"
words = ["禁止", "お断り", "don't"]
"""
SCOPES = """\
[refused]
about = "refused"
markers = ["no"]
side = "after"
reach = "clause"
gap = 20

[quoted]
about = "quoted"
markers = ["no"]
side = "around"
"""
FRAMES = """\
[invite]
about = "invite"
slots = ["channel|at_contact", "act"]
near = 12

[give]
about = "give"
slots = ["at_contact"]
unless = []

[meet]
about = "only common words"
slots = ["act", "soon"]
near = 3

[leave]
about = "leave"
slots = ["outside", "act"]
reach = "neighbours"
weight = 0.5

[name]
about = "name"
slots = ["line", "soon"]
reach = "text"
weight = 0.5

[hide]
about = "hide"
slots = ["at_hidden", "channel"]
near = 3

[pay]
about = "pay"
slots = ["at_pay_high", "soon"]
"""
RULES = {
    "a": rule(["invite", "leave", "name"]),
    "b": rule(["give"], "contact_disclosure"),
    "c": rule(["meet"], "interview_offplatform"),
    "d": rule(["hide"], "approval_pressure"),
    "e": rule(["pay"], "too_good_pay"),
}
PIECES = (
    "LINE", "ライン", "ＬＩＮＥ", "L I N E", "ラ○ン", "LІNE", "L1NE", "緑のアプリ",
    "緑色のあのアプリ", "オンライン", "LINEスタンプ", "Zoom", "ズーム", "z o o m", "zooms", "連絡",
    "話", "go", "goes", "talk to", "今日", "すぐ", "外", "外で", "サイト外", "禁止", "お断り",
    "don't", "、", "。", "\n", " ", "「", "」", "は", "で", "の件について",
    "taro@example.com", "090-1234-5678", "id: taro_y1", "@taro_yamada",
    "https://lin.ee/abcdefg", "月50万円", "日給3万円", "1件300円", "〇九〇", "あっとまーく",
    "\u200b", "👍", "a・b・c",
)  # fmt: skip


class Ungated(Engine):
    """Looks closer at every text, with every parser, whatever the gate would say."""

    def look(self, text: str, folded: Folded | None = None) -> Sight | None:
        data = text.encode()
        present = self._contact | self._pay
        for matcher in (self.gate, self.surface):
            for hit in matcher.hits(data):
                present |= matcher.masks[hit[0]]
        return self._look_closer(text, data, self.surface.hits(data), present, folded)


@pytest.fixture(scope="module")
def judges(tmp_path_factory: pytest.TempPathFactory) -> tuple[Judge, Judge]:
    bench = Bench(tmp_path_factory.mktemp("pack"))
    gated = bench.judge(
        words=WORDS, frames=FRAMES, scopes=SCOPES, rules=RULES, parsers=True,
        extra='default_unless = ["refused", "quoted"]',
    )  # fmt: skip
    return gated, Judge(Ungated(gated.engine.compiled), gated.digest)


def same(judges: Sequence[Judge], text: str, stage: Stage = Stage.PRE_CONTRACT) -> None:
    with_gate, without = (judged(judge, text, stage=stage, approved_tools=["line"]) for judge in judges)
    assert with_gate == without, text


@given(st.lists(st.sampled_from(PIECES), max_size=14), st.sampled_from(list(Stage)))
def test_a_text_judged_with_the_gate_is_judged_as_without(
    judges: tuple[Judge, Judge], pieces: list[str], stage: Stage
) -> None:
    same(judges, "".join(pieces), stage)


def test_many_mixtures_are_judged_as_without_the_gate(judges: tuple[Judge, Judge]) -> None:
    chooser = random.Random(11)
    for _ in range(500):
        same(judges, "".join(chooser.choices(PIECES, k=chooser.randint(1, 12))))


@pytest.mark.parametrize("piece", PIECES)
def test_each_word_by_itself_is_judged_as_without_the_gate(judges: tuple[Judge, Judge], piece: str) -> None:
    for text in (piece, piece + "連絡", "今日" + piece, piece + "LINE"):
        same(judges, text)


def test_the_mixtures_hold_verdicts_of_every_sort(judges: tuple[Judge, Judge]) -> None:
    chooser = random.Random(11)
    texts = ["".join(chooser.choices(PIECES, k=chooser.randint(1, 12))) for _ in range(500)]
    outcomes = {judged(judges[0], text).verdict for text in texts}
    assert {Outcome.CLEAR, Outcome.CAUTION, Outcome.VIOLATION} <= outcomes


def test_an_ordinary_text_does_not_get_past_the_gate(judges: tuple[Judge, Judge]) -> None:
    assert judges[0].engine.look("本文を確認しました。よろしくお願いします。") is None

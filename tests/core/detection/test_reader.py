"""The second reader: what it weighs, when it is asked, and what it may and may not say against frames."""

from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.core.detection import load
from sekisho.core.detection.judge import SECOND_READER
from sekisho.core.detection.reader import (
    DOUBT,
    FORMAT,
    LONGEST,
    SPAN,
    Reader,
    Weight,
    escaped,
    load_reader,
    unescaped,
)
from sekisho.core.detection.stretches import stretches
from sekisho.core.rules.model import Expect, Kind, Label, Level, Outcome, Stage, Status
from tests.core.detection.making import Bench, judged, words

WORDS = words(tool="ツール アプリ", act="連絡 登録")
FRAMES = '[a]\nabout = "a"\nslots = ["tool", "act"]\n'
NEVER = {"ja": 99.0, "en": 99.0, "ja.posting": 99.0, "en.posting": 99.0}
ALWAYS = {**NEVER, "ja": -99.0, "en": -99.0}
CHANNEL = Weight(5.0, "channel_solicitation", 1.0)


def reader(thresholds: dict[str, float], weights: dict[str, Weight] | None = None) -> Reader:
    found = weights or {"合図": CHANNEL}
    return Reader(found, -1.0, thresholds, found, scouts_needed=1)


def test_what_it_reads_is_a_finding_of_low_confidence(bench: Bench) -> None:
    judge = bench.judge(words=WORDS, frames=FRAMES, reader=reader(ALWAYS))
    (finding,) = judged(judge, "例の合図をどうぞ。よろしくお願いいたします。").findings
    assert (finding.confidence, finding.frames, finding.label) == (Level.LOW, (SECOND_READER,), Label.CHANNEL_SOLICITATION)


def test_its_evidence_holds_what_moved_it(bench: Bench) -> None:
    judge = bench.judge(words=WORDS, frames=FRAMES, reader=reader(ALWAYS))
    text = "よろしくお願いします。" * 12 + "例の合図をどうぞ。" + "よろしくお願いします。" * 12
    (finding,) = judged(judge, text).findings
    assert "合図" in finding.quote
    assert len(finding.quote) <= SPAN


def test_a_text_without_scouts_is_not_weighed(bench: Bench) -> None:
    judge = bench.judge(words=WORDS, frames=FRAMES, reader=reader(ALWAYS))
    assert judged(judge, "よろしくお願いします。").verdict is Outcome.CLEAR


def test_it_adds_nothing_where_frames_stand(bench: Bench) -> None:
    judge = bench.judge(words=WORDS, frames=FRAMES, reader=reader(ALWAYS))
    assert [finding.frames for finding in judged(judge, "合図。アプリに登録を").findings] == [("a",)]


def test_it_takes_no_finding_away_however_its_letters_speak(bench: Bench) -> None:
    judge = bench.judge(words=WORDS, frames=FRAMES, reader=reader(NEVER, {"よろ": Weight(-50.0), "合図": CHANNEL}))
    assert judged(judge, "アプリに登録を。" + "よろしくお願いします。" * 9).verdict is Outcome.VIOLATION


DOUBTFUL = FRAMES + "weight = 0.9\n"
FAR = {"よろ": Weight(-50.0), "合図": CHANNEL}


def test_it_may_doubt_a_frame_that_leaves_it_room(bench: Bench) -> None:
    judge = bench.judge(words=WORDS, frames=DOUBTFUL, reader=reader({**NEVER, DOUBT: -3.0}, FAR))
    assert judged(judge, "アプリに登録を、どうぞよろしくお願いいたします。").verdict is Outcome.CLEAR
    assert judged(judge, "アプリに登録を、はい、お願いします。").verdict is Outcome.VIOLATION


def test_a_sentence_too_short_to_be_read_is_not_doubted(bench: Bench) -> None:
    judge = bench.judge(words=WORDS, frames=DOUBTFUL, reader=reader({**NEVER, DOUBT: -3.0}, FAR))
    assert judged(judge, "ありがとうございます。アプリに登録をよろ。").verdict is Outcome.VIOLATION


def test_kind_talk_around_a_line_hides_it_from_no_doubt(bench: Bench) -> None:
    judge = bench.judge(words=WORDS, frames=DOUBTFUL, reader=reader({**NEVER, DOUBT: -3.0}, FAR))
    kind = "よろしくお願いします。" * 9
    line = "ありがとうございます。アプリにお手すきの折に登録をどうぞお願いします。ありがとうございます。"
    assert judged(judge, f"{kind}{line}{kind}").verdict is Outcome.VIOLATION


def test_a_reader_file_without_that_threshold_doubts_nothing(bench: Bench) -> None:
    judge = bench.judge(words=WORDS, frames=DOUBTFUL, reader=reader(NEVER, FAR))
    assert judged(judge, "アプリに登録を、どうぞよろしくお願いいたします。").verdict is Outcome.VIOLATION


@given(st.lists(st.integers(1, 40), max_size=9))
def test_sentences_and_their_neighbours_cover_a_text(lengths: list[int]) -> None:
    ends = list(accumulate(lengths))
    length = ends[-1] if ends else 0
    cut = stretches(ends, length)
    assert [start for _, (start, _) in cut] == [0, *(end for _, (_, end) in cut)][:-1]
    assert cut[-1][1][1] == length
    assert all(low <= start <= end <= high for (low, high), (start, end) in cut)


def test_a_text_beyond_its_length_is_not_read(bench: Bench) -> None:
    judge = bench.judge(words=WORDS, frames=FRAMES, reader=reader(ALWAYS))
    assert judged(judge, "合図" + "の" * LONGEST).verdict is Outcome.CLEAR


def test_an_approved_tool_that_is_named_is_clear_to_it_too(bench: Bench) -> None:
    tool = '[tool]\nabout = "tool"\ntool = "zoom"\nwords = ["アプリ"]\n[act]\nabout = "act"\nwords = ["登録"]\n'
    seen = '[a]\nabout = "a"\nslots = ["tool"]\nweight = 0.5\n'
    judge = bench.judge(words=tool, frames=seen, reader=reader(ALWAYS))
    approved = {"stage": Stage.CONTACT_APPROVED, "approved_tools": ("zoom",)}
    assert judged(judge, "合図はアプリで。よろしくお願いいたします。").verdict is Outcome.VIOLATION
    assert judged(judge, "合図はアプリで。よろしくお願いいたします。", **approved).verdict is Outcome.CLEAR


@given(st.text(max_size=300))
def test_any_text_gets_a_finite_sum_and_a_span_within_it(text: str) -> None:
    found = reader(ALWAYS)
    assert abs(found.score(text)) < 1e6
    read = found.read(text, Kind.MESSAGE)
    assert read is None or 0 <= read.start < read.end <= len(text)


@given(st.text(alphabet="ab\\\n\tnt", max_size=6))
def test_a_gram_is_the_same_after_it_was_written_and_read(gram: str) -> None:
    assert unescaped(escaped(gram)) == gram


def test_every_hit_of_the_standard_pack_is_one_with_the_second_reader_too() -> None:
    judge = load("standard")
    for rule in judge.pack.rules.values():
        for example in rule.examples:
            if rule.status in (Status.TESTING, Status.STABLE) and not rule.when and example.expect is Expect.HIT:
                context = {"kind": example.kind, "sender": example.sender, "stage": example.stage}
                verdict = judged(judge, example.text, approved_tools=example.approved_tools, **context)
                assert verdict.verdict is not Outcome.CLEAR, example.text


def test_no_clear_example_of_the_standard_pack_is_read_as_an_act() -> None:
    judge = load("standard")
    for rule in judge.pack.rules.values():
        for example in rule.examples:
            if rule.status in (Status.TESTING, Status.STABLE) and not rule.when and example.expect is Expect.CLEAR:
                context = {"kind": example.kind, "sender": example.sender, "stage": example.stage}
                verdict = judged(judge, example.text, approved_tools=example.approved_tools, **context)
                assert verdict.verdict is Outcome.CLEAR, example.text


@pytest.mark.parametrize(
    "text",
    ["", "sekisho.reader/1\n", f"{FORMAT}\nbias\tmuch\n", f"{FORMAT}\nbias\t1\n", f"{FORMAT}\ngram\ta\n", f"{FORMAT}\nwhat\n"],
)
def test_a_damaged_file_is_refused_with_the_way_to_mend_it(tmp_path: Path, text: str) -> None:
    (tmp_path / "reader.tsv").write_text(text)
    with pytest.raises(ValueError, match=r"benchmarks\.reader"):
        load_reader([tmp_path])


def test_a_pack_has_the_reader_of_the_pack_it_extends(tmp_path: Path) -> None:
    lines = [FORMAT, "bias\t0", *(f"threshold\t{name}\t1" for name in NEVER), "scout\tab\t2.0\tdirect_contract\t1.0"]
    (tmp_path / "base").mkdir()
    (tmp_path / "base" / "reader.tsv").write_text("\n".join(lines))
    (tmp_path / "own").mkdir()
    assert load_reader([tmp_path / "own", tmp_path / "base"]) is not None
    assert load_reader([tmp_path / "own"]) is None

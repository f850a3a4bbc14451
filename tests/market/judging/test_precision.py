"""Rules are measured by what people decide; an upheld appeal counts a decision out again; what is stored can be made again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.market.judging.packs_stage import LINE, PLAIN, judged, strict, version

from sekisho.market.judging import packs, verification
from sekisho.market.judging.asking import Glance
from sekisho.market.judging.background import forget
from sekisho.market.judging.masking import HIDDEN, masked
from sekisho.market.judging.models import Judgement, RuleOutcome
from sekisho.market.judging.precision import precision, record_outcome, withdraw_outcome, worse
from sekisho.market.judging.shadowing import shadow_report
from sekisho.market.judging.tally import Tally
from sekisho.market.kernel import clock, outbox
from sekisho.market.kernel.ids import new_id
from sekisho.market.kernel.verification import Seen

RULE = "steers-to-outside-tool"


def decided(cast: dict[str, Any], confirmed: bool, times: int = 1) -> list[UUID]:
    """So many decisions about as many judgements."""
    decisions = [uuid4() for _ in range(times)]
    for decision in decisions:
        record_outcome(judged(cast, LINE)[0], [RULE], confirmed=confirmed, decision=decision)
    return decisions


def whole(days: int = 1) -> list[tuple[str, int, int]]:
    """Counts by rule."""
    return [(row.rule, row.confirmed, row.refuted) for row in precision(clock.now() - timedelta(days=days))]


def test_precision_is_the_share_confirmed_with_its_interval(cast: dict[str, Any]) -> None:
    decided(cast, True, 3)
    decided(cast, False)
    (row,) = precision(clock.now() - timedelta(days=1))
    assert (row.rule, row.confirmed, row.refuted, row.share) == (RULE, 3, 1, 0.75)
    assert 0.2 < row.low < 0.75 < row.high < 1


def test_a_decision_counts_once_and_an_upheld_appeal_counts_it_out(cast: dict[str, Any]) -> None:
    row, decision = judged(cast, LINE)[0], uuid4()
    for _ in range(2):
        record_outcome(row, [RULE, RULE], confirmed=True, decision=decision)
    decided(cast, False)
    assert whole() == [(RULE, 1, 1)]
    assert (withdraw_outcome(decision), withdraw_outcome(decision)) == (1, 0)
    assert whole() == [(RULE, 0, 1)]
    assert RuleOutcome.objects.filter(decision=decision).count() == 2


def test_the_last_decision_about_a_judgement_counts(cast: dict[str, Any]) -> None:
    row, first, second = judged(cast, LINE)[0], uuid4(), uuid4()
    record_outcome(row, [RULE], confirmed=True, decision=first)
    record_outcome(row, [RULE], confirmed=False, decision=second)
    assert whole() == [(RULE, 0, 1)]
    withdraw_outcome(second)
    assert whole() == [(RULE, 1, 0)]


def test_a_rule_that_found_nothing_there_is_refused(cast: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="no findings"):
        record_outcome(judged(cast, PLAIN)[0], [RULE], confirmed=True, decision=uuid4())


def test_a_rule_is_worse_when_its_intervals_do_not_touch(cast: dict[str, Any]) -> None:
    decided(cast, True, 12)
    with clock.ahead(timedelta(days=40)):
        decided(cast, True, 2)
        assert worse() == []
        decided(cast, False, 12)
        (row,) = worse()
    assert (row.rule, row.before.share) == (RULE, 1.0)
    assert row.recent.high < row.before.low


def test_the_report_of_a_shadow_counts_and_lists_by_rule(cast: dict[str, Any], tmp_path: Path) -> None:
    operator, pack = cast["kancho"].actor, strict(tmp_path)
    text = Path(pack, "pack.toml").read_text("utf-8")
    Path(pack, "pack.toml").write_text(text.replace('"violation"', '"clear"'), "utf-8")
    tried = packs.shadow(operator, version(operator, pack))
    judged(cast, LINE, LINE, PLAIN)
    outbox.deliver()
    report = shadow_report(tried)
    assert (report.texts, report.differs) == (3, 2)
    assert report.rules == ((RULE, 0, 2),)
    assert report.changes == (("violation/nudge", "clear/allow", 2),)


def reproduced() -> tuple[int, list[str], list[str]]:
    """What `sekisho verify` says of judgements."""
    seen = Seen("judgements")
    faults = list(verification.reproduced(seen))
    return seen.count, faults, seen.notes


def test_verify_makes_judgements_again_and_says_what_it_could_not(cast: dict[str, Any]) -> None:
    rows = judged(cast, LINE, PLAIN, LINE)
    forget(rows[2])
    old = {f.attname: getattr(rows[0], f.attname) for f in Judgement._meta.fields}
    Judgement(**old | {"id": new_id(), "digest": "of another engine"}).save(force_insert=True)
    assert reproduced() == (2, [], ["1 could not be made again: their pack or engine is no longer here",
                                    "1 could not be made again: their words were erased"])  # fmt: skip


def test_verify_finds_a_judgement_that_comes_out_differently(cast: dict[str, Any]) -> None:
    old = {f.attname: getattr(judged(cast, LINE)[0], f.attname) for f in Judgement._meta.fields}
    wrong = Judgement(**old | {"id": new_id(), "verdict": "clear"})
    wrong.save(force_insert=True)
    assert reproduced()[1] == [f"judgement {wrong.pk} comes out differently: verdict"]


GLANCES = st.builds(
    Glance, st.sampled_from(["clear", "caution", "violation", "unsure"]),
    st.sampled_from(["allow", "nudge", "hold", "refuse"]), st.frozensets(st.sampled_from(["a", "b", "c"])),
)  # fmt: skip
ROWS = st.lists(st.tuples(st.uuids(), GLANCES, GLANCES), max_size=30, unique_by=lambda row: row[0])


def tallied(rows: list[tuple[UUID, Glance, Glance]]) -> Tally:
    """The tally of these."""
    tally = Tally()
    for pk, before, after in rows:
        tally.count(id_=pk, kind="message", day="2026-11-24", before=before, after=after, most=3)
    return tally


@given(rows=ROWS, cut=st.integers(0, 30))
def test_however_the_work_is_divided_the_sum_is_the_same(
    rows: list[tuple[UUID, Glance, Glance]], cut: int
) -> None:
    parts = tallied(rows[:cut])
    parts.add(Tally.of(tallied(rows[cut:]).plain()), 3)
    assert parts.plain() == tallied(rows).plain()


@given(rows=ROWS)
def test_what_did_not_change_is_no_example(rows: list[tuple[UUID, Glance, Glance]]) -> None:
    tally = tallied([(pk, before, before) for pk, before, _ in rows])
    assert (tally.differs, tally.changes, tally.chosen(10)) == (0, {}, [])


@given(
    text=st.text(max_size=200),
    spans=st.lists(st.tuples(st.integers(0, 220), st.integers(0, 220)), max_size=5),
    window=st.integers(0, 20),
)
def test_a_masked_text_keeps_its_places_and_shows_nothing_far_from_evidence(
    text: str, spans: list[tuple[int, int]], window: int
) -> None:
    hidden = masked(text, spans, [], window)
    assert len(hidden) == len(text)
    for place, (char, shown) in enumerate(zip(text, hidden, strict=True)):
        near = any(start - window <= place < end + window for start, end in spans)
        assert near or shown == HIDDEN or char.isspace()

"""Figures are computed as the page says."""

import re

import pytest
from benchmarks.measure import Interval, Result, Section

from benchmarks import measure, report


def test_an_interval_is_median_least_and_greatest():
    assert measure.interval([3.0, 1.0, 2.0]) == Interval(2.0, 1.0, 3.0)


def test_a_ratio_is_made_within_a_repetition():
    assert measure.ratios([10.0, 30.0], [10.0, 10.0]) == Interval(2.0, 1.0, 3.0)


def test_every_side_takes_its_turn_at_beginning():
    order = []
    measure.in_turn({name: lambda _, name=name: order.append(name) or 1.0 for name in "ab"}, 2)
    assert order == ["a", "b", "b", "a"]


@pytest.mark.parametrize(
    ("value", "at_most", "reached"),
    [(2.0, False, True), (0.5, False, False), (0.5, True, True), (2.0, True, False)],
)
def test_a_target_is_reached_by_the_median(value, at_most, reached):
    assert Result("name", "what", Interval(value, 0.0, 9.0), "×", 1.0, at_most).reached is reached


def test_the_page_marks_what_is_missed():
    section = Section("name", "Title", (Result("name", "what", Interval(1.0, 1.0, 1.0), "×", 2.0),))
    assert "| what | 1 (1..1)× | ≥ 2× | **missed** |" in report.page([section], {}, quick=False)


def test_the_page_says_why_something_was_not_measured():
    assert "Not measured: no rival" in report.page([Section("name", "Title", skipped="no rival")], {}, quick=False)


def test_the_page_and_its_json_hold_no_path_and_no_date(tmp_path):
    report.write(tmp_path / "page.md", [Section("name", "Title")], quick=True)
    for name in ("page.md", "page.json"):
        written = (tmp_path / name).read_text(encoding="utf-8")
        assert str(tmp_path) not in written
        assert not re.search(r"20[2-9][0-9]-[01][0-9]-[0-3][0-9]", written)


def test_what_a_page_has_can_be_kept_as_it_was(tmp_path):
    results = (Result("name", "what", Interval(1.5, 1.0, 2.0), "×", 1.0), Result("other", "told", Interval(3.0, 3.0, 3.0), ""))
    sections = [Section("name", "Title", results, ("A note.",)), Section("none", "Other", skipped="no rival")]
    report.write(tmp_path / "page.md", sections, quick=True)
    assert report.kept(tmp_path / "page.md") == sections
    assert report.kept(tmp_path / "nothing.md") == []

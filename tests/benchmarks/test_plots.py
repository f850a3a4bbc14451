"""Plots show what was measured, in both languages, and the same figures give the same file."""

import xml.etree.ElementTree as ElementTree

import pytest
from benchmarks.measure import Interval, Result, Section, share

from benchmarks import plots, report


def section(plot):
    """A section with every result of a plot."""
    values = [Interval(0.5 + number, 0.4 + number, 0.9 + number) for number in range(len(plot.bars))]
    results = [Result(bar.result, bar.en, value, "", 0.9) for bar, value in zip(plot.bars, values, strict=True)]
    return Section("name", "Title", tuple(results))


def test_a_plot_is_a_picture_no_wider_than_a_phone_and_always_the_same(tmp_path):
    page, plot = tmp_path / "page.md", plots.PLOTS[2]
    ((_, path),) = plots.draw(page, [section(plot)])
    first = path.read_bytes()
    assert float(ElementTree.fromstring(first).get("width").removesuffix("pt")) <= 300
    plots.draw(page, [section(plot)])
    assert path.read_bytes() == first


def test_nothing_is_drawn_of_what_was_not_measured(tmp_path):
    assert plots.draw(tmp_path / "page.md", [Section("gate", "Gate", skipped="not installed")]) == []


def test_the_page_shows_its_plots_with_both_captions(tmp_path):
    page = tmp_path / "page.md"
    text = report.page([section(plots.PLOTS[2])], {}, quick=True, plotted=[(plots.PLOTS[2], page.with_name("page-pictures.svg"))])
    assert "![Pictures: share found](page-pictures.svg)" in text
    assert "画像の読み取り" in text


def test_every_bar_is_named_in_both_languages():
    names = [bar.result for plot in plots.PLOTS for bar in plot.bars]
    assert len(names) == len(set(names))
    assert all(bar.en and bar.ja for plot in plots.PLOTS for bar in plot.bars)


@pytest.mark.parametrize(("part", "whole"), [(0, 10), (7, 10), (10, 10)])
def test_a_share_lies_within_its_interval(part, whole):
    value = share(part, whole)
    assert 0 <= value.low <= value.median <= value.high <= 1


def test_a_share_of_nothing_may_be_anything():
    assert share(0, 0) == Interval(0.0, 0.0, 1.0)

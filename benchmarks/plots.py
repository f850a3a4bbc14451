"""Draws what was measured as SVG files beside the page: one figure a subject, as wide as a phone, captions in English and Japanese.

Letters are drawn as outlines, so that a figure looks alike everywhere. Same figures, same file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.measure import Result, Section

WIDTH = 3.9
"""Inches; with ten-point letters a phone held upright shows it without turning."""
OURS, OTHERS, GOAL = "#1f6f8b", "#b8b8b8", "#c0392b"


@dataclass(frozen=True, slots=True)
class Bar:
    """One result in a plot, and what it is in both languages; `ours` are drawn in colour."""

    result: str
    en: str
    ja: str
    ours: bool = True


@dataclass(frozen=True, slots=True)
class Plot:
    """One figure: bars of one unit. `log` where they lie far apart, `goals` where results have targets in that unit."""

    name: str
    en: str
    ja: str
    bars: tuple[Bar, ...]
    log: bool = False
    goals: bool = False


PLOTS = (
    Plot("judging", "Texts a second and core", "1コア・1秒あたりの判定件数", (
        Bar("messages.check", "messages, check", "メッセージ check"),
        Bar("messages.presidio", "messages, Presidio", "メッセージ Presidio", ours=False),
        Bar("hard.check", "hard texts, check", "難しい文 check"),
        Bar("hard.presidio", "hard texts, Presidio", "難しい文 Presidio", ours=False),
        Bar("bare.hyperscan", "hyperscan alone", "hyperscan のみ", ours=False),
    ), log=True),
    Plot("quality", "Judging: precision and recall", "判定の適合率と再現率", tuple(
        Bar(f"quality.{name}.{kind}", f"{en}, {kind}", f"{ja} {word}")
        for name, en, ja in (
            ("tuned", "tuned on", "調整に使用"), ("held_out", "held out", "学習外"),
            ("held_out.plain", "held out, plain", "学習外・平易"), ("held_out.paraphrased", "held out, paraphrased", "学習外・言い換え"),
            ("held_out.obfuscated", "held out, obfuscated", "学習外・隠し表記"), ("held_out.adversarial", "held out, adversarial", "学習外・紛らわしい"),
        )
        for kind, word in (("precision", "適合率"), ("recall", "再現率"))
    )),
    Plot("pictures", "Pictures: share found", "画像の読み取り（割合）", (
        Bar("pictures.clean.strings", "clean, strings", "きれい 文字列"),
        Bar("pictures.clean.verdicts", "clean, verdicts", "きれい 判定一致"),
        Bar("pictures.degraded.strings", "degraded, strings", "劣化 文字列"),
        Bar("pictures.degraded.verdicts", "degraded, verdicts", "劣化 判定一致"),
        Bar("pictures.codes", "QR codes", "QRコード"),
    ), goals=True),
    Plot("gate", "Gate: requests by processor second", "gate: CPU 1秒あたりのリクエスト数", (
        Bar("gate.gate.rate", "gate, judging", "gate（判定あり）"),
        Bar("gate.starlette.rate", "Starlette, echo", "Starlette（返すだけ）", ours=False),
        Bar("gate.echo.rate", "granian, echo", "granian（返すだけ）", ours=False),
    )),
    Plot("scan", "Scan: rows a second", "scan: 1秒あたりの行数", (
        Bar("scan.jsonl.one", "jsonl, 1 process", "jsonl 1プロセス"),
        Bar("scan.jsonl.two", "jsonl, 2 processes", "jsonl 2プロセス"),
        Bar("scan.parquet.one", "parquet, 1 process", "parquet 1プロセス"),
        Bar("scan.parquet.two", "parquet, 2 processes", "parquet 2プロセス"),
    )),
)  # fmt: skip


def drawable(sections: Iterable[Section]) -> list[tuple[Plot, list[tuple[Bar, Result]]]]:
    """The plots for which something was measured, each with the bars it has."""
    results = {result.name: result for section in sections for result in section.results}
    chosen = [(plot, [(bar, results[bar.result]) for bar in plot.bars if bar.result in results]) for plot in PLOTS]
    return [(plot, bars) for plot, bars in chosen if bars]


def file_of(page: Path, plot: Plot) -> Path:
    """Where a plot of a page stands."""
    return page.with_name(f"{page.stem}-{plot.name}.svg")


def draw(page: Path, sections: list[Section]) -> list[tuple[Plot, Path]]:
    """Write the plots beside `page`; none where matplotlib is not installed."""
    try:
        import matplotlib
        import matplotlib_fontja  # noqa: F401 - its import chooses a Japanese font
    except ImportError:
        return []
    matplotlib.use("svg")
    matplotlib.rcParams |= {"svg.hashsalt": "sekisho", "svg.fonttype": "path", "font.size": 9, "axes.unicode_minus": False}
    written = []
    for plot, bars in drawable(sections):
        path = file_of(page, plot)
        _figure(plot, bars).savefig(path, metadata={"Date": None, "Creator": None})
        path.write_text("\n".join(line.rstrip() for line in path.read_text(encoding="utf-8").splitlines()) + "\n", encoding="utf-8")
        written.append((plot, path))
    return written


def _figure(plot: Plot, bars: list[tuple[Bar, Result]]) -> Any:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH, 1.1 + 0.42 * len(bars)), layout="constrained")
    axes = figure.subplots()
    places = list(range(len(bars)))
    values = [result.value.median for _, result in bars]
    spread = list(zip(*(result.value.spread for _, result in bars), strict=True))
    axes.barh(places, values, xerr=spread, color=[OURS if bar.ours else OTHERS for bar, _ in bars], ecolor="#333333", capsize=2, height=0.62)
    axes.set_yticks(places, [f"{bar.en}\n{bar.ja}" for bar, _ in bars], fontsize=7.5)
    axes.invert_yaxis()
    if plot.log:
        axes.set_xscale("log")
        axes.set_xlim(min(values) / 2, max(values) * 6)
    else:
        axes.set_xlim(0, max(max(result.value.high for _, result in bars), *values) * 1.22)
    for place, (_, result) in zip(places, bars, strict=True):
        axes.annotate(_shown(result.value.median), (result.value.high, place), (4, 0), textcoords="offset points", va="center", fontsize=8)
        if plot.goals and result.target is not None:
            axes.plot([result.target] * 2, [place - 0.4, place + 0.4], color=GOAL, linewidth=1.5)
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_title(f"{plot.en}\n{plot.ja}" + ("\nred: target / 赤線: 目標" if plot.goals else ""), fontsize=9.5, loc="left")
    return figure


def _shown(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"

"""The page, the JSON and the plots: figures with their intervals and targets, the machine, the versions. Without a date: the repository has one."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, replace
from importlib import metadata
from pathlib import Path
from typing import Any

from benchmarks import plots
from benchmarks.measure import REPETITIONS, Interval, Result, Section

SCHEMA = 1
_QUICK = "Volumes are the small ones of `--quick`: intervals are wider than those of a full run."
_PACKAGES = ("sekisho", "hyperscan", "phonenumbers", "publicsuffixlist", "pyarrow", "msgspec", "granian", "starlette", "uvicorn", "rapidocr", "onnxruntime", "zxing-cpp")


def write(path: Path, sections: list[Section], *, quick: bool) -> None:
    """`path` as Markdown, and the same beside it as .json, and the plots as .svg."""
    surroundings = machine()
    path.parent.mkdir(parents=True, exist_ok=True)
    plotted = plots.draw(path, sections)
    path.write_text(page(sections, surroundings, quick=quick, plotted=plotted), encoding="utf-8")
    told = {"schema": SCHEMA, "quick": quick, "machine": surroundings, "sections": [_plain(section) for section in sections]}
    path.with_suffix(".json").write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def kept(path: Path) -> list[Section]:
    """The sections of the JSON beside `path`, as an earlier run wrote them; none where there is no such file."""
    beside = path.with_suffix(".json")
    if not beside.is_file():
        return []
    told = json.loads(beside.read_text(encoding="utf-8"))
    return [_section(section) for section in told["sections"] if told["schema"] == SCHEMA]


def _section(told: dict[str, Any]) -> Section:
    results = [Result(**{name: value for name, value in one.items() if name != "reached"}) for one in told["results"]]
    whole = [replace(one, value=Interval(**told["results"][at]["value"])) for at, one in enumerate(results)]
    return Section(told["name"], told["title"], tuple(whole), tuple(told["notes"]), told["skipped"])


def page(
    sections: list[Section], surroundings: dict[str, Any], *, quick: bool, plotted: Sequence[tuple[plots.Plot, Path]] = ()
) -> str:
    """The Markdown page."""
    lines = ["# What was measured", "", "Written by `python -m benchmarks" + (" --quick" if quick else "") + "`.", ""]
    lines += [
        f"Median and, in brackets, least and greatest of {REPETITIONS} repetitions (of the server and pictures: 3); both sides of a ratio take turns and it is "
        "made within a repetition. Rates of one process are per second of processor time, so per core; `scan` and starts are by the clock. A measurement that is not here was not taken; with `--keep` some are of an earlier run. "
        "What is measured, and how: [Benchmarks](../benchmarks.md).",
        "",
        *([_QUICK, ""] if quick else []),
    ]
    for plot, path in plotted:
        lines += [f"![{plot.en}]({path.name})", "", f"{plot.en} · {plot.ja}", ""]
    for section in sections:
        lines += [f"## {section.title}", ""]
        if section.skipped:
            lines += [f"Not measured: {section.skipped}", ""]
        if section.results:
            lines += ["| | measured | target | |", "|---|---|---|---|", *map(_row, section.results), ""]
        for note in section.notes:
            lines += [note, ""]
    lines += ["## Machine and versions", "", "| | |", "|---|---|"]
    lines += [f"| {name} | {value} |" for name, value in surroundings.items()]
    return "\n".join(lines) + "\n"


def machine() -> dict[str, Any]:
    """What the figures were measured on, without names of hosts, paths or persons."""
    versions = {}
    for package in _PACKAGES:
        try:
            versions[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            versions[package] = "source"
    return {
        "processor": _processor(),
        "processors": os.cpu_count() or 1,
        "memory GB": _memory(),
        "load of the last minute, as the page was written": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else "unknown",
        "system": f"{platform.system()} {platform.machine()}",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        **versions,
        "pack": _pack(),
    }


def summary(sections: list[Section]) -> str:
    """One line a figure with a target, for the terminal."""
    lines = []
    for section in sections:
        if section.skipped:
            lines.append(f"{section.name:10} not measured: {section.skipped}")
        for result in section.results:
            if result.target is not None:
                lines.append(f"{result.name:24} {result.value.shown(result.unit):40} {_target(result):12} {_mark(result)}")  # noqa: PERF401
    return "\n".join(lines)


def _row(result: Result) -> str:
    return f"| {result.what} | {result.value.shown(result.unit)} | {_target(result)} | {_mark(result)} |"


def _target(result: Result) -> str:
    if result.target is None:
        return ""
    return f"{'≤' if result.at_most else '≥'} {result.target:g}{result.unit}"


def _mark(result: Result) -> str:
    return {True: "reached", False: "**missed**", None: ""}[result.reached]


def _plain(section: Section) -> dict[str, Any]:
    told = asdict(section)
    for plain, result in zip(told["results"], section.results, strict=True):
        plain["reached"] = result.reached
    return told


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown"
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "unknown")


def _memory() -> float:
    try:
        return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9, 1)
    except (ValueError, OSError, AttributeError):
        return 0.0


def _pack() -> str:
    from sekisho import PackError
    from sekisho.core.detection import load

    try:
        judge = load()
    except PackError:
        return "does not compile"
    return f"{judge.pack.id} {judge.pack.version}, digest {judge.digest}"

"""`sekisho scan` as a user runs it: two processes against one, Spark against both, and memory from few rows to many."""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import measure, traffic
from benchmarks.measure import Interval, Result, Section
from benchmarks.processes import Watched, can_see_memory, watch

DISTINCT = 50_000
"""Texts made up; longer files repeat them under new ids."""
_BUSY = "for _ in range(15_000_000): pass"
_CALL = "import sys; from sekisho.interfaces.cli.main import main; sys.exit(main())"


def write_rows(path: Path, count: int) -> Path:
    """`count` rows of made-up messages as .jsonl or .parquet."""
    if path.suffix == ".parquet":
        _write_parquet(path, count)
        return path
    with path.open("w", encoding="utf-8") as file:
        for row in _rows(count):
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


def _rows(count: int) -> Iterator[dict[str, object]]:
    texts = traffic.messages(min(count, DISTINCT), seed=5)
    for number, text in enumerate(itertools.islice(itertools.cycle(texts), count)):
        yield {"id": number, "text": text.text, "kind": text.kind, "sender": text.sender, "stage": text.stage}


def _write_parquet(path: Path, count: int) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = _rows(count)
    writer = None
    try:
        while batch := list(itertools.islice(rows, 20_000)):
            table = pa.Table.from_pylist(batch)
            writer = writer or pq.ParquetWriter(path, table.schema, compression="zstd")
            writer.write_table(table)
    finally:
        if writer is not None:
            writer.close()


def scan(source: Path, processes: int) -> Watched:
    """One scan through the command line, from the start of the interpreter to its end."""
    target = source.with_name(f"out{source.suffix}")
    options = ["--no-resume", "--processes", str(processes)]
    watched = watch([sys.executable, "-c", _CALL, "scan", source, "-o", target, *options])
    target.unlink()
    return watched


def _busy(processes: int) -> float:
    """Seconds of the clock for so many interpreters that do nothing but count."""
    began = time.perf_counter()
    running = [subprocess.Popen([sys.executable, "-c", _BUSY]) for _ in range(processes)]
    for process in running:
        process.wait()
    return time.perf_counter() - began


def two_against_one(rows: int, repetitions: int = measure.REPETITIONS) -> Section:
    """Seconds of the clock of one process over those of two, for both formats."""
    title = "Scan with two processes"
    if (os.cpu_count() or 1) < 2:
        return Section("scan", title, skipped="this machine has one processor")
    results: list[Result] = []
    spare: list[float] = []
    with TemporaryDirectory() as folder:
        for suffix in ("jsonl", "parquet"):
            source = write_rows(Path(folder) / f"rows.{suffix}", rows)
            scan(source, 1)
            runs: dict[int, list[Watched]] = {1: [], 2: []}
            for repetition in range(repetitions):
                for processes in (1, 2) if repetition % 2 else (2, 1):
                    runs[processes].append(scan(source, processes))
                spare.append(2 * _busy(1) / _busy(2))
            results += _compared(suffix, rows, runs)
    results.append(Result("scan.machine", "two empty loops at a time ÷ one after the other", measure.interval(spare), "×"))
    note = (
        f"{rows:,} rows, the whole command from start to end. The ceiling is what the processor seconds of both runs allow on two "
        "idle processors, and the empty loops say how much of two processors this machine had to spare meanwhile: where they fall "
        "short of 2, others used it."
    )
    return Section("scan", title, tuple(results), (note, _load()))


def _compared(suffix: str, rows: int, runs: dict[int, list[Watched]]) -> list[Result]:
    one, two = runs[1], runs[2]
    speed = measure.ratios([run.seconds for run in one], [run.seconds for run in two])
    ceiling = measure.ratios(
        [2 * run.processor_seconds for run in one], [run.processor_seconds for run in two]
    )
    rates = [measure.interval(rows / run.seconds for run in both) for both in (one, two)]
    return [
        Result(f"scan.{suffix}.ratio", f"{suffix}: two processes ÷ one", speed, "×", 1.7),
        Result(f"scan.{suffix}.ceiling", f"{suffix}: the same by processor seconds", ceiling, "×"),
        Result(f"scan.{suffix}.one", f"{suffix}: one process", rates[0], " rows/s"),
        Result(f"scan.{suffix}.two", f"{suffix}: two processes", rates[1], " rows/s"),
    ]


def on_spark(rows: int, repetitions: int = measure.REPETITIONS) -> Section:
    """Rows a second of Spark with two cores over those of two processes, both warm; the bytes written are compared too."""
    title = "Scan on Spark"
    from sekisho.interfaces.bulk.errors import ScanError
    from sekisho.interfaces.bulk.spark.engine import SparkEngine
    from sekisho.interfaces.bulk.spark.session import require, session

    try:
        require()
    except ScanError as error:
        return Section("spark", title, skipped=str(error))
    results: list[Result] = []
    with TemporaryDirectory() as folder, session("local[2]"):
        few = write_rows(Path(folder) / "few.jsonl", 2_000)
        first = _scanned(few, engine=SparkEngine()).seconds
        results.append(Result("spark.first", "the first call, 2,000 rows", _single(first), " s"))
        for suffix in ("jsonl", "parquet"):
            source = write_rows(Path(folder) / f"rows.{suffix}", rows)
            few = write_rows(Path(folder) / f"few.{suffix}", 2_000)
            results += _beside_pool(suffix, (few, source), rows, repetitions)
    note = (
        f"{rows:,} rows; `local[2]` against two judging processes. Left out on both sides: the start of the interpreter, of Java and of the "
        "processes with their first call, measured as a scan of 2,000 rows by fresh processes, and on Spark by the session that is already up."
    )
    return Section("spark", title, tuple(results), (note, _load()))


def _beside_pool(suffix: str, sources: tuple[Path, Path], rows: int, repetitions: int) -> list[Result]:
    """Both engines over the same file, in turn."""
    from sekisho.interfaces.bulk.spark.engine import SparkEngine

    few, source = sources
    sides = {"pool": {"processes": 2}, "spark": {"engine": SparkEngine()}}
    written: dict[str, bytes] = {}

    def rate(name: str, _repetition: int) -> float:
        """Rows a second, without what a scan of the small file takes too."""
        begin, whole = _scanned(few, **sides[name]), _scanned(source, **sides[name])
        written[name] = whole.written
        return (rows - begin.rows) / (whole.seconds - begin.seconds)

    found = measure.in_turn({name: partial(rate, name) for name in sides}, repetitions)
    same = float(written["pool"] == written["spark"] == _scanned(source, processes=1).written)
    return [
        Result(f"spark.{suffix}.ratio", f"{suffix}: Spark ÷ process pool", measure.ratios(found["spark"], found["pool"]), "×", 0.7),
        Result(f"spark.{suffix}.same", f"{suffix}: one process, the pool and Spark wrote the same bytes (1: yes)", _single(same), "", 1),
        Result(f"spark.{suffix}.pool", f"{suffix}: process pool", measure.interval(found["pool"]), " rows/s"),
        Result(f"spark.{suffix}.spark", f"{suffix}: Spark", measure.interval(found["spark"]), " rows/s"),
    ]


@dataclass(frozen=True, slots=True)
class _Scanned:
    """A scan from within this process."""

    seconds: float
    rows: int
    written: bytes


def _scanned(source: Path, **options: Any) -> _Scanned:
    from sekisho.interfaces.bulk.scan import scan as scan_file

    target = source.with_name(f"out{source.suffix}")
    began = time.perf_counter()
    summary = scan_file(source, target, resume=False, **options)
    seconds = time.perf_counter() - began
    written = target.read_bytes()
    target.unlink()
    return _Scanned(seconds, summary.rows, hashlib.sha256(written).digest())


def memory(few: int, many: int) -> Section:
    """Peak memory of a scan of `many` rows against one of `few`."""
    title = "Memory of a scan"
    if not can_see_memory():
        return Section("memory", title, skipped="this system has no /proc")
    results: list[Result] = []
    with TemporaryDirectory() as folder:
        for suffix in ("jsonl", "parquet"):
            small = scan(write_rows(Path(folder) / f"few.{suffix}", few), 2)
            large = scan(write_rows(Path(folder) / f"many.{suffix}", many), 2)
            results += _grown(suffix, small, large)
            (Path(folder) / f"many.{suffix}").unlink()
    note = (
        f"{few:,} rows against {many:,}, two judging processes, one run each; the most that each process ever held (VmHWM), "
        "and the most that all held together at one time."
    )
    return Section("memory", title, tuple(results), (note,))


def _grown(suffix: str, small: Watched, large: Watched) -> list[Result]:
    results = []
    for name, what, limit in (
        ("first_kb", "the scanning process", 1.25),
        ("other_kb", "the largest judging process", 1.25),
        ("together_kb", "all together", None),
    ):
        before, after = getattr(small, name), getattr(large, name)
        grown = _single(after / before if before else 0.0)
        results += [
            Result(f"memory.{suffix}.{name}", f"{suffix}: {what}, many ÷ few", grown, "×", limit, at_most=True),
            Result(f"memory.{suffix}.{name}.many", f"{suffix}: {what}, many rows", _single(after / 1024), " MB"),
        ]
    return results


def _single(value: float) -> Interval:
    return Interval(value, value, value)


def _load() -> str:
    if not hasattr(os, "getloadavg"):
        return "The load of the machine is not known."
    return f"Load of the machine over the last minute: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors (2 are ours)."

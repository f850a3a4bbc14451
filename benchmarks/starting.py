"""How long a fresh process takes to its first verdict: with the compiled pack in the cache, and without."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import measure
from benchmarks.measure import REPETITIONS, Result, Section

_FIRST = """
import time
clock, processor = time.perf_counter(), time.process_time()
import sekisho
sekisho.check("ご応募ありがとうございます。詳細はLINEでお話ししませんか？")
print(time.perf_counter() - clock, time.process_time() - processor)
"""


def first_verdict(cache: Path | None = None) -> tuple[float, float]:
    """(clock, processor) seconds from before `import sekisho` to the first verdict, in a new process. Raises `RuntimeError`.

    `cache`: a folder for compiled packs other than the usual one.
    """
    environment = dict(os.environ) if cache is None else {**os.environ, "SEKISHO_CACHE_DIR": str(cache)}
    done = subprocess.run(
        [sys.executable, "-c", _FIRST], capture_output=True, text=True, encoding="utf-8", env=environment, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr.strip().splitlines()[-1][:200] if done.stderr.strip() else "no verdict")
    clock, processor = done.stdout.split()
    return float(clock), float(processor)


def starts(repetitions: int = REPETITIONS) -> Section:
    """Warm starts, beside as many of the bare interpreter, and one cold start."""
    title = "Start"
    try:
        first_verdict()
    except RuntimeError as error:
        return Section("start", title, skipped=f"no verdict: {error}")
    bare: list[float] = []
    warm: list[tuple[float, float]] = []
    for _ in range(repetitions):
        bare.append(measure.clock_seconds(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True)))
        warm.append(first_verdict())
    results = (
        Result("start.warm", "import and first verdict, pack cached", measure.interval(at for at, _ in warm), " s", 0.3, at_most=True),
        Result("start.warm.processor", "the same in processor seconds", measure.interval(at for _, at in warm), " s"),
        Result("start.bare", "the interpreter alone", measure.interval(bare), " s"),
    )
    cold, notes = _cold_start()
    return Section("start", title, results + cold, notes)


def _cold_start() -> tuple[tuple[Result, ...], tuple[str, ...]]:
    with TemporaryDirectory() as folder:
        cache = Path(folder)
        try:
            seconds = first_verdict(cache)[0]
        except RuntimeError as error:
            return (), (f"No cold start: {error}",)
        size = sum(path.stat().st_size for path in cache.iterdir()) / 1e6
    cold = Result("start.cold", "import, compile, prove and first verdict", measure.interval([seconds]), " s")
    return (cold,), (f"The compiled pack takes {size:.1f} MB in the cache.",)

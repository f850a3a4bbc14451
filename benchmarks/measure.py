"""Times things side by side and says how sure the figures are. Knows nothing of what is timed.

Times of one process are processor seconds (user and system), so that a busy machine shows less; where several processes work
together they are seconds of the clock. Every repetition takes all sides in turn, and a ratio is made within a repetition.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median

from sekisho.core.intervals import wilson

REPETITIONS = 5


@dataclass(frozen=True, slots=True)
class Interval:
    """Median, least and greatest of the repetitions."""

    median: float
    low: float
    high: float

    @property
    def spread(self) -> tuple[float, float]:
        """How far the ends are from the median, below and above."""
        return max(0.0, self.median - self.low), max(0.0, self.high - self.median)

    def shown(self, unit: str = "") -> str:
        """As a person reads it: `112 (104..118) ×`."""
        return f"{_figure(self.median)} ({_figure(self.low)}..{_figure(self.high)}){unit}"


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the page. `target` is what the median has to reach: at least, or at most with `at_most`; None: only told."""

    name: str
    what: str
    value: Interval
    unit: str
    target: float | None = None
    at_most: bool = False

    @property
    def reached(self) -> bool | None:
        """Whether the median keeps the target; None without one."""
        if self.target is None:
            return None
        return self.value.median <= self.target if self.at_most else self.value.median >= self.target


@dataclass(frozen=True, slots=True)
class Section:
    """What one measurement found: lines, and notes in Markdown. `skipped` says why there are none."""

    name: str
    title: str
    results: tuple[Result, ...] = ()
    notes: tuple[str, ...] = ()
    skipped: str = ""


def interval(values: Iterable[float]) -> Interval:
    """The interval of one figure over its repetitions."""
    found = sorted(values)
    return Interval(median(found), found[0], found[-1])


def share(part: int, whole: int) -> Interval:
    """A share with its 95 % interval (Wilson), which is what counts say; 0 (0..1) of nothing."""
    low, high = wilson(part, whole) or (0.0, 1.0)
    return Interval(part / whole if whole else 0.0, low, high)


def ratios(above: Iterable[float], below: Iterable[float]) -> Interval:
    """The interval of `above / below`, repetition by repetition."""
    return interval(one / other for one, other in zip(above, below, strict=True))


def processor_seconds(work: Callable[[], object]) -> float:
    """Processor seconds of this process for one call; the collector of garbage waits."""
    gc.collect()
    gc.disable()
    try:
        before = time.process_time()
        work()
        return time.process_time() - before
    finally:
        gc.enable()


def clock_seconds(work: Callable[[], object]) -> float:
    """Seconds of the clock for one call."""
    before = time.perf_counter()
    work()
    return time.perf_counter() - before


def in_turn(sides: dict[str, Callable[[int], float]], repetitions: int = REPETITIONS) -> dict[str, list[float]]:
    """What every side says in every repetition; each begins once, so that none always comes first."""
    found: dict[str, list[float]] = {name: [] for name in sides}
    names = list(sides)
    for repetition in range(repetitions):
        shift = repetition % len(names)
        for name in names[shift:] + names[:shift]:
            found[name].append(sides[name](repetition))
    return found


def _figure(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}" if value >= 0.01 or value == 0 else f"{value:.1e}"

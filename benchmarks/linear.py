"""Whether cost grows with length alone: the worst texts at 10 kB, 100 kB and 1 MB, processor seconds for each byte.

All are tried small; what grows or costs most is tried large. A quadratic cost that is hidden at 10 kB shows at 1 MB: a text with 2 %
of it at the small size is three times as dear per byte at the large one, which is why the growth to 100 kB chooses.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from benchmarks import measure
from benchmarks.measure import Interval, Result, Section
from benchmarks.worst_texts import Worst, all_texts
from sekisho import check
from sekisho.core.detection import load

SMALL, MIDDLE, LARGE = 10_000, 100_000, 1_000_000
LIMIT = 3.0
"""Time per byte at 1 MB over that at 10 kB."""
_SHOWN = 12


@dataclass(slots=True)
class Growth:
    """Nanoseconds per byte of one text at each size."""

    text: Worst
    at: dict[int, float] = field(default_factory=dict)
    verdict: str = ""

    def between(self, small: int, large: int) -> float:
        """How many times dearer a byte is at the large size; 0 while one is not measured."""
        return self.at[large] / self.at[small] if small in self.at and large in self.at else 0.0


def growth(*, every: int, middles: int, larges: int) -> Section:
    """`every` so manieth frame and pattern; so many texts taken on to 100 kB and to 1 MB."""
    check("")
    tried = [Growth(worst) for worst in all_texts(load().engine.compiled, every=every)]
    for one in tried:
        _time(one, SMALL, repeat=1)
    tried.sort(key=lambda one: -one.at[SMALL])
    some = _spread(tried, middles)
    for one in some:
        _time(one, SMALL, repeat=3)
        _time(one, MIDDLE, repeat=1)
    some.sort(key=lambda one: -one.between(SMALL, MIDDLE))
    half = max(1, larges // 2)
    dearest = sorted(some[half:], key=lambda one: -one.at[MIDDLE])
    chosen = some[:half] + dearest[: larges - half]
    for one in chosen:
        _time(one, LARGE, repeat=1)
    return _section(tried, some, chosen)


def _time(one: Growth, size: int, *, repeat: int) -> None:
    text = one.text.of_size(size)
    count = len(text.encode("utf-8", "surrogatepass"))
    verdicts = []
    seconds = min(measure.processor_seconds(lambda: verdicts.append(check(text).verdict)) for _ in range(repeat))
    one.verdict = str(verdicts[-1])
    one.at[size] = min(seconds * 1e9 / count, one.at.get(size, float("inf")))


def _spread(tried: list[Growth], count: int) -> list[Growth]:
    """The dearest, and for the rest some of every family, so that a cheap one that grows is not passed over."""
    if len(tried) <= count:
        return list(tried)
    chosen = tried[: count // 2]
    rest = tried[count // 2 :]
    families: dict[str, list[Growth]] = {}
    for one in rest:
        families.setdefault(one.text.family.split(" ")[0], []).append(one)
    share = max(1, (count - len(chosen)) // len(families))
    for members in families.values():
        chosen += members[:: max(1, len(members) // share)][:share]
    return chosen


def _section(tried: list[Growth], some: list[Growth], chosen: list[Growth]) -> Section:
    chosen.sort(key=lambda one: -one.between(SMALL, LARGE))
    ratios = measure.interval(one.between(SMALL, LARGE) for one in chosen)
    worst = Interval(ratios.high, ratios.low, ratios.high)
    dearest = max(chosen, key=lambda one: one.at[LARGE])
    results = (
        Result("linear.worst", "time per byte, 1 MB ÷ 10 kB, worst text", worst, "×", LIMIT, at_most=True),
        Result("linear.median", "the same, over the texts taken to 1 MB", ratios, "×"),
        Result("linear.middle", "100 kB ÷ 10 kB", measure.interval(one.between(SMALL, MIDDLE) for one in some), "×"),
        Result("linear.dearest", "the dearest text of 1 MB", measure.interval([dearest.at[LARGE] * LARGE / 1e9]), " s"),
    )
    over = sum(one.between(SMALL, LARGE) > LIMIT for one in chosen)
    notes = (
        f"{len(tried):,} texts tried at 10 kB, {len(some)} at 100 kB, {len(chosen)} at 1 MB; {over} of these grow more than {LIMIT:g}×.",
        _table("Those that grow most:", chosen),
        _table("Those that cost most:", sorted(chosen, key=lambda one: -one.at[LARGE])),
    )
    return Section("linear", "Cost of the worst texts", results, notes)


def _table(title: str, rows: list[Growth]) -> str:
    lines = [title, "", "| text | 10 kB ns/B | 100 kB | 1 MB | growth | verdict |", "|---|---|---|---|---|---|"]
    for one in rows[:_SHOWN]:
        cells = [f"{one.at[size]:.0f}" for size in (SMALL, MIDDLE, LARGE)]
        name = _printable(f"{one.text.family}: {one.text.name}")[:90]
        lines.append(f"| `{name}` | {' | '.join(cells)} | {one.between(SMALL, LARGE):.2f} | {one.verdict} |")
    return "\n".join(lines)


def _printable(name: str) -> str:
    """Fit for a cell of a table."""
    shown = name if name.isprintable() else name.encode("unicode_escape").decode()
    return shown.replace("|", "\\|").replace("`", "'")

"""What the server counts, in a file that all judging processes share; told in the Prometheus format. Labels are closed lists.

Every process has a row of its own and adds to it; whoever is asked adds the rows up. A row lives on when its process is replaced.
"""

from __future__ import annotations

import mmap
import threading
from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric

from sekisho.core.rules.model import Outcome
from sekisho.interfaces.gate.problems import KINDS

STATUSES = (200, *sorted({kind.status for kind in KINDS.values()}))
BOUNDS = (
    0.0001,
    0.00025,
    0.0005,
    0.001,
    0.0025,
    0.005,
    0.01,
    0.025,
    0.05,
    0.1,
    0.25,
    0.5,
    1.0,
    2.5,
    5.0,
    10.0,
)
"""Seconds."""
_PREFIX = "sekisho_gate_"


class Layout:
    """Where in a row each count stands."""

    def __init__(self, endpoints: tuple[str, ...]) -> None:
        self.endpoints = (*endpoints, "other")
        keys: list[tuple[str, ...]] = []
        for endpoint in self.endpoints:
            keys += [("requests", endpoint, str(status)) for status in STATUSES]
            keys += [("verdicts", endpoint, outcome.value) for outcome in Outcome]
            keys += [("bucket", endpoint, str(number)) for number in range(len(BOUNDS) + 1)]
            keys.append(("nanoseconds", endpoint))
        keys += [("problems", code) for code in KINDS]
        keys += [("reloads", "swapped"), ("reloads", "refused"), ("cut",)]
        self.at = {key: place for place, key in enumerate(keys)}

    def size(self, rows: int) -> int:
        """Bytes for so many processes."""
        return len(self.at) * 8 * rows


class Counts:
    """The counts of one process, over the file `path` of `rows` rows; without a file in memory."""

    def __init__(self, layout: Layout, path: Path | None = None, *, rows: int = 1, row: int = 0) -> None:
        self.layout = layout
        self._width = len(layout.at)
        if path is None:
            self._all = memoryview(bytearray(layout.size(rows))).cast("Q")
        else:
            with path.open("r+b") as file:
                self._all = memoryview(mmap.mmap(file.fileno(), layout.size(rows))).cast("Q")
        self._mine = self._all[row * self._width : (row + 1) * self._width]
        self._lock = threading.Lock()
        self._bucket = {name: layout.at[("bucket", name, "0")] for name in layout.endpoints}
        self._answered = {
            (name, status): layout.at[("requests", name, str(status))]
            for name in layout.endpoints
            for status in STATUSES
        }

    def add(self, *key: str, count: int = 1) -> None:
        """Add to one count."""
        with self._lock:
            self._mine[self.layout.at[key]] += count

    def answered(self, endpoint: str, status: int, seconds: float, outcome: str = "") -> None:
        """One request answered, with a verdict's word if it was one text judged."""
        bucket = self._bucket[endpoint]
        with self._lock:
            mine = self._mine
            mine[self._answered[endpoint, status]] += 1
            mine[bucket + bisect_left(BOUNDS, seconds)] += 1
            mine[bucket + len(BOUNDS) + 1] += int(seconds * 1e9)
            if outcome:
                mine[self.layout.at["verdicts", endpoint, outcome]] += 1

    def total(self, *key: str) -> int:
        """One count over all processes."""
        return sum(self._all[self.layout.at[key] :: self._width])

    def told(self, pack: str, digest: str, *, refused: bool) -> bytes:
        """Everything in the Prometheus text format."""
        registry = CollectorRegistry(auto_describe=False)
        registry.register(_Told(self, pack, digest, refused))
        return generate_latest(registry)


class _Told:
    """The counts as a collector of prometheus-client."""

    def __init__(self, counts: Counts, pack: str, digest: str, refused: bool) -> None:
        self._counts, self._pack, self._digest, self._refused = counts, pack, digest, refused

    def collect(self) -> Iterator[Metric]:
        """Every family."""
        yield self._counter("requests", "Requests by endpoint and status.", ("endpoint", "status"))
        yield self._counter("verdicts", "Verdicts by endpoint.", ("endpoint", "verdict"))
        yield self._counter("problems", "Requests and items refused, by code.", ("code",))
        yield self._counter("reloads", "Changed packs taken into use or refused.", ("result",))
        yield self._counter("cut", "Connections closed because a request did not arrive in time.", ())
        yield self._durations()
        info = GaugeMetricFamily(_PREFIX + "pack", "The pack in use.", labels=("pack", "digest"))
        info.add_metric((self._pack, self._digest), 1)
        yield info
        yield GaugeMetricFamily(
            _PREFIX + "pack_refused",
            "1 while the folder holds a pack that was refused.",
            value=int(self._refused),
        )

    def _counter(self, name: str, about: str, labels: tuple[str, ...]) -> CounterMetricFamily:
        family = CounterMetricFamily(_PREFIX + name, about, labels=labels)
        for key in self._counts.layout.at:
            if key[0] == name:
                family.add_metric(key[1:], self._counts.total(*key))
        return family

    def _durations(self) -> HistogramMetricFamily:
        about = "Seconds from the request to its answer, by endpoint."
        family = HistogramMetricFamily(_PREFIX + "seconds", about, labels=("endpoint",))
        for endpoint in self._counts.layout.endpoints:
            buckets, so_far = [], 0
            for number, bound in enumerate((*map(str, BOUNDS), "+Inf")):
                so_far += self._counts.total("bucket", endpoint, str(number))
                buckets.append((bound, so_far))
            family.add_metric((endpoint,), buckets, self._counts.total("nanoseconds", endpoint) / 1e9)
        return family

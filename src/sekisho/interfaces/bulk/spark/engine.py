"""The engine of a scan that judges on Spark: cuts the input into stretches, hands them out in waves, takes them back in order.

The driver reads no text: executors open the input themselves. It holds what came back and is not yet written.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import uuid
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from sekisho.interfaces.bulk.errors import ScanError
from sekisho.interfaces.bulk.reader import Place, Reader
from sekisho.interfaces.bulk.spark.executor import SCHEMA, Stretch, Task, decoded, judge_stretches
from sekisho.interfaces.bulk.spark.session import session, told
from sekisho.interfaces.bulk.spark.shipping import packed
from sekisho.interfaces.bulk.work import Job, Judged

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_STRETCH = 4
"""Batches judged by one task: seconds of work, so that starting it costs little and losing it too."""
_WAVES = 2
"""Waves under way at a time: while the last tasks of one end, the next has begun."""
_FEWEST = 16
"""Stretches of a wave at least; a cluster that grows with its work sees that there is some."""


@dataclass(frozen=True, slots=True)
class SparkEngine:
    """See `scan.Engine`. `master` is a Spark URL, or None for what spark-submit says, else all processors of this machine."""

    master: str | None = None

    def __call__(self, reader: Reader, start: Place, batch_rows: int, job: Job) -> Generator[Judged, None, None]:
        """Judge the rest of the input. Raises `ScanError` when Spark or an executor cannot go on."""
        task = Task(str(reader.path.resolve()), reader.total, batch_rows, job, packed(job.pack))
        stretches = stretches_of(reader.ends(start, batch_rows), start)
        with session(self.master) as spark:
            yield from _in_waves(spark, task, stretches)


def stretches_of(ends: Iterable[Place], start: Place) -> Iterator[Stretch]:
    """Stretches of `_STRETCH` batches, from `start` on."""
    ends = iter(ends)
    while together := tuple(itertools.islice(ends, _STRETCH)):
        yield Stretch(start, together)
        start = together[-1]


def _in_waves(spark: SparkSession, task: Task, stretches: Iterator[Stretch]) -> Generator[Judged, None, None]:
    from py4j.protocol import Py4JError

    group = f"sekisho-{uuid.uuid4()}"
    threads = ThreadPoolExecutor(_WAVES)
    under_way: deque[Future[list[Judged]]] = deque()
    context = spark.sparkContext
    try:
        while True:
            with _in_plain_words():
                size = max(_FEWEST, 2 * context.defaultParallelism)
            wave = tuple(itertools.islice(stretches, size))
            if wave:
                under_way.append(threads.submit(_wave, spark, group, task, wave))
            if not under_way:
                return
            if len(under_way) >= _WAVES or not wave:
                yield from under_way.popleft().result()
    except BaseException:
        with contextlib.suppress(Py4JError, OSError):  # Spark may be gone already
            context.cancelJobGroup(group)
        raise
    finally:
        threads.shutdown(wait=True, cancel_futures=True)


def _wave(spark: SparkSession, group: str, task: Task, wave: tuple[Stretch, ...]) -> list[Judged]:
    """Judge some stretches, a partition each. Raises `ScanError`."""
    with _in_plain_words():
        spark.sparkContext.setJobGroup(group, "sekisho scan")
        numbers = spark.range(0, len(wave), 1, len(wave))
        table = numbers.mapInArrow(partial(judge_stretches, task, wave), SCHEMA).toArrow()
    rows = sorted(table.to_pylist(), key=lambda row: (row["stretch"], row["batch"]))
    faults = [row["fault"] for row in rows if row["fault"]]
    if faults:
        raise ScanError(*json.loads(faults[0]))
    judged = [decoded(row["judged"]) for row in rows]
    if [batch.end for batch in judged] != [end for stretch in wave for end in stretch.ends]:
        raise ScanError("the input was changed during the scan")
    return judged


@contextlib.contextmanager
def _in_plain_words() -> Iterator[None]:
    """Turn what Spark raises, also when it is gone, into a `ScanError`."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JError, OSError) as error:
        raise _failure(error) from None


def _failure(error: Exception) -> ScanError:
    words = told(error)
    if "No module named" in words:
        hint = "install sekisho[spark] for the Python of the executors (PYSPARK_PYTHON)"
    elif "ExecutorLost" in str(error):
        hint = "if memory ran out, raise spark.executor.memoryOverhead; run again to go on"
    else:
        hint = "run again to go on; the logs of the executors say more"
    return ScanError(f"Spark: {words}", hint)

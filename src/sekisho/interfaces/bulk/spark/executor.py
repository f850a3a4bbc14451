"""What runs on the executors: a stretch of the input, or batches of a table, judged. Knows not who asked, logs nothing.

Whatever Spark is told to raise here stands in its logs, so no exception leaves with the message or the cause it came with.
"""

from __future__ import annotations

import json
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
import pyarrow as pa

from sekisho.core.rules.errors import PackError
from sekisho.interfaces.bulk.columns import judge
from sekisho.interfaces.bulk.errors import ScanError
from sekisho.interfaces.bulk.reader import Place, open_reader
from sekisho.interfaces.bulk.spark.shipping import Shipment, unpacked
from sekisho.interfaces.bulk.work import Job, Judged, judge_batch

SCHEMA = "stretch long, batch int, judged binary, fault string"
"""What `judge_stretches` gives: a batch done (see `decoded`), or message and hint (JSON) why its stretch cannot be judged."""


class ExecutorFault(Exception):
    """A fault of ours on an executor, told by its class and line of code."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some batches of the input that follow one another."""

    start: Place
    ends: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """What the executors need of a scan. `source` is one file for all of them, `total` its length: see `reader.Reader`."""

    source: str
    total: int
    batch_rows: int
    job: Job
    shipment: Shipment


def judge_stretches(
    task: Task, stretches: tuple[Stretch, ...], batches: Iterator[pa.RecordBatch]
) -> Iterator[pa.RecordBatch]:
    """Judge the stretches whose numbers stand in the first column of `batches`; the function of `mapInArrow` in a scan."""
    for batch in batches:
        for number in batch.column(0).to_pylist():
            try:
                for order, judged in enumerate(_judged(task, stretches[number])):
                    yield _row(number, order, msgspec.msgpack.encode(judged), None)
            except (ScanError, PackError) as error:
                yield _row(number, 0, None, json.dumps([str(error), str(getattr(error, "hint", ""))]))
            except Exception as error:  # noqa: BLE001 - see above
                raise _without_message(error) from None


def judge_columns(shipment: Shipment, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Judge batches of a table; the function of `mapInArrow` in `judge_frame`. Rows keep their ids, null or not."""
    try:
        pack = unpacked(shipment)
        for batch in batches:
            judged = judge(batch, pack).replace_schema_metadata(None)
            names = judged.schema.names
            ids = batch.column("id").cast(judged.schema.field("id").type)
            yield judged.set_column(names.index("id"), judged.schema.field("id"), ids)
    except (ScanError, PackError) as error:
        raise ScanError(str(error)) from None
    except Exception as error:  # noqa: BLE001 - see above
        raise _without_message(error) from None


def decoded(judged: bytes) -> Judged:
    """A batch done, as it came from an executor."""
    return msgspec.msgpack.decode(judged, type=Judged)


def _judged(task: Task, stretch: Stretch) -> Iterator[Judged]:
    job = replace(task.job, pack=unpacked(task.shipment))
    try:
        reader = open_reader(Path(task.source))
    except ScanError as error:
        hint = "the input must stand on storage that all machines see under the same path"
        raise ScanError(f"an executor cannot read the input: {error}", hint) from None
    if reader.total != task.total:
        raise ScanError("an executor sees another file under the path of the input, or it was changed during the scan")
    # The reader would go on to the end of the file.
    batches = reader.batches(stretch.start, task.batch_rows)
    for end, batch in zip(stretch.ends, batches, strict=False):
        if batch.end != end:
            raise ScanError("the input was changed during the scan")
        yield judge_batch(batch, job)


def _row(stretch: int, batch: int, judged: bytes | None, fault: str | None) -> pa.RecordBatch:
    values = {"stretch": stretch, "batch": batch, "judged": judged, "fault": fault}
    return pa.RecordBatch.from_pylist([values], schema=_ROW)


_ROW = pa.schema(
    [("stretch", pa.int64()), ("batch", pa.int32()), ("judged", pa.binary()), ("fault", pa.string())]
)


def _without_message(error: Exception) -> ExecutorFault:
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return ExecutorFault(f"{type(error).__name__}{where}")

"""The work of every engine: a batch of rows read, judged as columns, and turned into bytes to append. Not where it is done."""

from __future__ import annotations

from dataclasses import dataclass

from sekisho.core.rules.model import Outcome
from sekisho.interfaces.bulk.columns import DIGEST, columns_of, judge
from sekisho.interfaces.bulk.errors import ScanError
from sekisho.interfaces.bulk.reader import Batch, Place
from sekisho.interfaces.bulk.rows import Refusal, Row, read_item
from sekisho.interfaces.bulk.writer import Record, encode, encode_refusals

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Job:
    """What every batch of a run has in common."""

    pack: str
    digest: str
    suffix: str
    ids_are_numbers: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """A batch done: bytes for the output and for the refused rows, and what to count. `first_refused` are its first few."""

    end: Place
    output: bytes
    refused: bytes
    counts: tuple[tuple[str, int], ...]
    first_refused: tuple[Refusal, ...]
    refused_rows: int


def judge_batch(batch: Batch, job: Job) -> Judged:
    """Judge and encode one batch. Raises `ScanError` when the pack is no longer that of the run, `PackError` when it is bad."""
    items = list(batch.items())
    rows = [read_item(item) for item in items]
    judged = judge(columns_of([row for row in rows if isinstance(row, Row)]), job.pack)
    if judged.schema.metadata[DIGEST].decode() != job.digest:
        raise ScanError("the pack was changed during the scan")
    records = iter(judged.to_pylist())
    answers: list[Record] = []
    refusals: list[Refusal] = []
    for item, row in zip(items, rows, strict=True):
        if isinstance(row, Refusal):
            refusals.append(row)
            continue
        record = next(records)
        refused = record.pop("refused")
        if refused is None:
            answers.append(record | {"id": item.row if row.id is None else row.id})
        else:
            refusals.append(Refusal(item.row, item.line, row.id, refused))
    return Judged(
        batch.end,
        encode(answers, job.suffix, ids_are_numbers=job.ids_are_numbers),
        encode_refusals(refusals),
        tuple(_counts(answers).items()),
        tuple(refusals[:_SHOWN]),
        len(refusals),
    )


def _counts(answers: list[Record]) -> dict[str, int]:
    counts = dict.fromkeys((outcome.value for outcome in Outcome), 0)
    for answer in answers:
        counts[answer["verdict"]] += 1
    return counts

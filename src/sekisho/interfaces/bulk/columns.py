"""Arrow columns: record batches of texts to record batches of verdicts. Not files; see `parquet_reader` and `writer`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa

from sekisho.core.detection import Verdict, check
from sekisho.core.rules.model import Outcome
from sekisho.interfaces.bulk.errors import ScanError
from sekisho.interfaces.bulk.rows import Item, Refusal, Row, RowRefused, read_item, verdict_of

FINDING = pa.struct(
    [
        ("rule", pa.string()),
        ("label", pa.string()),
        ("verdict", pa.string()),
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("quote", pa.string()),
        ("severity", pa.string()),
        ("confidence", pa.string()),
    ]
)
DIGEST = b"sekisho.digest"
COLUMNS = ("id", "text", "kind", "sender", "stage", "approved_tools")


def output_schema(*, ids_are_numbers: bool) -> pa.Schema:
    """The columns of a scan's output; ids are int64 or strings."""
    return pa.schema(
        [
            ("id", pa.int64() if ids_are_numbers else pa.string()),
            ("verdict", pa.string()),
            ("action", pa.string()),
            ("labels", pa.list_(pa.string())),
            ("findings", pa.list_(FINDING)),
        ]
    )


def judge(batch: pa.RecordBatch, pack: str = "standard") -> pa.RecordBatch:
    """Judge a column `text` (beside it, all optional: id, kind, sender, stage, approved_tools): one row out for each row in.

    The answer has the columns of a scan's output (`start` and `end` in code points) and `refused`: null, or the reason why
    this row could not be judged, and then its verdict, action, labels and findings are null. Rows without an id go by their
    number in the batch, from 1. The metadata of its schema holds the digest of pack and engine under `DIGEST`. Every engine
    of a scan judges by this function. Raises `ScanError` for columns of a wrong type, `PackError` for a bad pack.
    """
    ids_are_numbers = check_columns(batch.schema)
    records = [_record(item, pack) for item in items_of(batch, 1)]
    if not ids_are_numbers:
        for record in records:
            record["id"] = str(record["id"])
    schema = judged_schema(ids_are_numbers=ids_are_numbers)
    return pa.RecordBatch.from_pylist(
        records, schema=schema.with_metadata({DIGEST: check("", pack=pack).digest.encode()})
    )


def judged_schema(*, ids_are_numbers: bool) -> pa.Schema:
    """The columns `judge` gives: those of a scan's output, and `refused`."""
    return output_schema(ids_are_numbers=ids_are_numbers).append(pa.field("refused", pa.string()))


def columns_of(rows: Sequence[Row]) -> pa.RecordBatch:
    """Rows as a batch for `judge`, without their ids."""
    columns = zip(*(row[1:] for row in rows), strict=True) if rows else [()] * len(_INNER)
    arrays = [pa.array(values, field.type) for values, field in zip(columns, _INNER, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=_INNER)


_INNER = pa.schema(
    [
        ("text", pa.large_string()),  # a batch of longest texts is more than a `string` can hold
        ("kind", pa.string()),
        ("sender", pa.string()),
        ("stage", pa.string()),
        ("approved_tools", pa.list_(pa.string())),
    ]
)
"""The fields of a `Row` after its id, in their order."""


def check_columns(schema: pa.Schema) -> bool:
    """Whether all ids are numbers. Raises `ScanError` when `text` is missing or a column has a type that cannot be read."""
    names = schema.names
    if "text" not in names:
        raise ScanError(f"no column `text`; the columns are: {', '.join(names)[:200] or 'none'}")
    for name in COLUMNS:
        if names.count(name) > 1:
            raise ScanError(f"column `{name}` stands twice")
        if name in names and not _fits(name, schema.field(name).type):
            raise ScanError(
                f"column `{name}` has type {schema.field(name).type}; {_WANTED.get(name, 'text')} is needed"
            )
    if "id" not in names:
        return True
    kind = _plain(schema.field("id").type)
    return bool(pa.types.is_integer(kind)) and kind != pa.uint64()  # not every uint64 is an int64


_WANTED = {"id": "text or integers", "approved_tools": "a list of texts or text"}


def _plain(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _fits(name: str, kind: pa.DataType) -> bool:
    kind = _plain(kind)
    if pa.types.is_null(kind):
        return name != "text"
    if name == "id" and pa.types.is_integer(kind):
        return True
    if name == "approved_tools" and (pa.types.is_list(kind) or pa.types.is_large_list(kind)):
        kind = _plain(kind.value_type)
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def items_of(batch: pa.RecordBatch, first_row: int) -> Iterator[Item]:
    """The rows of a record batch, numbered from `first_row`; bytes that are not UTF-8 refuse their own row only."""
    names = [name for name in COLUMNS if name in batch.schema.names]
    columns = [_values(batch.column(name)) for name in names]
    for number, values in enumerate(zip(*columns, strict=True), first_row):
        bad = next((name for name, value in zip(names, values, strict=True) if value is _BAD), None)
        if bad:
            yield Item(number, 0, RowRefused(f"`{bad}` is not UTF-8"))
        else:
            yield Item(number, 0, dict(zip(names, values, strict=True)))


_BAD = object()


def _values(column: pa.Array) -> list[Any]:
    try:
        return list(column.to_pylist())
    except UnicodeDecodeError:
        return [_value(cell) for cell in column]


def _value(cell: pa.Scalar) -> Any:
    try:
        return cell.as_py()
    except UnicodeDecodeError:
        return _BAD


def _record(item: Item, pack: str) -> dict[str, Any]:
    row = read_item(item)
    if isinstance(row, Refusal):
        return {"id": row.row if row.id is None else row.id, "refused": row.reason}
    row_id = item.row if row.id is None else row.id
    try:
        return {"id": row_id} | verdict_record(verdict_of(row, pack))
    except RowRefused as error:
        return {"id": row_id, "refused": str(error)}


def verdict_record(verdict: Verdict) -> dict[str, Any]:
    """What an output row says of a text. `labels` are those of the findings that are not clear at their stage, each once."""
    findings = verdict.findings
    return {
        "verdict": verdict.verdict.value,
        "action": verdict.action.value,
        "labels": list(dict.fromkeys(f.label.value for f in findings if f.verdict is not Outcome.CLEAR)),
        "findings": [
            {
                "rule": f.rule,
                "label": f.label.value,
                "verdict": f.verdict.value,
                "start": f.start,
                "end": f.end,
                "quote": f.quote,
                "severity": f.severity.value,
                "confidence": f.confidence.value,
            }
            for f in findings
        ],
    }

"""Answers as bytes of the three output formats, and the growing part file they are appended to. Not when to checkpoint."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Sequence
from json.encoder import encode_basestring
from pathlib import Path
from typing import Any, BinaryIO

from sekisho.core.rules.model import Action, Outcome
from sekisho.interfaces.bulk.errors import ScanError
from sekisho.interfaces.bulk.rows import Refusal

Record = dict[str, Any]
"""An output row by its columns, in the order of `HEADER`."""

HEADER = ("id", "verdict", "action", "labels", "findings")
_ROW_GROUP = 1 << 16
_ROW_GROUP_BYTES = 32 << 20


def encode(answers: Sequence[Record], suffix: str, *, ids_are_numbers: bool) -> bytes:
    """The answers as bytes to append to a part file of this format (".jsonl", ".csv" or ".parquet")."""
    if suffix == ".jsonl":
        return "".join(map(_json_line, answers)).encode()
    if suffix == ".csv":
        return _csv_lines(answers).encode()
    return _arrow(answers, ids_are_numbers=ids_are_numbers) if answers else b""


def preamble(suffix: str, *, ids_are_numbers: bool) -> bytes:
    """What a part file of this format begins with."""
    if suffix == ".csv":
        return (",".join(HEADER) + "\n").encode()
    if suffix == ".parquet":
        from sekisho.interfaces.bulk.columns import output_schema

        return bytes(output_schema(ids_are_numbers=ids_are_numbers).serialize())
    return b""


def encode_refusals(refusals: Sequence[Refusal]) -> bytes:
    """One JSON object a line: row, line (absent where the format has none), id when known, reason."""
    lines = []
    for refusal in refusals:
        record = {key: value for key, value in refusal._asdict().items() if value not in (None, 0)}
        lines.append(json.dumps(record, ensure_ascii=False) + "\n")
    return "".join(lines).encode(errors="backslashreplace")


def _json_line(answer: Record) -> str:
    if answer["verdict"] == Outcome.CLEAR and answer["action"] == Action.ALLOW and not answer["findings"]:
        row_id = answer["id"]
        shown = encode_basestring(row_id) if isinstance(row_id, str) else row_id
        return f'{{"id":{shown},"verdict":"clear","action":"allow","labels":[],"findings":[]}}\n'
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":")) + "\n"


def _csv_lines(answers: Sequence[Record]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for answer in answers:
        lists = (json.dumps(answer[name], ensure_ascii=False, separators=(",", ":")) for name in HEADER[3:])
        writer.writerow((answer["id"], answer["verdict"], answer["action"], *lists))
    return out.getvalue()


def _arrow(answers: Sequence[Record], *, ids_are_numbers: bool) -> bytes:
    import pyarrow as pa

    from sekisho.interfaces.bulk.columns import output_schema

    schema = output_schema(ids_are_numbers=ids_are_numbers)
    plain = answers if ids_are_numbers else [answer | {"id": str(answer["id"])} for answer in answers]
    return bytes(pa.RecordBatch.from_pylist(plain, schema=schema).serialize())


class PartFile:
    """A file that grows at its end and becomes the real one only when it is whole; `size` counts bytes."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.part = target.with_name(target.name + ".part")
        self.size = 0
        self._file: BinaryIO = io.BytesIO()

    def open(self, keep: int) -> None:
        """Open it with its first `keep` bytes. Raises `ScanError` when it cannot be written or is shorter than that."""
        try:
            self._file = self.part.open("r+b" if keep else "w+b")
            if self._file.seek(0, os.SEEK_END) < keep:
                self._file.close()
                raise ScanError(f"{self.part}: shorter than recorded", "start over with --no-resume")
            self._file.truncate(keep)
            self._file.seek(keep)
        except OSError as error:
            raise ScanError(f"{self.part}: cannot write: {error.strerror}") from None
        self.size = keep

    def append(self, data: bytes) -> None:
        self._file.write(data)
        self.size += len(data)

    def sync(self) -> None:
        """Bring everything to the disk, so that a recorded size is never more than what is there."""
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        self._file.close()

    def finish(self) -> None:
        """Give the whole file its real name."""
        self.sync()
        self.close()
        if self.target.suffix.lower() == ".parquet":
            _to_parquet(self.part, self.target)
            self.part.unlink()
        else:
            os.replace(self.part, self.target)

    def discard(self) -> None:
        """Leave nothing of it."""
        self.close()
        self.part.unlink(missing_ok=True)


def _to_parquet(part: Path, target: Path) -> None:
    """The part file of a Parquet output is an Arrow stream: it can be cut at any batch, which a Parquet file cannot."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    whole = target.with_name(target.name + ".whole")
    with (
        pa.OSFile(str(part)) as source,
        pa.ipc.open_stream(source) as stream,
        pq.ParquetWriter(whole, stream.schema, compression="zstd") as writer,
    ):
        held: list[pa.RecordBatch] = []
        rows = size = 0
        for batch in stream:
            held.append(batch)
            rows, size = rows + batch.num_rows, size + batch.nbytes
            if rows >= _ROW_GROUP or size >= _ROW_GROUP_BYTES:
                writer.write_table(pa.Table.from_batches(held))
                held, rows, size = [], 0, 0
        if held:
            writer.write_table(pa.Table.from_batches(held))
    os.replace(whole, target)

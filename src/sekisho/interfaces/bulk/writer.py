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
from sekisho.interfaces.bulk.rows import Answer, Refusal

HEADER = ("id", "verdict", "action", "labels", "findings")
_ROW_GROUP = 1 << 16
_ROW_GROUP_BYTES = 32 << 20


def answer_record(answer: Answer) -> dict[str, Any]:
    """A row of a scan's output. `labels` are those of the findings that are not clear at their stage, each once."""
    verdict = answer.verdict
    findings = verdict.findings
    return {
        "id": answer.id,
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


def encode(answers: Sequence[Answer], suffix: str, *, ids_are_numbers: bool) -> bytes:
    """The answers as bytes to append to a part file of this format (".jsonl", ".csv" or ".parquet")."""
    if suffix == ".jsonl":
        return "".join(map(_json_line, answers)).encode()
    if suffix == ".csv":
        return _csv_lines(answers).encode()
    from sekisho.interfaces.bulk.columns import answers_batch

    return bytes(answers_batch(answers, ids_are_numbers=ids_are_numbers).serialize()) if answers else b""


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


def _json_line(answer: Answer) -> str:
    verdict = answer.verdict
    if verdict.verdict is Outcome.CLEAR and verdict.action is Action.ALLOW and not verdict.findings:
        shown = encode_basestring(answer.id) if isinstance(answer.id, str) else answer.id
        return f'{{"id":{shown},"verdict":"clear","action":"allow","labels":[],"findings":[]}}\n'
    return json.dumps(answer_record(answer), ensure_ascii=False, separators=(",", ":")) + "\n"


def _csv_lines(answers: Sequence[Answer]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for answer in answers:
        record = answer_record(answer)
        lists = (json.dumps(record[name], ensure_ascii=False, separators=(",", ":")) for name in HEADER[3:])
        writer.writerow((record["id"], record["verdict"], record["action"], *lists))
    return out.getvalue()


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

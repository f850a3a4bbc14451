"""CSV files as batches of named fields (RFC 4180, comma, UTF-8, a header line). Lines are numbered as in an editor."""

from __future__ import annotations

import csv
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sekisho.interfaces.bulk.errors import ScanError
from sekisho.interfaces.bulk.reader import BATCH_BYTES, MAX_LINE, Batch, Place, skip_line
from sekisho.interfaces.bulk.rows import Item, RowRefused

COLUMNS = ("id", "text", "kind", "sender", "stage", "approved_tools")
_LIMIT_LOCK = threading.Lock()


Record = tuple[int, list[str] | RowRefused]
"""The number of a record's first line, and its wanted fields."""


@dataclass(frozen=True, slots=True)
class CsvBatch:
    """Records from row `first` on; `names` are those of their fields."""

    end: Place
    first: int
    names: tuple[str, ...]
    records: tuple[Record, ...]

    def items(self) -> Iterator[Item]:
        """See `reader.Batch`."""
        names = self.names
        for row, (line, fields) in enumerate(self.records, self.first):
            yield Item(
                row, line, fields if isinstance(fields, RowRefused) else dict(zip(names, fields, strict=True))
            )


class CsvReader:
    """Rows are numbered from 1 after the header; a field may hold line breaks when it is quoted."""

    ids_are_numbers = False

    def __init__(self, path: Path) -> None:
        self.path = path
        self.total = os.path.getsize(path)
        with _LIMIT_LOCK:  # the limit belongs to the whole process; only ever raise it
            csv.field_size_limit(max(csv.field_size_limit(), MAX_LINE))
        with path.open("rb") as file:
            lines = _Lines(file, Place())
            header = self._read_header(lines)
        self._width = len(header)
        self._names = tuple(name for name in COLUMNS if name in header)
        self._wanted = tuple(header.index(name) for name in self._names)
        self._body = Place(lines.offset, 0, lines.number)

    def batches(self, start: Place, size: int) -> Iterator[Batch]:
        """See `reader.Reader`."""
        with self.path.open("rb") as file:
            lines = _Lines(file, start if start.offset else self._body)
            row = start.row
            records: list[Record] = []
            begun = lines.offset
            for record in _records(lines, self._wanted, self._width):
                row += 1
                records.append(record)
                if len(records) >= size or lines.offset - begun >= BATCH_BYTES:
                    yield self._batch(lines, row, records)
                    records, begun = [], lines.offset
            if records:
                yield self._batch(lines, row, records)

    def ends(self, start: Place, size: int) -> Iterator[Place]:
        """See `reader.Reader`. Only a parser knows where a record ends."""
        return (batch.end for batch in self.batches(start, size))

    def _batch(self, lines: _Lines, row: int, records: list[Record]) -> CsvBatch:
        end = Place(lines.offset, row, lines.number)
        return CsvBatch(end, row - len(records) + 1, self._names, tuple(records))

    def _read_header(self, lines: _Lines) -> list[str]:
        try:
            header = [name.strip() for name in next(csv.reader(lines, strict=True), [])]
        except (csv.Error, RowRefused) as error:
            raise ScanError(f"{self.path}: line 1 is not a CSV header: {error}") from None
        if "text" not in header:
            shown = ", ".join(header)[:200] or "nothing"
            hint = f"the first line must name the columns ({','.join(COLUMNS)}; all but text optional)"
            raise ScanError(f"{self.path}: no column `text`; the first line has: {shown}", hint)
        for name in COLUMNS:
            if header.count(name) > 1:
                raise ScanError(f"{self.path}: column `{name}` stands twice in the first line")
        return header


class _Lines:
    """The lines of a file as text, with the place reached; those of the present record can be read again."""

    def __init__(self, file: BinaryIO, start: Place) -> None:
        self._file = file
        self._file.seek(start.offset)
        self.offset, self.number = start.offset, start.line
        self.record: list[bytes] = []
        self._again: list[bytes] = []

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._again.pop() if self._again else self._file.readline(MAX_LINE)
        if not line:
            raise StopIteration
        self.number += 1
        self.offset += len(line)
        if len(line) == MAX_LINE and not line.endswith(b"\n"):
            length = len(line) + skip_line(self._file)
            self.offset += length - len(line)
            self.record = []
            raise RowRefused(f"line of {length:,} bytes; the longest allowed has {MAX_LINE:,}")
        self.record.append(line)
        text = line.decode(errors="surrogateescape")
        return text.removeprefix("\ufeff") if self.number == 1 else text

    def back_to_second(self) -> None:
        """Give back all lines of the present record but the first: an open quote must not swallow the rows after it."""
        rest = self.record[1:]
        self.offset -= sum(map(len, rest))
        self.number -= len(rest)
        self._again.extend(reversed(rest))


def _records(lines: _Lines, wanted: tuple[int, ...], width: int) -> Iterator[Record]:
    reader = csv.reader(lines, strict=True)
    while True:
        first = lines.number + 1
        lines.record.clear()
        try:
            fields = next(reader)
        except StopIteration:
            return
        except (csv.Error, RowRefused) as error:
            if isinstance(error, csv.Error):
                lines.back_to_second()
            yield first, error if isinstance(error, RowRefused) else RowRefused(f"not CSV: {error}")
            reader = csv.reader(lines, strict=True)
            continue
        if fields:
            yield first, _chosen(fields, wanted, width, lines.record)


def _chosen(
    fields: list[str], wanted: tuple[int, ...], width: int, raw: list[bytes]
) -> list[str] | RowRefused:
    if len(fields) != width:
        return RowRefused(f"{len(fields)} fields where the header has {width}")
    for number, line in enumerate(raw):
        if not line.isascii():
            try:
                line.decode()
            except UnicodeDecodeError as error:
                where = f"byte {error.start + 1} of line {number + 1} of the row"
                return RowRefused(f"not UTF-8: {where} is {line[error.start]:#04x}")
    return [fields[at] for at in wanted]

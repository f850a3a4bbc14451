"""CSV files as batches of named fields (RFC 4180, comma, UTF-8, a header line). Lines are numbered as in an editor."""

from __future__ import annotations

import csv
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from sekisho.interfaces.bulk.errors import ScanError
from sekisho.interfaces.bulk.reader import BATCH_BYTES, MAX_LINE, Batch, Place, whole_line
from sekisho.interfaces.bulk.rows import Item, RowRefused

COLUMNS = ("id", "text", "kind", "sender", "stage", "approved_tools")
_LIMIT_LOCK = threading.Lock()


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
            self._header = self._read_header(lines)
        self._body = Place(lines.offset, 0, lines.number)

    def schema(self) -> bytes:
        return b""

    def batches(self, start: Place, size: int) -> Iterator[Batch]:
        """See `Reader`."""
        with self.path.open("rb") as file:
            lines = _Lines(file, start if start.offset else self._body)
            row = start.row
            items: list[Item] = []
            begun = lines.offset
            for line, content in _records(lines, self._header):
                row += 1
                items.append(Item(row, line, content))
                if len(items) >= size or lines.offset - begun >= BATCH_BYTES:
                    yield Batch(Place(lines.offset, row, lines.number), tuple(items))
                    items, begun = [], lines.offset
            if items or lines.offset > begun:
                yield Batch(Place(lines.offset, row, lines.number), tuple(items))

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
    """The lines of a file as text, with the place reached. Keeps the lines of the present record so that they can be read again."""

    def __init__(self, file: BinaryIO, start: Place) -> None:
        self._file = file
        self._file.seek(start.offset)
        self.offset, self.number = start.offset, start.line
        self.record: list[bytes] = []
        self._again: list[bytes] = []

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self._again:
            line: bytes | RowRefused = self._again.pop()
            length = len(line) if isinstance(line, bytes) else 0
        else:
            start = self._file.readline(MAX_LINE)
            if not start:
                raise StopIteration
            line, length = whole_line(self._file, start)
        self.offset += length
        self.number += 1
        if isinstance(line, RowRefused):
            self.record = []
            raise line
        self.record.append(line)
        text = line.decode(errors="surrogateescape")
        return text.removeprefix("\ufeff") if self.number == 1 else text

    def back_to_second(self) -> None:
        """Give back all lines of the present record but the first: an open quote must not swallow the rows after it."""
        rest = self.record[1:]
        self.offset -= sum(map(len, rest))
        self.number -= len(rest)
        self._again.extend(reversed(rest))


def _records(lines: _Lines, header: list[str]) -> Iterator[tuple[int, dict[str, object] | RowRefused]]:
    """Each record with the number of its first line."""
    wanted = [(name, header.index(name)) for name in COLUMNS if name in header]
    width = len(header)
    reader = csv.reader(lines, strict=True)
    while True:
        first = lines.number + 1
        lines.record.clear()
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            lines.back_to_second()
            yield first, RowRefused(f"not CSV: {error}")
            reader = csv.reader(lines, strict=True)
            continue
        except RowRefused as error:
            yield first, error
            reader = csv.reader(lines, strict=True)
            continue
        if not fields:
            continue
        yield first, _named(fields, wanted, width, lines.record)


def _named(
    fields: list[str], wanted: list[tuple[str, int]], width: int, raw: list[bytes]
) -> dict[str, object] | RowRefused:
    if len(fields) != width:
        return RowRefused(f"{len(fields)} fields where the header has {width}")
    for number, line in enumerate(raw):
        if not line.isascii():
            try:
                line.decode()
            except UnicodeDecodeError as error:
                where = f"byte {error.start + 1} of line {number + 1} of the row"
                return RowRefused(f"not UTF-8: {where} is {line[error.start]:#04x}")
    return {name: fields[at] for name, at in wanted}

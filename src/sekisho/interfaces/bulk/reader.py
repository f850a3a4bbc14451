"""Input files as a stream of bounded batches, from the beginning or from where an earlier run stopped. JSON Lines is here;

CSV and Parquet have their own modules. Reads, cuts and numbers rows; what is in them is looked at in `rows`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from sekisho.interfaces.bulk.errors import ScanError
from sekisho.interfaces.bulk.rows import Item, RowRefused

FORMATS = (".jsonl", ".csv", ".parquet")
BATCH_BYTES = 1 << 20
"""A batch ends at its number of rows or at this size, whichever comes first."""
MAX_LINE = 16 << 20
"""Bytes of a line; above it no line can hold an admissible text even if every character is escaped."""
_SAMPLE = 1 << 16


@dataclass(frozen=True, slots=True)
class Place:
    """Where reading goes on: `offset` in the reader's unit (bytes, or rows for Parquet), rows and lines already read."""

    offset: int = 0
    row: int = 0
    line: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows to be judged together. `arrow` is a serialised record batch (then `items` is empty and `first_row` counts from 1)."""

    end: Place
    items: tuple[Item, ...] = ()
    arrow: bytes = b""
    first_row: int = 0


class Reader(Protocol):
    """What `scan` needs of an input. `total` is its length in the unit of `Place.offset`; `ids_are_numbers` says whether every
    id is a whole number."""

    total: int
    ids_are_numbers: bool

    def batches(self, start: Place, size: int) -> Iterator[Batch]:
        """The rest of the input after `start`, at most `size` rows at a time. Raises `ScanError` when it is damaged."""
        ...

    def schema(self) -> bytes:
        """The serialised Arrow schema of the batches; empty when they are items."""
        ...


def open_reader(path: Path) -> Reader:
    """The reader for a file, by the end of its name. Raises `ScanError` when it cannot be read."""
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        raise ScanError(f"{path}: cannot read `{suffix or path.name}` files", f"use one of {', '.join(FORMATS)}")
    try:
        with path.open("rb") as file:
            sample = file.read(_SAMPLE)
    except OSError as error:
        raise ScanError(f"{path}: {error.strerror}") from None
    if suffix == ".parquet":
        from sekisho.interfaces.bulk.parquet_reader import ParquetReader

        return ParquetReader(path)
    _must_be_utf8(path, sample)
    if suffix == ".csv":
        from sekisho.interfaces.bulk.csv_reader import CsvReader

        return CsvReader(path)
    return JsonlReader(path)


class JsonlReader:
    """One JSON object a line. Rows are numbered by line, blank lines counted but not judged."""

    ids_are_numbers = False

    def __init__(self, path: Path) -> None:
        self.path = path
        self.total = os.path.getsize(path)

    def schema(self) -> bytes:
        return b""

    def batches(self, start: Place, size: int) -> Iterator[Batch]:
        """See `Reader`."""
        with self.path.open("rb") as file:
            file.seek(start.offset)
            offset, number = start.offset, start.line
            items: list[Item] = []
            held = 0
            while line := file.readline(MAX_LINE):
                number += 1
                content, length = whole_line(file, line)
                offset += length
                if number == 1 and isinstance(content, bytes):
                    content = content.removeprefix(b"\xef\xbb\xbf")
                if isinstance(content, RowRefused) or content.strip():
                    items.append(Item(number, number, content))
                held += length
                if len(items) >= size or held >= BATCH_BYTES:
                    yield Batch(Place(offset, number, number), tuple(items))
                    items, held = [], 0
            if items or held:
                yield Batch(Place(offset, number, number), tuple(items))


def whole_line(file: BinaryIO, line: bytes) -> tuple[bytes | RowRefused, int]:
    """The line that begins with `line` and its length in bytes; a longer one than `MAX_LINE` is skipped without being held."""
    length = len(line)
    if length < MAX_LINE or line.endswith(b"\n"):
        return line, length
    while rest := file.readline(BATCH_BYTES):
        length += len(rest)
        if rest.endswith(b"\n"):
            break
    return RowRefused(f"line of {length:,} bytes; the longest allowed has {MAX_LINE:,}"), length


def _must_be_utf8(path: Path, sample: bytes) -> None:
    """Refuse a file in another encoding at once, rather than row by row."""
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ScanError(f"{path}: is UTF-16, not UTF-8", f"convert it: iconv -f UTF-16 -t UTF-8 {path.name}")
    lines = [line for line in sample.split(b"\n")[:-1] if not line.isascii()]
    if len(lines) >= 10 and not any(_is_utf8(line) for line in lines):
        hint = f"if it came from Excel: iconv -f CP932 -t UTF-8 {path.name}"
        raise ScanError(f"{path}: is not UTF-8 (none of its first {len(lines)} lines with other than ASCII is)", hint)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True

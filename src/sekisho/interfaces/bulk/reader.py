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


class Batch(Protocol):
    """Rows to be judged together, cheap to send to another process; `end` is where reading goes on after them."""

    @property
    def end(self) -> Place: ...

    def items(self) -> Iterator[Item]:
        """The rows in order."""
        ...


class Reader(Protocol):
    """What `scan` needs of an input. `total` is its length in the unit of `Place.offset`; `ids_are_numbers` says whether every
    id is a whole number."""

    total: int
    ids_are_numbers: bool

    path: Path

    def batches(self, start: Place, size: int) -> Iterator[Batch]:
        """The rest of the input after `start`, at most `size` rows at a time. Raises `ScanError` when it is damaged.

        How it is cut depends on `start` and `size` alone: from the end of any batch on it is cut as if read from the beginning.
        """
        ...

    def ends(self, start: Place, size: int) -> Iterator[Place]:
        """Where those batches end, without holding them."""
        ...


def open_reader(path: Path) -> Reader:
    """The reader for a file, by the end of its name. Raises `ScanError` when it cannot be read."""
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        raise ScanError(
            f"{path}: cannot read `{suffix or path.name}` files", f"use one of {', '.join(FORMATS)}"
        )
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


@dataclass(frozen=True, slots=True)
class JsonlBatch:
    """Whole lines from number `first` on, not yet looked at; or one line too long to hold, of `too_long` bytes."""

    end: Place
    first: int
    data: bytes
    too_long: int = 0

    def items(self) -> Iterator[Item]:
        """See `Batch`; blank lines are passed over."""
        if self.too_long:
            reason = f"line of {self.too_long:,} bytes; the longest allowed has {MAX_LINE:,}"
            yield Item(self.first, self.first, RowRefused(reason))
        data = self.data.removeprefix(b"\xef\xbb\xbf") if self.first == 1 else self.data
        for number, line in enumerate(data.split(b"\n"), self.first):
            if line and not line.isspace():
                yield Item(number, number, line)


class JsonlReader:
    """One JSON object a line. Rows are numbered by line, blank lines counted but not judged."""

    ids_are_numbers = False

    def __init__(self, path: Path) -> None:
        self.path = path
        self.total = os.path.getsize(path)

    def batches(self, start: Place, size: int) -> Iterator[Batch]:
        """See `Reader`. Lines are counted but not taken apart here: this is the part of a scan only one process can do."""
        offset, number = start.offset, start.line
        with self.path.open("rb") as file:
            while block := _block(file, offset):
                if isinstance(block, int):
                    offset, number = offset + block, number + 1
                    yield JsonlBatch(Place(offset, number, number), number, b"", block)
                    continue
                data = _first_lines(block, size)
                first = number + 1
                offset += len(data)
                number += data.count(b"\n") + (not data.endswith(b"\n"))
                yield JsonlBatch(Place(offset, number, number), first, data)

    def ends(self, start: Place, size: int) -> Iterator[Place]:
        """See `Reader`."""
        return (batch.end for batch in self.batches(start, size))


def _block(file: BinaryIO, offset: int) -> bytes | int:
    """Whole lines from `offset` on, about `BATCH_BYTES` of them; a number stands for a line of that many bytes, too long to hold.

    It begins anew at every batch, so that how an input is cut does not depend on where reading began.
    """
    file.seek(offset)
    data = file.read(BATCH_BYTES)
    if len(data) < BATCH_BYTES:
        return data
    if end := data.rfind(b"\n") + 1:
        return data[:end]
    while more := file.read(BATCH_BYTES):
        if end := more.find(b"\n") + 1:
            return data + more[:end]
        data += more
        if len(data) > MAX_LINE:
            return len(data) + skip_line(file)
    return data


def _first_lines(block: bytes, size: int) -> bytes:
    pieces = block.split(b"\n", size)
    return block[: len(block) - len(pieces[size])] if len(pieces) > size else block


def skip_line(file: BinaryIO) -> int:
    """Read to the end of the line without holding it; the number of bytes passed over."""
    length = 0
    while rest := file.readline(BATCH_BYTES):
        length += len(rest)
        if rest.endswith(b"\n"):
            break
    return length


def _must_be_utf8(path: Path, sample: bytes) -> None:
    """Refuse a file in another encoding at once, rather than row by row."""
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ScanError(f"{path}: is UTF-16, not UTF-8", f"convert it: iconv -f UTF-16 -t UTF-8 {path.name}")
    lines = [line for line in sample.split(b"\n")[:-1] if not line.isascii()]
    if len(lines) >= 10 and not any(_is_utf8(line) for line in lines):
        hint = f"if it came from Excel: iconv -f CP932 -t UTF-8 {path.name}"
        raise ScanError(
            f"{path}: is not UTF-8 (none of its first {len(lines)} lines with other than ASCII is)", hint
        )


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True

"""Parquet files as serialised record batches, a few thousand rows in memory at a time. Offsets count rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from sekisho.interfaces.bulk.columns import COLUMNS, check_columns, items_of
from sekisho.interfaces.bulk.errors import InputDamaged, ScanError
from sekisho.interfaces.bulk.reader import Batch, Place
from sekisho.interfaces.bulk.rows import Item

_BUFFER = 1 << 20
_DAMAGED = (pa.ArrowException, OSError, ValueError)


@dataclass(frozen=True, slots=True)
class ArrowBatch:
    """A record batch from row `first` on, serialised like its schema."""

    end: Place
    first: int
    schema: bytes
    data: bytes

    def items(self) -> Iterator[Item]:
        """See `reader.Batch`."""
        schema = pa.ipc.read_schema(pa.py_buffer(self.schema))
        return items_of(pa.ipc.read_record_batch(pa.py_buffer(self.data), schema), self.first)


class ParquetReader:
    """See `reader.Reader`. Only the columns a scan knows are read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with self._open() as file:
                self.total = file.metadata.num_rows
                columns = [name for name in COLUMNS if name in file.schema_arrow.names]
                self.ids_are_numbers = check_columns(file.schema_arrow)
                schema = file.schema_arrow
        except ScanError as error:
            raise ScanError(f"{path}: {error}", error.hint) from None
        except _DAMAGED as error:
            raise ScanError(f"{path}: not a readable Parquet file: {_first_line(error)}") from None
        # Columns come in the order of the file, whatever the order asked for.
        self._columns = [name for name in schema.names if name in columns]
        self._schema = bytes(pa.schema([schema.field(name) for name in self._columns]).serialize())

    def batches(self, start: Place, size: int) -> Iterator[Batch]:
        """See `Reader`."""
        try:
            with self._open() as file:
                yield from self._batches(file, start.row, size)
        except _DAMAGED as error:
            raise InputDamaged(f"{self.path}: damaged Parquet file: {_first_line(error)}") from None

    def ends(self, start: Place, size: int) -> Iterator[Place]:
        """See `Reader`; from the footer alone."""
        with self._open() as file:
            groups = [file.metadata.row_group(at).num_rows for at in range(file.metadata.num_row_groups)]
        begun, row = 0, start.row
        for rows in groups:
            while begun <= row < begun + rows:
                row = min(row + size - (row - begun) % size, begun + rows)
                yield Place(row, row)
            begun += rows

    def _batches(self, file: pq.ParquetFile, done: int, size: int) -> Iterator[Batch]:
        row = 0
        for group in range(file.metadata.num_row_groups):
            rows = file.metadata.row_group(group).num_rows
            if row + rows <= done:
                row += rows
                continue
            for batch in file.iter_batches(size, row_groups=[group], columns=self._columns):
                skip = min(max(done - row, 0), batch.num_rows)
                row += skip
                batch = batch.slice(skip)
                if batch.num_rows:
                    first = row + 1
                    row += batch.num_rows
                    yield ArrowBatch(Place(row, row), first, self._schema, bytes(batch.serialize()))

    def _open(self) -> pq.ParquetFile:
        # Small read buffers instead of whole column chunks: a row group of a million rows must not be held.
        return pq.ParquetFile(
            self.path, buffer_size=_BUFFER, pre_buffer=False, page_checksum_verification=True
        )


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]

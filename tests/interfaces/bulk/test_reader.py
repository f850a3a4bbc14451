from __future__ import annotations

import itertools
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sekisho.interfaces.bulk import csv_reader, reader
from sekisho.interfaces.bulk.reader import Batch, Place, open_reader

from .conftest import many, write

SOURCES = ("jsonl", "csv", "parquet")


@pytest.fixture
def source(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    """230 rows, one of them longer than a block; a Parquet file has groups of 45 rows."""
    for module in (reader, csv_reader):
        monkeypatch.setattr(module, "BATCH_BYTES", 300)
    rows = many(230)
    rows[100]["text"] *= 50
    path = tmp_path / f"in.{request.param}"
    if request.param == "parquet":
        pq.write_table(pa.Table.from_pylist(rows), path, row_group_size=45)
        return path
    return write(path, rows)


def shown(batch: Batch) -> tuple[Place, list[object]]:
    return batch.end, list(batch.items())


@pytest.mark.parametrize("source", SOURCES, indirect=True)
def test_from_any_end_on_an_input_is_cut_as_from_the_beginning(source: Path) -> None:
    opened = open_reader(source)
    whole = [shown(batch) for batch in opened.batches(Place(), 10)]
    assert sum(len(items) for _, items in whole) == 230
    for number, (end, _) in enumerate(whole, 1):
        assert [shown(batch) for batch in itertools.islice(opened.batches(end, 10), 3)] == whole[number : number + 3]


@pytest.mark.parametrize("source", SOURCES, indirect=True)
@pytest.mark.parametrize("other", [10, 7, 1000])
def test_ends_are_those_of_the_batches(source: Path, other: int) -> None:
    opened = open_reader(source)
    for start in (Place(), *itertools.islice(opened.ends(Place(), 10), 2, None, 9)):
        assert list(opened.ends(start, other)) == [batch.end for batch in opened.batches(start, other)]

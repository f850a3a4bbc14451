from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from sekisho.interfaces import bulk
from sekisho.interfaces.bulk.errors import ScanError
from sekisho.interfaces.bulk.spark import judge_frame

from ...conftest import write_pack

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

ROWS = {
    "id": [1, 2, None, 4],
    "text": ["LINEに移動", "よろしく", "女性限定", None],
    "approved_tools": [["line"], None, [], None],
    "stage": ["contact_approved", None, None, None],
    "room": ["a", "b", "c", "d"],
}


def test_a_frame_is_judged_as_a_batch_is(spark: SparkSession, tiny_pack: str) -> None:
    table = pa.table(ROWS)
    judged = judge_frame(spark.createDataFrame(table), tiny_pack).toArrow().sort_by([("id", "ascending")])
    one = bulk.judge(table.combine_chunks().to_batches()[0], tiny_pack).to_pylist()
    one[2]["id"] = None  # a number in the batch means nothing in a frame
    assert judged.to_pylist() == [one[0], one[1], one[3], one[2]]
    assert judged.schema.names == pa.schema(bulk.judge(pa.RecordBatch.from_pydict(ROWS), tiny_pack).schema).names


def test_a_pack_of_the_caller_goes_along(spark: SparkSession, tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "mine")
    frame = judge_frame(spark.createDataFrame(pa.table({"id": ["a"], "text": ["LINEに移動"]})), str(pack))
    shutil.rmtree(pack)
    assert [row.verdict for row in frame.collect()] == ["violation"]


@pytest.mark.parametrize("columns", [{"id": [1]}, {"text": ["a"]}, {"id": [1], "text": [2]}])
def test_a_frame_of_wrong_columns_is_refused_before_anything_runs(
    spark: SparkSession, tiny_pack: str, columns: dict[str, list[object]]
) -> None:
    with pytest.raises(ScanError, match="column `"):
        judge_frame(spark.createDataFrame(pa.table(columns)), tiny_pack)

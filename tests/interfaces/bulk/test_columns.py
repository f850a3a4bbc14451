from __future__ import annotations

import pyarrow as pa
import pytest

from sekisho.interfaces import bulk
from sekisho.interfaces.bulk.errors import ScanError


def batch(**columns: object) -> pa.RecordBatch:
    return pa.RecordBatch.from_pydict(columns)


def test_judge_gives_one_row_for_each_row(tiny_pack: str) -> None:
    judged = bulk.judge(batch(id=["a", "b", "c"], text=["LINEに移動", None, "よろしく"]), tiny_pack)
    assert judged.column("id").to_pylist() == ["a", "b", "c"]
    assert judged.column("verdict").to_pylist() == ["violation", None, "clear"]
    assert judged.column("refused").to_pylist() == [None, "`text` is missing", None]


def test_judge_of_no_rows_has_the_same_columns(tiny_pack: str) -> None:
    full, empty = (bulk.judge(batch(text=pa.array(texts, pa.string())), tiny_pack) for texts in (["a"], []))
    assert empty.schema == full.schema
    assert empty.num_rows == 0


@pytest.mark.parametrize(
    "text", [pa.array(["LINEに移動"], pa.large_string()), pa.array(["LINEに移動"]).dictionary_encode()]
)
def test_judge_reads_every_kind_of_text_column(tiny_pack: str, text: pa.Array) -> None:
    assert bulk.judge(batch(text=text), tiny_pack).column("verdict").to_pylist() == ["violation"]


def test_judge_refuses_a_batch_without_text() -> None:
    with pytest.raises(ScanError, match="`text`"):
        bulk.judge(batch(body=["a"]))


def test_ids_too_large_for_int64_become_text(tiny_pack: str) -> None:
    judged = bulk.judge(batch(id=pa.array([2**64 - 1], pa.uint64()), text=["a"]), tiny_pack)
    assert judged.column("id").to_pylist() == [str(2**64 - 1)]

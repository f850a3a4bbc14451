"""A DataFrame of texts to a DataFrame of verdicts, for tables that Spark itself reads and writes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

from sekisho.interfaces.bulk.columns import COLUMNS, check_columns, judged_schema
from sekisho.interfaces.bulk.errors import ScanError
from sekisho.interfaces.bulk.spark.executor import judge_columns
from sekisho.interfaces.bulk.spark.shipping import packed

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def judge_frame(frame: DataFrame, pack: str = "standard") -> DataFrame:
    """Judge every row of a frame by `sekisho.interfaces.bulk.judge`; lazy, as frames are. `pack` is an id or a folder here.

    Columns in: `id` and `text`, and where there are any kind, sender, stage, approved_tools; others are passed over. Columns
    out: id, verdict, action, labels, findings, and `refused`, null or why the row could not be judged. A pack from a folder
    goes along. Raises `ScanError` for missing columns or wrong types, `PackError` for a bad pack.
    """
    frame = frame.select([name for name in COLUMNS if name in frame.columns])
    ids_are_numbers = check_columns(to_arrow_schema(frame.schema))
    if "id" not in frame.columns:
        raise ScanError("no column `id`; the rows of a frame have no numbers to go by")
    schema = from_arrow_schema(judged_schema(ids_are_numbers=ids_are_numbers))
    return frame.mapInArrow(partial(judge_columns, packed(pack)), schema)

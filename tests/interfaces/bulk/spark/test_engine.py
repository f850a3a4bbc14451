from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from sekisho.interfaces.bulk.errors import ScanError, ScanInterrupted
from sekisho.interfaces.bulk.reader import Place
from sekisho.interfaces.bulk.scan import scan
from sekisho.interfaces.bulk.spark.engine import SparkEngine, stretches_of
from sekisho.interfaces.bulk.spark.session import told

from ..conftest import Rows, many, write
from ..test_resume import Stop

pytestmark = pytest.mark.usefixtures("spark")

FORMATS = ("jsonl", "csv", "parquet")
SIZE = 7
"""Rows of a batch: some waves of stretches for few rows."""


def rows() -> Rows:
    """Rows without ids, some of them refused."""
    return [
        {"text": row["text"], "kind": "letter" if i % 50 == 3 else "message"} for i, row in enumerate(many(500))
    ]


def written(target: Path) -> tuple[bytes, bytes]:
    return target.read_bytes(), target.with_name(target.name + ".errors.jsonl").read_bytes()


@pytest.mark.parametrize(("source", "target"), [*zip(FORMATS, FORMATS, strict=True), ("jsonl", "parquet")])
def test_one_process_several_and_spark_write_the_same_bytes(
    tmp_path: Path, tiny_pack: str, source: str, target: str
) -> None:
    given = write(tmp_path / f"in.{source}", rows())
    engines = {"one": (1, None), "two": (2, None), "spark": (None, SparkEngine())}
    outputs = []
    for name, (processes, engine) in engines.items():
        out = tmp_path / f"{name}.{target}"
        summary = scan(given, out, pack=tiny_pack, processes=processes, engine=engine, batch_rows=SIZE)
        outputs.append((written(out), summary.counts, summary.refused))
    assert outputs[0] == outputs[1] == outputs[2]
    assert outputs[0][2] == 10


def test_what_spark_left_unfinished_others_finish(tmp_path: Path, tiny_pack: str) -> None:
    given = write(tmp_path / "in.jsonl", rows())
    whole, parts = tmp_path / "whole.parquet", tmp_path / "parts.parquet"
    scan(given, whole, pack=tiny_pack, processes=1, batch_rows=SIZE)
    with pytest.raises(ScanInterrupted):
        scan(given, parts, pack=tiny_pack, engine=SparkEngine(), batch_rows=SIZE, on_progress=Stop(30))
    with pytest.raises(ScanInterrupted):
        scan(given, parts, pack=tiny_pack, processes=1, batch_rows=SIZE, on_progress=Stop(5))
    assert scan(given, parts, pack=tiny_pack, engine=SparkEngine(), batch_rows=SIZE).resumed == 35 * SIZE
    assert written(parts) == written(whole)


def test_an_input_that_goes_away_is_told_without_its_texts(
    tmp_path: Path, tiny_pack: str, capfd: pytest.CaptureFixture[str]
) -> None:
    given = write(tmp_path / "in.jsonl", rows())

    def remove(_progress: object) -> None:
        given.unlink(missing_ok=True)

    with pytest.raises(ScanError, match="an executor cannot read the input") as caught:
        scan(
            given, tmp_path / "out.jsonl", pack=tiny_pack, engine=SparkEngine(), batch_rows=1, on_progress=remove
        )
    assert "same path" in caught.value.hint
    told_anywhere = str(caught.value) + "".join(capfd.readouterr())
    assert not any(row["text"] in told_anywhere for row in rows())


def test_stretches_follow_one_another_to_the_end() -> None:
    ends = [Place(n, n) for n in range(10, 110, 10)]
    stretches = list(stretches_of(ends, Place()))
    assert [end for stretch in stretches for end in stretch.ends] == ends
    starts = [stretch.start for stretch in stretches[1:]]
    assert starts == [stretch.ends[-1] for stretch, _ in itertools.pairwise(stretches)]


def test_a_spark_error_is_told_by_the_line_that_says_what() -> None:
    long = 'An exception was thrown:\nTraceback (most recent call last):\n  File "a.py", line 1, in f\nKeyError: 3\n\tat org.X'
    assert told(RuntimeError(long)) == "KeyError: 3"
    assert told(RuntimeError("")) == "RuntimeError"

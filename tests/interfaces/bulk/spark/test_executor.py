"""The executors' side without Spark: what it does with a pack, an input and a fault."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

from sekisho.interfaces.bulk.errors import ScanError
from sekisho.interfaces.bulk.reader import Place, open_reader
from sekisho.interfaces.bulk.spark import executor, shipping
from sekisho.interfaces.bulk.spark.executor import (
    ExecutorFault,
    Stretch,
    Task,
    judge_columns,
    judge_stretches,
)
from sekisho.interfaces.bulk.spark.shipping import Shipment, packed, unpacked
from sekisho.interfaces.bulk.work import Job

from ...conftest import write_pack
from ..conftest import many, write


def task(source: Path, shipment: Shipment) -> Task:
    total = open_reader(source).total
    return Task(str(source), total, 10, Job("", shipment.digest, ".jsonl", ids_are_numbers=False), shipment)


def asked(task: Task, stretch: Stretch) -> Iterator[dict[str, object]]:
    for batch in judge_stretches(task, (stretch,), iter([pa.RecordBatch.from_pydict({"id": [0]})])):
        yield from batch.to_pylist()


def test_a_pack_is_unpacked_once_under_its_digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pack = write_pack(tmp_path / "mine")
    shipment = packed(str(pack))
    shutil.rmtree(pack)
    store = tmp_path / "machine"
    monkeypatch.setenv("SEKISHO_CACHE_DIR", str(store))
    placed = Path(unpacked(shipment))
    assert placed == store / "shipped" / shipment.digest / "mine"
    written = (placed / "pack.toml").stat().st_mtime_ns
    unpacked.cache_clear()
    assert unpacked(shipment) == str(placed)
    assert (placed / "pack.toml").stat().st_mtime_ns == written


def test_a_built_in_pack_is_not_shipped(tiny_pack: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert packed(tiny_pack).archive
    monkeypatch.setattr(shipping, "built_in_packs", lambda: (tiny_pack,))
    assert packed(tiny_pack).archive == b""


def test_a_machine_that_would_judge_otherwise_is_refused(tiny_pack: str) -> None:
    with pytest.raises(ScanError, match="judge otherwise") as caught:
        unpacked(replace(packed(tiny_pack), digest="another"))
    assert "same versions" in caught.value.hint


@pytest.mark.parametrize("change", ["longer", "other"])
def test_an_input_that_is_another_one_for_the_executor_is_noticed(
    tmp_path: Path, tiny_pack: str, change: str
) -> None:
    source = write(tmp_path / "in.jsonl", many(30))
    work = task(source, packed(tiny_pack))
    ends = tuple(open_reader(source).ends(Place(), 10))
    text = source.read_text()
    source.write_text(text + "{}" if change == "longer" else "\n" * 5 + text[5:])
    [row] = asked(work, Stretch(Place(), ends))
    assert "changed during the scan" in json.loads(str(row["fault"]))[0]


def test_a_fault_is_told_without_the_text_it_met(
    tmp_path: Path, tiny_pack: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_given: object) -> None:
        raise RuntimeError("LINEに移動")

    source = write(tmp_path / "in.jsonl", many(10))
    work = task(source, packed(tiny_pack))
    monkeypatch.setattr(executor, "judge_batch", fails)
    monkeypatch.setattr(executor, "judge", fails)
    batch = pa.RecordBatch.from_pydict({"id": ["a"], "text": ["LINEに移動"]})
    ends = tuple(open_reader(source).ends(Place(), 10))
    for run in (asked(work, Stretch(Place(), ends)), judge_columns(packed(tiny_pack), iter([batch]))):
        with pytest.raises(ExecutorFault, match=r"^RuntimeError at test_executor\.py:\d+$") as caught:
            list(run)
        assert caught.value.__suppress_context__

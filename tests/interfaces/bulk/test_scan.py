from __future__ import annotations

import itertools
from pathlib import Path

import pytest

import sekisho
from sekisho.interfaces.bulk.errors import ScanError
from sekisho.interfaces.bulk.scan import scan

from .conftest import many, read, write

FORMATS = ("jsonl", "csv", "parquet")


@pytest.mark.parametrize(("source", "target"), list(itertools.product(FORMATS, FORMATS)))
def test_every_format_gives_the_verdicts_of_check_in_order(
    tmp_path: Path, tiny_pack: str, source: str, target: str
) -> None:
    rows = many(40)
    out = tmp_path / f"out.{target}"
    scan(write(tmp_path / f"in.{source}", rows), out, pack=tiny_pack, processes=1, batch_rows=7)
    expected = []
    for row in rows:
        verdict = sekisho.check(row["text"], pack=tiny_pack)
        findings = [
            (f.rule, f.label, f.verdict, f.start, f.end, f.quote, f.severity, f.confidence)
            for f in verdict.findings
        ]
        expected.append(
            (
                row["id"],
                verdict.verdict,
                verdict.action,
                list(dict.fromkeys(f[1] for f in findings)),
                findings,
            )
        )
    got = [
        (
            row["id"],
            row["verdict"],
            row["action"],
            row["labels"],
            [tuple(f.values()) for f in row["findings"]],
        )
        for row in read(out)
    ]
    assert got == expected


@pytest.mark.parametrize("suffix", FORMATS)
def test_several_processes_write_the_same_bytes_as_one(tmp_path: Path, tiny_pack: str, suffix: str) -> None:
    source = write(tmp_path / f"in.{suffix}", many(300))
    outputs = []
    for processes in (1, 2):
        out = tmp_path / f"out{processes}.jsonl"
        scan(source, out, pack=tiny_pack, processes=processes, batch_rows=11)
        outputs.append(out.read_bytes())
    assert outputs[0] == outputs[1]


def test_counts_and_rows_are_summed(tmp_path: Path, tiny_pack: str) -> None:
    summary = scan(write(tmp_path / "in.jsonl", many(40)), tmp_path / "out.jsonl", pack=tiny_pack)
    assert summary.counts == {"clear": 10, "caution": 10, "violation": 20, "unsure": 0}
    assert (summary.rows, summary.refused, summary.errors) == (40, 0, None)


@pytest.mark.parametrize("suffix", FORMATS)
def test_context_columns_are_used(tmp_path: Path, tiny_pack: str, suffix: str) -> None:
    row = {
        "id": "a",
        "text": "LINEに移動",
        "kind": "message",
        "sender": "worker",
        "stage": "contact_approved",
    }
    rows = [row | {"approved_tools": ["zoom", "line"]}, row | {"approved_tools": ["zoom"]}]
    scan(write(tmp_path / f"in.{suffix}", rows), tmp_path / "out.jsonl", pack=tiny_pack)
    assert [r["verdict"] for r in read(tmp_path / "out.jsonl")] == ["clear", "violation"]


def test_labels_leave_out_what_is_clear_at_its_stage(tmp_path: Path, tiny_pack: str) -> None:
    row = {"text": "LINEに移動", "stage": "contact_approved", "approved_tools": ["line"]}
    scan(write(tmp_path / "in.jsonl", [row]), tmp_path / "out.jsonl", pack=tiny_pack)
    [answer] = read(tmp_path / "out.jsonl")
    assert answer["labels"] == []
    assert [f["verdict"] for f in answer["findings"]] == ["clear"]


@pytest.mark.parametrize("suffix", FORMATS)
def test_rows_without_an_id_go_by_their_number(tmp_path: Path, tiny_pack: str, suffix: str) -> None:
    scan(
        write(tmp_path / f"in.{suffix}", [{"text": "a"}, {"text": "b"}]),
        tmp_path / "out.jsonl",
        pack=tiny_pack,
    )
    assert [row["id"] for row in read(tmp_path / "out.jsonl")] == [1, 2]


def test_numeric_ids_stay_numbers_from_parquet_to_parquet(tmp_path: Path, tiny_pack: str) -> None:
    rows = [{"id": 2**40 + i, "text": "a"} for i in range(3)]
    scan(write(tmp_path / "in.parquet", rows), tmp_path / "out.parquet", pack=tiny_pack)
    assert [row["id"] for row in read(tmp_path / "out.parquet")] == [row["id"] for row in rows]


def test_an_input_of_no_rows_gives_an_output_of_none(tmp_path: Path, tiny_pack: str) -> None:
    for name in ("in.jsonl", "in.csv"):
        (tmp_path / name).write_text("text\n" if name.endswith("csv") else "")
        for suffix in FORMATS:
            scan(tmp_path / name, tmp_path / f"out.{suffix}", pack=tiny_pack)
            assert read(tmp_path / f"out.{suffix}") == []


def test_a_byte_order_mark_is_no_part_of_the_first_row(tmp_path: Path, tiny_pack: str) -> None:
    for name, text in (("in.jsonl", '{"text": "a"}\n'), ("in.csv", "text\na\n")):
        (tmp_path / name).write_text(text, encoding="utf-8-sig")
        assert scan(tmp_path / name, tmp_path / "out.jsonl", pack=tiny_pack).refused == 0


def test_csv_fields_may_hold_line_breaks_and_quotes(tmp_path: Path, tiny_pack: str) -> None:
    rows = [{"id": str(i), "text": f'一行目 "{i}",\r\nLINEに\n移動'} for i in range(20)]
    scan(write(tmp_path / "in.csv", rows), tmp_path / "out.csv", pack=tiny_pack, batch_rows=3)
    assert [row["id"] for row in read(tmp_path / "out.csv")] == [row["id"] for row in rows]


def test_nothing_is_left_beside_the_output(tmp_path: Path, tiny_pack: str) -> None:
    source = write(tmp_path / "in.jsonl", many(10))
    for suffix in FORMATS:
        scan(source, tmp_path / f"out.{suffix}", pack=tiny_pack)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in.jsonl", "out.csv", "out.jsonl", "out.parquet"]


@pytest.mark.parametrize(
    "names",
    [("in.txt", "out.jsonl"), ("in.jsonl", "out.txt"), ("in.jsonl", "in.jsonl"), ("no.jsonl", "o.csv")],
)
def test_unusable_paths_are_refused(tmp_path: Path, tiny_pack: str, names: tuple[str, str]) -> None:
    write(tmp_path / "in.jsonl", many(1))
    (tmp_path / "in.txt").write_text("a")
    with pytest.raises(ScanError):
        scan(tmp_path / names[0], tmp_path / names[1], pack=tiny_pack)


def test_an_output_folder_that_does_not_exist_is_refused(tmp_path: Path, tiny_pack: str) -> None:
    with pytest.raises(ScanError, match="cannot write"):
        scan(write(tmp_path / "in.jsonl", many(1)), tmp_path / "no" / "out.jsonl", pack=tiny_pack)

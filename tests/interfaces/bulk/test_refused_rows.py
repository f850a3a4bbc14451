from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sekisho.interfaces.bulk import reader
from sekisho.interfaces.bulk.errors import ScanError
from sekisho.interfaces.bulk.scan import scan

from .conftest import many, read, refused, write

GOOD = b'{"id": "good", "text": "a"}'
BAD_LINES = {
    b"{": "not JSON",
    b"[1]": "not a JSON object but a list",
    b"null": "not a JSON object but null",
    b'{"id": 1}': "`text` is missing",
    b'{"text": null}': "`text` is missing",
    b'{"text": 3}': "`text` must be text",
    b'{"text": "a", "kind": "letter"}': "kind 'letter' does not exist",
    b'{"text": "a", "kind": 1}': "`kind` must be text",
    b'{"text": "a", "stage": "later"}': "stage 'later' does not exist",
    b'{"text": "a", "sender": "robot"}': "sender 'robot' does not exist",
    b'{"text": "a", "approved_tools": 1}': "`approved_tools` must be",
    b'{"text": "a", "id": true}': "`id` must be",
    b'{"text": "\xff"}': "not UTF-8: byte 11 of the line is 0xff",
    b'{"text": "a"} x': "not JSON: Extra data at column 15",
    b"[" * 100_000: "nested too deeply",
    b"1" * 5000: "not usable JSON",
    json.dumps({"text": "a" * 1_000_001}).encode(): "1,000,000",
}


@pytest.mark.parametrize("line", BAD_LINES, ids=[str(i) for i in range(len(BAD_LINES))])
def test_a_bad_line_is_refused_with_its_number_and_the_rest_goes_on(
    tmp_path: Path, tiny_pack: str, line: bytes
) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_bytes(GOOD + b"\n\n" + line + b"\n" + GOOD)
    summary = scan(source, out, pack=tiny_pack)
    assert [row["id"] for row in read(out)] == ["good", "good"]
    assert summary.refused == 1
    [refusal] = refused(out)
    assert refusal["line"] == 3
    assert BAD_LINES[line] in refusal["reason"]


def test_a_refused_row_is_named_by_its_id_when_it_has_one(tmp_path: Path, tiny_pack: str) -> None:
    write(tmp_path / "in.jsonl", [{"id": "x9", "text": "a", "kind": "letter"}])
    scan(tmp_path / "in.jsonl", tmp_path / "out.jsonl", pack=tiny_pack)
    assert refused(tmp_path / "out.jsonl")[0]["id"] == "x9"


def test_a_lone_surrogate_is_judged_not_refused(tmp_path: Path, tiny_pack: str) -> None:
    (tmp_path / "in.jsonl").write_bytes(
        b'{"id": "\\udc00", "text": "\\ud83d LINE\\u306b\\u79fb\\u52d5 \\ud83d"}'
    )
    for suffix in ("jsonl", "csv", "parquet"):
        out = tmp_path / f"out.{suffix}"
        assert scan(tmp_path / "in.jsonl", out, pack=tiny_pack).counts["violation"] == 1
        assert read(out)[0]["findings"][0]["start"] == 2


def test_a_line_too_long_to_hold_is_passed_over(
    tmp_path: Path, tiny_pack: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "MAX_LINE", 1000)
    monkeypatch.setattr(reader, "BATCH_BYTES", 100)
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_bytes(GOOD + b"\n" + b"x" * 5000 + b"\n" + GOOD + b"\n")
    assert scan(source, out, pack=tiny_pack).refused == 1
    assert refused(out)[0]["line"] == 2
    assert len(read(out)) == 2


def test_csv_rows_are_refused_by_the_line_they_begin_in(tmp_path: Path, tiny_pack: str) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.jsonl"
    lines = [b"id,text", b"1,a", b'2,"b', b'b"', b"3", b"4,d,e", b"5,\xff", b"6,f"]
    source.write_bytes(b"\n".join(lines) + b"\n")
    scan(source, out, pack=tiny_pack)
    assert [row["id"] for row in read(out)] == ["1", "2", "6"]
    assert [(r["line"], r["row"]) for r in refused(out)] == [(5, 3), (6, 4), (7, 5)]


def test_an_unclosed_quote_swallows_no_other_row(tmp_path: Path, tiny_pack: str) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.jsonl"
    source.write_bytes(b'id,text\n1,"a\n2,b\n3,"c"\n4,d\n')
    scan(source, out, pack=tiny_pack)
    assert [row["id"] for row in read(out)] == ["2", "3", "4"]
    assert [r["line"] for r in refused(out)] == [2]


def test_an_unclosed_quote_in_the_last_row_is_refused(tmp_path: Path, tiny_pack: str) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.jsonl"
    source.write_bytes(b'id,text\n1,a\n2,"b\n')
    scan(source, out, pack=tiny_pack)
    assert [r["line"] for r in refused(out)] == [3]


@pytest.mark.parametrize("header", [b"", b"id,body\n", b"text,text\n", b'"text\n'])
def test_a_csv_without_a_usable_header_is_refused_whole(
    tmp_path: Path, tiny_pack: str, header: bytes
) -> None:
    (tmp_path / "in.csv").write_bytes(header + b"1,2\n")
    with pytest.raises(ScanError):
        scan(tmp_path / "in.csv", tmp_path / "out.jsonl", pack=tiny_pack)
    assert [p.name for p in tmp_path.iterdir()] == ["in.csv"]


@pytest.mark.parametrize("name", ["in.jsonl", "in.csv"])
@pytest.mark.parametrize("encoding", ["utf-16", "cp932"])
def test_a_file_in_another_encoding_is_refused_whole(
    tmp_path: Path, tiny_pack: str, name: str, encoding: str
) -> None:
    text = write(tmp_path / name, many(40)).read_text().replace("😀", "")
    (tmp_path / name).write_text(text, encoding=encoding)
    with pytest.raises(ScanError, match="UTF-8"):
        scan(tmp_path / name, tmp_path / "out.jsonl", pack=tiny_pack)


def test_a_null_text_in_parquet_is_refused_by_row(tmp_path: Path, tiny_pack: str) -> None:
    write(tmp_path / "in.parquet", [{"text": "a"}, {"text": None}, {"text": "b"}])
    scan(tmp_path / "in.parquet", tmp_path / "out.parquet", pack=tiny_pack)
    assert refused(tmp_path / "out.parquet") == [{"row": 2, "reason": "`text` is missing"}]
    assert [row["id"] for row in read(tmp_path / "out.parquet")] == [1, 3]


def test_bytes_in_parquet_that_are_not_utf8_refuse_their_row_only(tmp_path: Path, tiny_pack: str) -> None:
    column = pa.Array.from_buffers(pa.string(), 3, pa.array([b"a", b"\xff", b"b"]).buffers())
    pq.write_table(pa.table({"text": column}), tmp_path / "in.parquet")
    scan(tmp_path / "in.parquet", tmp_path / "out.jsonl", pack=tiny_pack)
    assert [row["id"] for row in read(tmp_path / "out.jsonl")] == [1, 3]


@pytest.mark.parametrize(
    "column", [{"body": ["a"]}, {"text": [1]}, {"text": [b"a"]}, {"text": ["a"], "kind": [1]}]
)
def test_parquet_of_wrong_columns_is_refused_whole(
    tmp_path: Path, tiny_pack: str, column: dict[str, list[object]]
) -> None:
    pq.write_table(pa.table(column), tmp_path / "in.parquet")
    with pytest.raises(ScanError, match="column"):
        scan(tmp_path / "in.parquet", tmp_path / "out.jsonl", pack=tiny_pack)
    assert [p.name for p in tmp_path.iterdir()] == ["in.parquet"]


def test_a_file_that_is_no_parquet_is_refused_whole(tmp_path: Path, tiny_pack: str) -> None:
    for data in (b"", b"PAR1", b"text\na\n" * 100):
        (tmp_path / "in.parquet").write_bytes(data)
        with pytest.raises(ScanError, match="Parquet"):
            scan(tmp_path / "in.parquet", tmp_path / "out.jsonl", pack=tiny_pack)
    assert [p.name for p in tmp_path.iterdir()] == ["in.parquet"]


def test_parquet_damaged_half_way_leaves_nothing(tmp_path: Path, tiny_pack: str) -> None:
    source = tmp_path / "in.parquet"
    pq.write_table(pa.Table.from_pylist(many(2000)), source, row_group_size=1000, write_page_checksum=True)
    second = pq.ParquetFile(source).metadata.row_group(1).column(1)
    data = bytearray(source.read_bytes())
    at = second.data_page_offset + second.total_compressed_size // 2
    data[at : at + 64] = bytes(64)
    source.write_bytes(data)
    with pytest.raises(ScanError, match="damaged"):
        scan(source, tmp_path / "out.parquet", pack=tiny_pack, batch_rows=500)
    assert [p.name for p in tmp_path.iterdir()] == ["in.parquet"]

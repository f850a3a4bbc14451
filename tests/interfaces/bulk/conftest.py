"""Files of rows in the three formats, and their verdicts read back in one form."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

Rows = list[dict[str, Any]]

TEXTS = ("よろしくお願いします。", "LINEに移動してください", "女性限定の募集です", "Thank you 😀, LINEに移動")


def many(count: int) -> Rows:
    """Rows of all verdicts; every text is different."""
    return [{"id": f"m{i}", "text": f"{TEXTS[i % 4]} {i}", "kind": "message"} for i in range(count)]


def write(path: Path, rows: Rows) -> Path:
    """Write rows in the format of the file's name; in CSV a list is joined with ;."""
    if path.suffix == ".jsonl":
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    elif path.suffix == ".csv":
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            for row in rows:
                writer.writerow({k: ";".join(v) if isinstance(v, list) else v for k, v in row.items()})
    else:
        pq.write_table(pa.Table.from_pylist(rows), path)
    return path


def read(path: Path) -> Rows:
    """The verdicts in a scan's output."""
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    if path.suffix == ".csv":
        with path.open(newline="", encoding="utf-8") as file:
            rows: Rows = list(csv.DictReader(file))
        return [row | {name: json.loads(row[name]) for name in ("labels", "findings")} for row in rows]
    return list(pq.read_table(path).to_pylist())


def refused(target: Path) -> Rows:
    """The refused rows of a scan into `target`."""
    return read(target.with_name(target.name + ".errors.jsonl"))

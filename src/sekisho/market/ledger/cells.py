"""Cells of the CSV files people open in spreadsheets: with a BOM, and never a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def table(rows: Iterable[Iterable[object]]) -> bytes:
    """A CSV file: UTF-8 with BOM, CRLF. A text that could be taken for a formula gets an apostrophe before it (OWASP)."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([_safe(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def _safe(cell: object) -> object:
    if isinstance(cell, str) and cell.lstrip(" \u3000").startswith(_RISKY):
        return f"'{cell}"
    return cell

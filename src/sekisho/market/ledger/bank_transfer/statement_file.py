"""Reading a bank's statement (CSV). Tolerant of how banks write it, strict about what it says: one faulty line refuses the file.

Encoding UTF-8 (with or without BOM) or CP932; fields split by comma or tab; widths of letters do not matter; amounts may carry
thousands separators, ¥ and 円; dates are 2026-10-01, 2026/10/1, 2026.10.1, 2026年10月1日 or 20261001. Columns: `columns.toml`.

Fingerprint of a row: the bank's own number if the file has such a column; else date, direction, amount, text and balance, and
which of the file's equal rows it is. A file that begins in the middle of a day, from a bank that gives neither number nor
balance, can therefore show a new row as a duplicate; it is reported, and the operator enters it by hand. The other way round,
money credited twice, cannot happen as long as the bank's files are saved in one and the same form (with the same columns).
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from sekisho.market.kernel.problems import Kind, Problem, Row, describe
from sekisho.market.kernel.yen import MOST
from sekisho.market.ledger.bank_transfer import codes
from sekisho.market.ledger.port import Movement

MOST_BYTES = 2_000_000
MOST_ROWS = 5_000
_SHOWN = 20
_TEXT = 200
_DATE = re.compile(r"([0-9]{4})(?:[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?|([0-9]{2})([0-9]{2}))")
_AMOUNT = re.compile(r"¥?([0-9]{1,13}|[0-9]{1,3}(?:,[0-9]{3}){1,4})円?")

describe({
    "bad_statement": Row(Kind.INVALID, "明細ファイルに直すところがあります。何も取り込んでいません。\n{ja}",
                         "The statement has faults. Nothing was imported.\n{en}"),
})  # fmt: skip
_FAULTS = {
    "size": ("ファイルは{most:,}バイトまでです。期間を分けてください。", "The file may have {most:,} bytes. Split the period."),
    "encoding": ("文字コードを読めません。UTF-8かShift_JIS（CP932）で保存してください。",
                 "Save it as UTF-8 or Shift_JIS (CP932)."),
    "csv": ("CSVとして読めません（引用符を確認してください）。", "not readable as CSV (look at the quotes)"),
    "header": ("見出しの行がありません。「日付」「摘要」と、「入金」か「出金」の列が必要です。",
               "no header: it needs the columns date, text, and in or out"),
    "twice": ("見出し「{name}」の列が2つあります。", "two columns mean “{name}”"),
    "rows": ("明細は{most:,}行までです。期間を分けてください。", "at most {most:,} rows; split the period"),
    "date": ("日付「{value}」を読めません。2026-10-01 のように書いてください。",
             "cannot read the date “{value}”; write 2026-10-01"),
    "amount": ("金額「{value}」を読めません。0以上の整数（円）で書いてください。",
               "cannot read the amount “{value}”; write whole yen"),
    "both": ("入金と出金の両方に金額があります。", "amounts both in and out"),
    "neither": ("入金にも出金にも金額がありません。", "no amount, neither in nor out"),
    "id": ("番号「{value}」が、このファイルの{line}行目と同じです。", "the number “{value}” also stands in line {line}"),
    "more": ("ほかに{count}か所あります。", "and {count} more"),
}  # fmt: skip


class _Fault(Exception):
    """One thing that is wrong: a row of `_FAULTS` and what fills it."""

    def __init__(self, what: str, facts: dict[str, object]) -> None:
        self.what, self.facts = what, facts
        super().__init__(what)


def read(content: bytes) -> list[Movement]:
    """Every row of a statement, in the file's order. Raises `Problem("bad_statement")` with the fault of every line (first 20).

    At most 2,000,000 bytes and 5,000 rows: a month of a small house, a day of a large one.
    """
    faults: list[tuple[int, _Fault]] = []
    try:
        rows = _rows(_decoded(content))
        start, columns = _header(rows)
        body = [(line, row) for line, row in rows[start:] if any(cell.strip() for cell in row)]
        if len(body) > MOST_ROWS:
            raise _Fault("rows", {"most": MOST_ROWS})
    except _Fault as fault:
        raise _refusal([(0, fault)]) from None
    drafts = []
    for line, row in body:
        try:
            drafts.append(_draft(line, {name: _cell(row, places) for name, places in columns.items()}))
        except _Fault as fault:
            faults.append((line, fault))
    faults += _numbers_given_twice(drafts)
    if faults:
        raise _refusal(sorted(faults, key=lambda pair: pair[0]))
    return list(_with_fingerprints(drafts))


@dataclass(frozen=True, slots=True)
class _Draft:
    line: int
    date: date
    incoming: bool
    amount: int
    text: str
    balance: str
    id: str


def _decoded(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise _Fault("size", {"most": MOST_BYTES})
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _Fault("encoding", {})


def _rows(text: str) -> list[tuple[int, list[str]]]:
    first = text.split("\n", 1)[0]
    reader = csv.reader(
        io.StringIO(text.replace("\0", ""), newline=""), delimiter="\t" if "\t" in first else ",", strict=True
    )
    try:
        return [(reader.line_num, row) for row in reader]
    except csv.Error:
        raise _Fault("csv", {}) from None


@cache
def _names() -> dict[str, str]:
    data = tomllib.loads(files(__package__).joinpath("columns.toml").read_text("utf-8"))
    return {_folded(alias): name for name, aliases in data.items() for alias in aliases}


def _header(rows: list[tuple[int, list[str]]]) -> tuple[int, dict[str, list[int]]]:
    """Where the body starts, and the positions of each column; texts may stand in several."""
    for at, (_, row) in enumerate(rows[:30]):
        columns: dict[str, list[int]] = {}
        for place, cell in enumerate(row):
            if name := _names().get(_folded(cell)):
                columns.setdefault(name, []).append(place)
        if {"date", "text"} <= columns.keys() and columns.keys() & {"in", "out"}:
            for name, places in columns.items():
                if len(places) > 1 and name != "text":
                    raise _Fault("twice", {"name": row[places[1]].strip()[:20]})
            return at + 1, columns
    raise _Fault("header", {})


def _draft(line: int, cells: dict[str, str]) -> _Draft:
    into, out = (_amount(cells.get(name, "")) for name in ("in", "out"))
    if into and out:
        raise _Fault("both", {})
    if not into and not out:
        raise _Fault("neither", {})
    text = " ".join("".join(c for c in cells["text"] if c.isprintable()).split())[:_TEXT]
    balance = cells.get("balance", "").replace(",", "")
    return _Draft(
        line, _date(cells["date"]), bool(into), into or out, text, balance[:20], cells.get("id", "")[:60]
    )


def _cell(row: list[str], places: list[int]) -> str:
    return " ".join(unicodedata.normalize("NFKC", row[at][:1000]).strip() for at in places if at < len(row))


def _folded(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name[:60]).lower().split())


def _date(value: str) -> date:
    match = _DATE.fullmatch("".join(value.split()))
    try:
        if match is None:
            raise ValueError(value)
        return date(*(int(part) for part in match.groups() if part))
    except ValueError:
        raise _Fault("date", {"value": value[:20]}) from None


def _amount(value: str) -> int:
    bare = "".join(value.split()).replace("\\", "¥")
    if bare in ("", "-", "*"):
        return 0
    match = _AMOUNT.fullmatch(bare)
    number = int(match.group(1).replace(",", "")) if match else -1
    if not 0 <= number <= MOST:
        raise _Fault("amount", {"value": value[:20]})
    return number


def _numbers_given_twice(drafts: list[_Draft]) -> list[tuple[int, _Fault]]:
    seen: dict[str, int] = {}
    faults = []
    for draft in drafts:
        if draft.id and draft.id in seen:
            faults.append((draft.line, _Fault("id", {"value": draft.id[:20], "line": seen[draft.id]})))
        seen.setdefault(draft.id, draft.line)
    return faults


def _with_fingerprints(drafts: list[_Draft]) -> Iterator[Movement]:
    met: Counter[tuple[object, ...]] = Counter()
    for draft in drafts:
        if draft.id:
            mark = f"id:{draft.id}"
        else:
            what = (draft.date, draft.incoming, draft.amount, draft.text, draft.balance)
            met[what] += 1
            mark = "row:" + hashlib.sha256("\x1f".join(map(str, (*what, met[what]))).encode()).hexdigest()
        yield Movement(
            draft.line, draft.date, draft.incoming, draft.amount, draft.text, codes.found(draft.text), mark
        )


def _refusal(faults: list[tuple[int, _Fault]]) -> Problem:
    said: list[list[str]] = [[], []]
    for line, fault in faults[:_SHOWN]:
        for texts, lead, template in zip(
            said, (f"{line}行目: ", f"line {line}: "), _FAULTS[fault.what], strict=True
        ):
            texts.append((lead if line else "") + template.format(**fault.facts))
    if len(faults) > _SHOWN:
        for texts, template in zip(said, _FAULTS["more"], strict=True):
            texts.append(template.format(count=len(faults) - _SHOWN))
    return Problem("bad_statement", count=len(faults), ja="\n".join(said[0]), en="\n".join(said[1]))

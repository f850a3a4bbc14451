"""The datasheet says what the published corpus holds, and the corpus is as the datasheet says."""

from collections import Counter

import pytest

from benchmarks import datasheet
from sekisho.core.rules.model import Kind, Label, Sender, Stage

FILES = [path.relative_to(datasheet.DATA).as_posix() for path in datasheet.files()]
FIELDS = {"id", "text", "lang", "kind", "sender", "stage", "violation", "labels", "evidence", "technique", "difficulty", "note"}


def test_the_tables_are_those_of_the_data():
    text = datasheet.SHEET.read_text(encoding="utf-8")
    assert datasheet.with_tables(text) == text, "run `python -m benchmarks.datasheet`"


@pytest.mark.parametrize("name", FILES)
def test_every_line_has_the_fields_and_words_that_are_told(name):
    for row in datasheet.rows(datasheet.DATA / name):
        assert FIELDS - row.keys() == set()
        assert row.keys() - FIELDS <= {"approved_tools"}
        assert row["lang"] in ("ja", "en")
        assert row["difficulty"] in datasheet.DIFFICULTIES
        assert set(row["labels"]) <= {"none", *Label}
        Kind(row["kind"]), Sender(row["sender"]), Stage(row["stage"])


@pytest.mark.parametrize("name", FILES)
def test_every_span_is_an_exact_substring(name):
    for row in datasheet.rows(datasheet.DATA / name):
        assert [part for part in row["evidence"] if part not in row["text"]] == [], row["id"]


def test_an_id_names_one_text():
    ids = Counter(row["id"] for path in datasheet.files() for row in datasheet.rows(path))
    assert [name for name, count in ids.items() if count > 1] == []


def test_every_obfuscated_text_of_the_development_corpus_is_in_one_class():
    told = [technique for techniques in datasheet.OBFUSCATIONS.values() for technique in techniques]
    rows = datasheet.rows(datasheet.DATA / "dev.jsonl")
    assert sorted(told) == sorted({row["technique"] for row in rows if row["difficulty"] == "obfuscated"})

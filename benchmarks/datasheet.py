"""`python -m benchmarks.datasheet`: counts the published corpus and rewrites the tables in its datasheet. A test compares them."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
SHEET = DATA / "README.md"
DIFFICULTIES = ("plain", "paraphrased", "obfuscated", "adversarial")
OBFUSCATIONS: dict[str, tuple[str, ...]] = {
    "letters set apart: spaces, dots, line breaks, zero width": (
        "spaced-letters", "vertical-reading", "url-spaced", "zero-width", "spaced-whatsapp",
    ),
    "other width or other script for a name: kana, kanji, slang": (
        "halfwidth-kana", "fullwidth-mixed", "kakao-kana", "phonetic-mail", "choku-abbrev", "pp-slang", "wordplay-line", "kana-personal-info",
    ),
    "look-alike letters and styled letters": ("homoglyph-line", "math-bold", "tele-gr4m", "zero-for-o", "circled-id"),
    "digits as words, kanji or pictures": ("kanji-digit-phone", "emoji-digits", "emoji-phone"),
    "spelled-out addresses": ("at-dot-words", "at-dot-brackets"),
    "names turned round": ("reversed-id", "reversed-handle"),
    "pictures and signs for words": ("paypay-emoji", "emoji-only-pitch", "fee-in-symbols"),
    "masked or hidden where nobody looks: file names, fields of a request, ids": (
        "zoom-masked", "filename-clue", "worker-hidden-mail", "id-in-reason", "id-in-request-reason", "order-id-phone",
    ),
    "clear texts with numbers that look like contacts": (
        "order-number-long", "isbn-number", "tracking-number", "number-list-input", "isbn-digits",
    ),
}  # fmt: skip
"""Of `dev.jsonl`: the words in `technique` of its obfuscated texts, by class. Every one stands in exactly one class (tested)."""

Row = dict[str, Any]


def rows(path: Path) -> list[Row]:
    """The texts of one file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def files() -> list[Path]:
    """Every labelled file: development, tuning, held out."""
    return [DATA / "dev.jsonl", *sorted((DATA / "authored").glob("*.jsonl")), *sorted((DATA / "held_out").glob("*.jsonl"))]


def by_file() -> Iterator[str]:
    """A row a file: texts, language, verdict, kind, stage, difficulty, marked spans."""
    heads = ["texts", "ja", "en", "violation", "clear", "posting", "message", "request", "before", "contract", "approved", *DIFFICULTIES, "spans"]
    yield f"| file | {' | '.join(heads)} |"
    yield "|---" * (len(heads) + 1) + "|"
    for path in files():
        yield f"| `{path.relative_to(DATA).as_posix()}` | {' | '.join(map(str, _counts(rows(path))))} |"
    tuned = [row for path in files() if path.parent.name != "held_out" for row in rows(path)]
    yield f"| all that was tuned or trained on | {' | '.join(map(str, _counts(tuned)))} |"


def _counts(texts: list[Row]) -> list[int]:
    def count(name: str, value: object) -> int:
        return sum(row[name] == value for row in texts)

    return [
        len(texts),
        *(count("lang", value) for value in ("ja", "en")),
        *(count("violation", value) for value in (True, False)),
        *(count("kind", value) for value in ("posting", "message", "contact_request")),
        *(count("stage", value) for value in ("pre_contract", "contracted", "contact_approved")),
        *(count("difficulty", value) for value in DIFFICULTIES),
        sum(len(row["evidence"]) for row in texts),
    ]


def by_label() -> Iterator[str]:
    """A row a label: how many texts have it, in development, tuning and held-out files."""
    parts = {"dev": DATA.glob("dev.jsonl"), "authored": (DATA / "authored").glob("*.jsonl"), "held_out": (DATA / "held_out").glob("*.jsonl")}
    counted = {name: Counter(label for path in paths for row in rows(path) for label in row["labels"]) for name, paths in parts.items()}
    yield "| label | " + " | ".join(counted) + " |"
    yield "|---" * (len(counted) + 1) + "|"
    for label in sorted({label for counts in counted.values() for label in counts}):
        yield f"| `{label}` | {' | '.join(str(counts[label]) for counts in counted.values())} |"


def by_obfuscation() -> Iterator[str]:
    """A row a class of obfuscation in `dev.jsonl`."""
    counts = Counter(row["technique"] for row in rows(DATA / "dev.jsonl") if row["difficulty"] == "obfuscated")
    yield "| class | texts |"
    yield "|---|---|"
    for name, techniques in OBFUSCATIONS.items():
        yield f"| {name} | {sum(counts[technique] for technique in techniques)} |"


TABLES: dict[str, Callable[[], Iterator[str]]] = {"files": by_file, "labels": by_label, "obfuscations": by_obfuscation}


def with_tables(text: str) -> str:
    """The datasheet with its tables as the data are now. Raises `ValueError` where a mark of a table is missing."""
    for name, make in TABLES.items():
        start, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
        before, mark, rest = text.partition(start)
        _, other, after = rest.partition(end)
        if not mark or not other:
            raise ValueError(f"{SHEET.name} has no marks for the table {name}")
        text = before + mark + "\n".join(make()) + "\n" + other + after
    return text


def main() -> int:
    """Rewrite the tables."""
    SHEET.write_text(with_tables(SHEET.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

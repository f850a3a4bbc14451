"""Writes what is generated in the documentation: rule pages in docs/rules/{ja,en}, outputs shown in code blocks.

Run by `make docs`. That nothing is stale is a test (tests/house/test_documents.py), not an option here.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import blocks

RULE_PAGES = blocks.ROOT / "docs" / "rules"
LANGUAGES = ("ja", "en")


def rule_pages(lang: str) -> dict[str, str]:
    """The pages of every rule of the standard pack in `lang`: text by file name."""
    from sekisho.core.detection.library import pack_folder
    from sekisho.core.rules.loader import load_pack
    from sekisho.core.rules.pages import pack_pages

    return dict(pack_pages(load_pack(pack_folder("standard")), lang))


def stale_pages() -> Iterator[tuple[Path, str | None]]:
    """Rule pages that are not as the pack says: the path and the right text, `None` for one that must go."""
    for lang in LANGUAGES:
        folder = RULE_PAGES / lang
        right = rule_pages(lang)
        for name, text in right.items():
            path = folder / name
            if not path.is_file() or path.read_text(encoding="utf-8") != text:
                yield path, text
        for path in sorted(folder.glob("*.md")):
            if path.name not in right:
                yield path, None


def stale_documents() -> Iterator[tuple[Path, str]]:
    """Documents whose code blocks show something else than what they print: the path and the right text."""
    with tempfile.TemporaryDirectory() as cache:
        for path in blocks.documents():
            text = path.read_text(encoding="utf-8")
            with tempfile.TemporaryDirectory() as folder:
                results = blocks.run_document(path, Path(folder), Path(cache))
            right = blocks.corrected(text, results)
            if right != text:
                yield path, right


def main() -> None:
    """Bring everything up to date and say what was changed."""
    for path, text in [*stale_pages(), *stale_documents()]:
        if text is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        print("removed" if text is None else "wrote", path.relative_to(blocks.ROOT).as_posix())


if __name__ == "__main__":
    main()

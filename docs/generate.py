"""Writes what is generated in the documentation: rule pages, packs, lifecycles, the gate's OpenAPI, outputs in code blocks.

Run by `make docs`. That nothing is stale is a test (tests/house/test_documents.py), not an option here.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import blocks
import lifecycles
from sekisho.core.rules.loader import built_in_pack, built_in_packs, load_pack, pack_folders
from sekisho.core.rules.model import Pack
from sekisho.core.rules.names import LANGUAGES
from sekisho.core.rules.pack_pages import packs_page
from sekisho.core.rules.pages import index_page, rule_page
from sekisho.interfaces.gate.openapi import document
from sekisho.interfaces.gate.settings import Limits

RULE_PAGES = blocks.ROOT / "docs" / "rules"
OPENAPI = blocks.ROOT / "docs" / "schema" / "gate.openapi.json"
LIFECYCLES = blocks.ROOT / "docs" / "lifecycles.md"
PACK_PAGES = {"en": blocks.ROOT / "docs" / "packs.md", "ja": blocks.ROOT / "docs" / "packs.ja.md"}


def rule_pages(pack: Pack, lang: str) -> dict[str, str]:
    """The list of all rules of `pack` and a page for each, in `lang`: text by file name."""
    pages = {f"{rule.id}.md": rule_page(rule, pack, lang) for rule in pack.rules.values()}
    return {"README.md": index_page(pack, lang), **pages}


def pack_pages() -> Iterator[tuple[Path, str]]:
    """The page on what built-in packs differ in, in each language: path and text."""
    folders = [pack_folders(built_in_pack(name)) for name in built_in_packs()]
    packs = [(load_pack(own), below[0].name) for own, *below in folders if below]
    for lang, path in PACK_PAGES.items():
        yield path, packs_page(packs, lang)


def stale_pages() -> Iterator[tuple[Path, str | None]]:
    """Generated pages that are not as the packs say: the path and the right text, `None` for one that must go."""
    for path, text in pack_pages():
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            yield path, text
    pack = load_pack(built_in_pack("standard"))
    for lang in LANGUAGES:
        folder = RULE_PAGES / lang
        right = rule_pages(pack, lang)
        for name, text in right.items():
            path = folder / name
            if not path.is_file() or path.read_text(encoding="utf-8") != text:
                yield path, text
        for path in sorted(folder.glob("*.md")):
            if path.name not in right:
                yield path, None


def stale_lifecycles() -> Iterator[tuple[Path, str]]:
    """The page of lifecycles when it is not as the tables say."""
    text = lifecycles.page()
    if not LIFECYCLES.is_file() or LIFECYCLES.read_text(encoding="utf-8") != text:
        yield LIFECYCLES, text


def stale_openapi() -> Iterator[tuple[Path, str]]:
    """The OpenAPI document of the gate when it is not as its types say."""
    text = json.dumps(json.loads(document(Limits())), indent=2, ensure_ascii=False) + "\n"
    if not OPENAPI.is_file() or OPENAPI.read_text(encoding="utf-8") != text:
        yield OPENAPI, text


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
    for path, text in [*stale_pages(), *stale_lifecycles(), *stale_openapi(), *stale_documents()]:
        if text is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        print("removed" if text is None else "wrote", path.relative_to(blocks.ROOT).as_posix())


if __name__ == "__main__":
    main()

"""The book of help as values: groups, pages, sections and their blocks, in both languages. Reads its own files only.

A section's text is plain: an empty line ends a paragraph; lines with `- ` are a list, with `1. ` a list in order, with `× `
and `○ ` wordings to be wary of and wordings that are fine; `{name}` is a figure of the policy (`figures`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Any

LANGUAGES = ("ja", "en")
_MARKS = {"- ": "list", "1. ": "steps", "× ": "pairs", "○ ": "pairs"}
_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Block:
    """A `text` of one line, or the lines of a `list`, of `steps` or of `pairs` (those keep their mark, × or ○)."""

    kind: str
    lines: tuple[str, ...]

    @property
    def bad(self) -> list[str]:
        """Wordings to be wary of."""
        return [line[2:] for line in self.lines if line.startswith("× ")]

    @property
    def good(self) -> list[str]:
        """Wordings that are fine."""
        return [line[2:] for line in self.lines if line.startswith("○ ")]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page with an address of its own.

    `go`: screens that do it; `see`: places of the book (`page` or `page#section`); `show`: what is drawn from the pack;
    `pairs`: whether its × and ○ are what others write (`lure`) or what to answer (`reply`); `judged`: kind and stage they
    are judged in.
    """

    id: str
    titles: Mapping[str, str]
    texts: Mapping[str, str]
    go: tuple[str, ...]
    see: tuple[str, ...]
    show: str
    pairs: str
    judged: Mapping[str, str]

    def blocks(self, lang: str, figures: Mapping[str, object]) -> list[Block]:
        """The text in a language. Raises `KeyError` for a figure that does not exist."""
        return blocks(filled(self.texts[lang], figures))


@dataclass(frozen=True, slots=True)
class Page:
    """A page; its `leads` are filled in as texts are."""

    id: str
    group: str
    titles: Mapping[str, str]
    leads: Mapping[str, str]
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """Everything, in reading order: groups (name → title), pages, what the links to screens say, the glossary."""

    groups: Mapping[str, Mapping[str, str]]
    pages: Mapping[str, Page]
    screens: Mapping[str, Mapping[str, str]]
    words: tuple[Mapping[str, Any], ...]

    def place(self, where: str) -> tuple[Page, Section | None]:
        """A page, or a section of it, by `page` or `page#section`. Raises `KeyError` for one that is not there."""
        name, _, anchor = where.partition("#")
        page = self.pages[name]
        return page, {section.id: section for section in page.sections}[anchor] if anchor else None


def filled(text: str, figures: Mapping[str, object]) -> str:
    """`text` with its figures. Raises `KeyError` for one that does not exist."""
    return _PLACE.sub(lambda found: str(figures[found[1]]), text)


def blocks(text: str) -> list[Block]:
    """A text cut into its blocks."""
    lines = [line.strip() for line in text.strip().splitlines()]
    found = []
    for kind, group in groupby(lines, key=_kind):
        own = tuple(_bare(line, kind) for line in group)
        if kind == "text":
            found += [Block(kind, (line,)) for line in own]
        elif kind:
            found.append(Block(kind, own))
    return found


def _kind(line: str) -> str:
    return next((kind for mark, kind in _MARKS.items() if line.startswith(mark)), "text") if line else ""


def _bare(line: str, kind: str) -> str:
    return line.partition(" ")[2] if kind in ("list", "steps") else line


@cache
def book() -> Book:
    """The book, read once."""
    read = _read("book.toml")
    order = {name: group["pages"] for name, group in read["group"].items()}
    return Book(
        groups={name: {lang: group[lang] for lang in LANGUAGES} for name, group in read["group"].items()},
        pages={page: _page(page, group) for group, pages in order.items() for page in pages},
        screens=read["screen"],
        words=tuple(_read("words.toml")["word"]),
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(name).read_text("utf-8"))


def _page(name: str, group: str) -> Page:
    read = _read(f"pages/{name}.toml")
    sections = tuple(_section(row) for row in read["section"])
    return Page(name, group, _both(read, "title"), _both(read, "lead"), sections)


def _section(row: dict[str, Any]) -> Section:
    return Section(
        row["id"], _both(row, "title"), _both(row, "text"), tuple(row.get("go", ())), tuple(row.get("see", ())),
        row.get("show", ""), row.get("pairs", "lure"), row.get("judged", {}),
    )  # fmt: skip


def _both(row: dict[str, Any], name: str) -> dict[str, str]:
    return {lang: row[lang].get(name, "") for lang in LANGUAGES}

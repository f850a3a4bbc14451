"""The English catalogue is complete, is what was compiled, and no page is of two languages."""

from __future__ import annotations

import ast
import gettext
import re
from pathlib import Path
from typing import Any

import allauth
from django.contrib import auth

import sekisho
from sekisho.interfaces import web
from sekisho.interfaces.web import words

ROOT = Path(web.__path__[0])
CATALOGUE = Path(sekisho.__path__[0]) / "locale" / "en" / "LC_MESSAGES"
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
_TAG = re.compile(r"\{% trans (\"(?P<a>[^\"]+)\"|'(?P<b>[^']+)')[^%]*%\}")
_BLOCK = re.compile(r"\{% blocktrans[^%]*%\}(?P<text>.*?)\{% endblocktrans %\}", re.S)


def source() -> dict[str, str]:
    """The catalogue as it is written: Japanese → English."""
    found = {}
    for entry in (CATALOGUE / "django.po").read_text("utf-8").split("\n\n"):
        said = re.search(r"^msgid (.+?)^msgstr (.+)", entry + "\n", re.M | re.S)
        assert said, entry
        key, text = (
            "".join(ast.literal_eval(line) for line in part.strip().splitlines()) for part in said.groups()
        )
        found[key] = text
    found.pop("")
    return found


def said_in_templates() -> set[str]:
    """Every text that a template asks for."""
    found = set()
    for file in ROOT.rglob("*.html"):
        html = file.read_text("utf-8")
        found |= {match["a"] or match["b"] for match in _TAG.finditer(html)}
        blocks = (match["text"] for match in _BLOCK.finditer(html))
        found |= {re.sub(r"\{\{ *(\w+) *\}\}", r"%(\1)s", block) for block in blocks}
    return found


def said_in_code() -> set[str]:
    """Every text that a module asks for."""
    found = set()
    for file in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
                found.add(ast.literal_eval(node.args[0]))
    return found


def test_every_text_of_the_pages_has_its_english() -> None:
    asked = said_in_templates() | said_in_code()
    assert len(asked) > 400
    texts = source()
    assert sorted(asked - {key for key, text in texts.items() if text.strip()}) == []
    assert sorted(texts.keys() - asked) == []


def test_the_english_is_english() -> None:
    assert [text for text in source().values() if JAPANESE.search(text)] == []


def test_the_compiled_catalogue_is_that_of_its_source() -> None:
    with (CATALOGUE / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert {key: compiled.gettext(key) for key in source()} == source()


def test_what_account_pages_say_otherwise_than_their_makers_is_something_they_say() -> None:
    theirs = (Path(allauth.__path__[0]) / "locale", Path(auth.__path__[0]) / "locale")
    known = {key for folder in theirs for key in catalogue(folder / "ja" / "LC_MESSAGES" / "django.mo")}
    ours = catalogue(CATALOGUE.parents[1] / "ja" / "LC_MESSAGES" / "django.mo")
    assert ours.keys() - known - {""} == set()
    said = (CATALOGUE.parents[1] / "ja" / "LC_MESSAGES" / "django.po").read_text("utf-8")
    assert [text for key, text in ours.items() if key and f'"{text}"' not in said] == []


def catalogue(path: Path) -> dict[Any, str]:
    """A compiled catalogue by its keys; what has a plural is known by a pair."""
    with path.open("rb") as file:
        return dict(gettext.GNUTranslations(file)._catalog)  # type: ignore[attr-defined]


def test_no_template_holds_words_of_its_own() -> None:
    loose = []
    for file in ROOT.rglob("*.html"):
        html = _BLOCK.sub("", _TAG.sub("", file.read_text("utf-8")))
        bare = re.sub(r"\{[%{].*?[%}]\}", "", html)
        loose += [
            (file.name, found)
            for found in re.findall(r"[\u3040-\u309f\u4e00-\u9fff]+", bare)
            if found not in ("日本語",)
        ]
    assert loose == []


def test_every_state_that_a_page_can_show_has_its_word() -> None:
    from sekisho.interfaces.web.places import THINGS

    missing = [
        f"{name}.{state.value}" for name, row in THINGS.items() if row.table
        for state in row.table.states if state.value not in words.STATES[name]
    ]  # fmt: skip
    assert missing == []

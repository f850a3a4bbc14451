"""Documents tell the truth: what they show happens, generated pages are those of the pack, both READMEs agree."""

import re
import shutil

import pytest

import blocks
import generate
import lifecycles
from sekisho.core.rules.model import Action, Expect, Kind, Label, Outcome, Risk, Stage, Status
from sekisho.core.rules.names import name_of
from tree import ROOT, name


@pytest.fixture(scope="session")
def cache(tmp_path_factory):
    """One cache of compiled packs for all documents."""
    return tmp_path_factory.mktemp("cache")


@pytest.mark.parametrize("path", blocks.documents(), ids=name)
def test_a_document_shows_what_happens(path, tmp_path, cache):
    assert shutil.which("bash")
    wrong = [
        f"line {result.step.start + 1}: {result.step.source}\nshown:\n{result.step.want}\nprinted:\n{result.got}"
        for result in blocks.run_document(path, tmp_path, cache)
        if not result.holds
    ]
    assert not wrong, "run `make docs`, then read what changed\n\n" + "\n\n".join(wrong)


def test_the_generated_pages_are_those_of_the_packs():
    assert [name(path) for path, _ in generate.stale_pages()] == [], "run `make docs`"


def test_the_page_of_lifecycles_is_that_of_the_tables():
    assert list(lifecycles.faults()) == []
    assert [name(path) for path, _ in generate.stale_lifecycles()] == [], "run `make docs`"


def test_the_glossary_has_every_name_that_people_are_shown():
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    lists = (Label, Stage, Outcome, Action, Kind, Risk, Status, Expect)
    members = [member for closed in lists for member in closed]
    assert [member for member in members if f"`{member}`" not in glossary] == []
    assert [name for name in (name_of(member, "ja") for member in members) if name not in glossary] == []


def commands(document):
    """Every command of a document: lines of `sh` blocks and `$` lines of `console` blocks."""
    found = []
    for block in blocks.blocks_of((ROOT / document).read_text(encoding="utf-8")):
        if block.language == "sh":
            found += [line.split("#")[0].strip() for line in block.lines if line.strip()]
        elif block.language == "console":
            found += [step.source for step in blocks.console_steps(block)]
    return found


def test_both_readmes_have_the_same_commands_in_the_same_order():
    english, japanese = commands("README.md"), commands("README.ja.md")
    assert [re.sub(r"--lang \w+", "", c) for c in english] == [re.sub(r"--lang \w+", "", c) for c in japanese]


def test_every_link_between_documents_leads_somewhere():
    links = [
        (path, target)
        for path in [*blocks.documents(), *(ROOT / "docs" / "rules").rglob("*.md")]
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
        if "://" not in target
    ]
    assert links
    assert [
        f"{name(path)} -> {target}" for path, target in links if not (path.parent / target).exists()
    ] == []


def test_a_wrong_output_is_noticed_and_corrected(tmp_path, cache):
    document = tmp_path / "wrong.md"
    shown = "```console\n$ echo one; false\n{}\n$ echo $?\n1\n```\n\n```python\n>>> 1 + 1\n{}\n```\n"
    document.write_text(shown.format("two", 3))
    results = blocks.run_document(document, tmp_path / "folder", cache)
    assert [result.holds for result in results] == [False, True, False]
    assert blocks.corrected(document.read_text(), results) == shown.format("one", 2)


def test_a_command_that_ends_the_shell_does_not_hide_the_next(tmp_path, cache):
    document = tmp_path / "ends.md"
    document.write_text("```console\n$ exit 0\n$ echo here\n```\n")
    results = blocks.run_document(document, tmp_path / "folder", cache)
    assert [result.holds for result in results] == [False, False]


def test_an_exception_in_a_document_is_noticed(tmp_path, cache):
    document = tmp_path / "raises.md"
    document.write_text("```python\nraise ValueError('no')\n```\n")
    assert [result.holds for result in blocks.run_document(document, tmp_path / "folder", cache)] == [False]

"""What a newcomer sees first is right: the texts of `make run` and of the README get the verdicts they are there for."""

import pytest

import blocks
import sekisho
from tree import ROOT

EXAMPLES = sorted((ROOT / "examples").glob("*.txt"))
TOLD = ["violation", "clear", "clear", "clear", "violation"]
"""The verdicts that the README tells of, in the order of its `check` commands."""


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_judged_as_its_name_says(path):
    verdict = sekisho.check(path.read_text(encoding="utf-8")).verdict
    assert (verdict == "clear") == ("-clear-" in path.name)


def test_there_are_examples_of_both_kinds_in_both_languages():
    kinds = {(path.name[:2], "-clear-" in path.name) for path in EXAMPLES}
    assert kinds == {("ja", True), ("ja", False), ("en", True), ("en", False)}


@pytest.mark.parametrize("document", ["README.md", "README.ja.md"])
def test_the_readme_shows_the_verdicts_it_tells_of(document):
    words = {"clear": ("clear", "問題なし"), "violation": ("likely violation", "規約違反の可能性が高い")}
    steps = [
        step
        for block in blocks.blocks_of((ROOT / document).read_text(encoding="utf-8"))
        if block.language == "console"
        for step in blocks.console_steps(block)
        if step.source.startswith("sekisho check")
    ]
    assert len(steps) == len(TOLD)
    assert [step.want.startswith(words[verdict]) for step, verdict in zip(steps, TOLD, strict=True)] == [
        True
    ] * 5

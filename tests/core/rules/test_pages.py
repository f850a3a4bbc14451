"""Pages of the documentation made from rules."""

import re
from dataclasses import replace

import pytest

from sekisho.core.rules.engine_classes import ENGINE_CLASSES, ENGINE_GROUPS, RESERVED_PREFIX
from sekisho.core.rules.loader import load_pack
from sekisho.core.rules.model import (
    Action,
    Example,
    Expect,
    Kind,
    Label,
    Level,
    Outcome,
    Risk,
    Sender,
    Stage,
    Status,
)
from sekisho.core.rules.names import name_of
from sekisho.core.rules.pages import index_page, rule_page


@pytest.fixture
def pack(write_pack):
    return load_pack(write_pack())


@pytest.fixture
def rule(pack):
    return pack.rules["invites-to-line"]


@pytest.mark.parametrize(
    ("lang", "headings"),
    [
        (
            "en",
            [
                "# Invites the reader to LINE",
                "## What it finds",
                "## Why it harms",
                "## What to write instead",
                "## What it knowingly misses",
                "## Verdict by stage",
                "## Examples",
                "### found",
                "### left clear",
                "### known to be missed",
                "## Sources",
                "## Since and status",
            ],
        ),
        (
            "ja",
            [
                "# LINEへの誘導",
                "## 何を見つけるか",
                "## なぜ害になるか",
                "## 代わりにどう書くか",
                "## 見逃すと分かっているもの",
                "## 段階ごとの判定",
                "## 例",
                "### 見つける",
                "### 問題なしとする",
                "### 見逃すと分かっている",
                "## 出典",
                "## 収録と状態",
            ],
        ),
    ],
)
def test_a_rule_page_has_its_fixed_headings_in_order(pack, rule, lang, headings):
    assert re.findall("^#+ .*", rule_page(rule, pack, lang), re.MULTILINE) == headings


def test_the_verdict_of_each_stage_stands_in_a_table(pack, rule):
    page = rule_page(rule, pack, "en")
    assert (
        "| Stage | Verdict |\n"
        "| --- | --- |\n"
        "| before the contract | likely violation |\n"
        "| after the contract | likely violation |\n"
        "| contact request approved (the approved tool) | clear |\n"
        "| contact request approved (anything else) | likely violation |\n"
        "\n"
        "- Action, first time: nudge\n"
        "- Action, repeated: hold\n"
    ) in page


def test_an_example_is_shown_with_its_span_and_reason(pack, rule):
    page = rule_page(rule, pack, "en")
    assert (
        "```text\nラインで\n連絡を\n```\n\n"
        "- Context: message, client, contact request approved, approved tools: `zoom`\n"
        "- Shown by: `ラインで`\n"
    ) in page
    assert "- Why: online is not LINE\n" in page


def test_the_risks_the_source_and_the_life_of_a_rule_are_told(pack, rule):
    page = rule_page(rule, pack, "ja")
    assert "- つながる被害：報酬の未払い、詐欺\n" in page
    assert "- The article（確認日：2025-01-31）\n" in page
    assert page.endswith("- 収録：0.1\n- 状態：確立\n- 手口：T01\n- ルール集：`small` 1\n")


def test_an_example_cannot_break_out_of_its_block(pack, rule):
    text = "```\n# not a heading\n````\n<script>"
    hostile = replace(rule, examples=(Example(text, Expect.HIT, span="`<script>\n`"),), sources=())
    page = rule_page(hostile, pack, "en")
    assert f"`````text\n{text}\n`````\n" in page
    assert "- Shown by: `` `<script>↵` ``\n" in page
    assert "## Sources\n\nNone.\n" in page


def test_a_title_cannot_break_a_table(pack, rule):
    odd = replace(rule, title={"ja": "a | b\nc", "en": "a | b\nc"})
    assert "| [a \\| b c](invites-to-line.md) |" in index_page(replace(pack, rules={odd.id: odd}), "ja")


def test_the_index_lists_every_rule_by_label_and_every_label_of_the_table(pack, rule):
    other = replace(rule, id="pays-directly", label=Label.DIRECT_PAYMENT)
    early = replace(rule, id="a-first")
    page = index_page(replace(pack, rules={r.id: r for r in (other, rule, early)}), "en")
    assert re.findall(r"\(([a-z-]+)\.md\)", page) == ["a-first", "invites-to-line", "pays-directly"]
    for label in Label:
        assert f"| {name_of(label, 'en')} | " in page


def test_pages_are_the_same_every_time_and_end_with_a_newline(pack, rule):
    for lang in ("ja", "en"):
        assert rule_page(rule, pack, lang) == rule_page(rule, pack, lang)
        assert rule_page(rule, pack, lang).endswith("\n")
        assert index_page(pack, lang) == index_page(
            replace(pack, rules=dict(reversed(pack.rules.items()))), lang
        )


def test_another_language_is_refused(pack, rule):
    with pytest.raises(ValueError, match="no pages in language 'fr'; there are ja, en"):
        rule_page(rule, pack, "fr")
    with pytest.raises(ValueError, match="'fr'"):
        name_of(Label.DIRECT_PAYMENT, "fr")


@pytest.mark.parametrize("closed", [Action, Expect, Kind, Label, Level, Outcome, Risk, Sender, Stage, Status])
def test_every_member_of_a_closed_list_has_a_name_of_its_own_in_both_languages(closed):
    for lang in ("ja", "en"):
        assert len({name_of(member, lang) for member in closed}) == len(closed)


def test_names_made_by_the_engine_cannot_be_mistaken_for_those_of_a_pack():
    for name in (*ENGINE_CLASSES, *ENGINE_GROUPS):
        assert name.startswith(RESERVED_PREFIX)
    assert not ENGINE_CLASSES.keys() & ENGINE_GROUPS.keys()
    for members in ENGINE_GROUPS.values():
        assert set(members) <= ENGINE_CLASSES.keys()

"""The pages of help: there for everybody, whole in both languages, without dead ends, figures of their own or loose headings."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag

import pytest
from django.test import Client
from tests.site.help.reading import Reading, read

import sekisho
from sekisho.core.detection import check
from sekisho.interfaces import web
from sekisho.interfaces.web.help.book import LANGUAGES, Page, Section, blocks, book
from sekisho.interfaces.web.help.figures import figures
from sekisho.interfaces.web.help.shows import SHOWS

JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
ENGLISH = re.compile(r"(?:\b[a-z]+\b[ ,]+){3}")
HARSH = re.compile(r"違法|犯罪|犯人|詐欺師|\billegal|\bcriminal|\bscam", re.I)
COUNTED = re.compile(
    r"[0-9０-９]+ ?(?:日|時間|件|円|回|年|か月|ヶ月|stars?\b|days?\b|hours?\b|reviews?\b|orders?\b|yen\b)"
)
QUOTED = re.compile(r"「[^」]*」|\"[^\"]*\"")
TEMPLATES = Path(web.__path__[0]) / "templates"
ADDRESSES = ["/help", *(f"/help/{name}" for name in book().pages)]
STORY = [
    {"type": "contract_agreed"}, {"type": "escrow_funded", "amount_yen": 11_000},
    {"type": "contact_request", "by": "client", "tools": ["chatwork"], "purpose": "入稿作業の間の、日々の質問と確認のため。"},
    {"type": "contact_request_approved"},
]  # fmt: skip
AFTER = {"contact_approved": STORY, "completed": [*STORY, {"type": "delivered"}, {"type": "accepted"}]}


def sections() -> list[tuple[Page, Section]]:
    """Every section with its page."""
    return [(page, section) for page in book().pages.values() for section in page.sections]


@pytest.fixture
def pages(db: Any) -> dict[tuple[str, str], Reading]:
    """Every page of help in both languages, as nobody in particular reads it."""
    return {(path, lang): read(path, lang) for path in ADDRESSES for lang in LANGUAGES}


def test_every_page_is_there_for_everybody_in_both_languages(pages: dict[tuple[str, str], Reading]) -> None:
    assert len(pages) == 2 * len(ADDRESSES)


def test_a_page_that_does_not_exist_is_not_found(db: Any) -> None:
    assert Client().get("/help/nonsense").status_code == 404


def test_no_page_of_help_is_of_two_languages(pages: dict[tuple[str, str], Reading]) -> None:
    mixed = [(path, word) for (path, lang), page in pages.items()
             for word in (JAPANESE if lang == "en" else ENGLISH).findall(page.texts[""])]  # fmt: skip
    assert mixed == []


def test_nobody_is_accused(pages: dict[tuple[str, str], Reading]) -> None:
    assert [(where, found) for where, page in pages.items() for found in HARSH.findall(page.texts[""])] == []


def test_headings_are_in_order(pages: dict[tuple[str, str], Reading]) -> None:
    for where, page in pages.items():
        assert page.headings[0] == 1, where
        assert page.headings.count(1) == 1, where
        assert [(where, one, two) for one, two in pairwise(page.headings) if two > one + 1] == []


def test_no_page_names_two_things_alike(pages: dict[tuple[str, str], Reading]) -> None:
    assert [where for where, page in pages.items() if len(set(page.ids)) < len(page.ids)] == []


def test_no_link_of_help_is_dead(pages: dict[tuple[str, str], Reading]) -> None:
    links = {(path, link) for (path, lang), page in pages.items() if lang == "ja" for link in page.links[""]}
    dead = []
    for path, link in links:
        url, anchor = urldefrag(link)
        if url.startswith(("tel:", "https://")):
            continue
        there = pages.get((url or path, "ja"))
        if there is None and Client().get(url).status_code not in (200, 302):
            dead.append((path, link))
        if anchor and (there is None or anchor not in there.ids):
            dead.append((path, link))
    assert dead == []
    assert len(links) > 100


def test_every_page_is_reached_from_the_list_and_by_turning_over(
    pages: dict[tuple[str, str], Reading],
) -> None:
    assert set(ADDRESSES[1:]) <= set(pages["/help", "ja"].links[""])
    for one, two in pairwise(ADDRESSES[1:]):
        assert two in pages[one, "ja"].links[""]
        assert one in pages[two, "ja"].links[""]


def test_every_link_from_a_screen_to_help_leads_somewhere() -> None:
    asked = [
        found
        for file in TEMPLATES.rglob("*.html")
        for found in re.findall(r'\{% help_link "([^"]+)" %\}', file.read_text("utf-8"))
    ]
    assert len(asked) > 8
    for where in asked:
        book().place(where)


def test_nothing_of_the_book_is_missing_in_a_language(db: Any) -> None:
    empty = []
    for lang in LANGUAGES:
        empty += [page.id for page in book().pages.values() if not page.titles[lang] or not page.leads[lang]]
        for page, section in sections():
            if not section.titles[lang] or not (section.texts[lang].strip() or section.show):
                empty.append(f"{page.id}#{section.id}")
    assert empty == []


def test_both_languages_say_a_thing_in_as_many_pieces() -> None:
    uneven = []
    for page, section in sections():
        ja, en = (
            [(block.kind, len(block.lines), len(block.bad)) for block in blocks(section.texts[lang])]
            for lang in LANGUAGES
        )
        if ja != en:
            uneven.append((page.id, section.id, ja, en))
    assert uneven == []


def test_whatever_a_section_shows_is_drawn() -> None:
    used = {section.show for _, section in sections()} - {""}
    assert used == SHOWS.keys()


def test_figures_of_the_policy_are_never_typed() -> None:
    typed = []
    for page, section in sections():
        for lang in LANGUAGES:
            plain = [
                line for block in blocks(section.texts[lang]) if block.kind != "pairs" for line in block.lines
            ]
            said = QUOTED.sub("", " ".join([page.leads[lang], *plain]))
            typed += [(page.id, section.id, found) for found in COUNTED.findall(said)]
    assert typed == []


def test_a_figure_follows_the_policy(db: Any) -> None:
    told = figures("standard")
    written = [file.read_text("utf-8") for file in (Path(web.__path__[0]) / "help").rglob("*.toml")]
    assert {name for text in written for name in re.findall(r"\{(\w+)\}", text)} == told.keys()
    page = read("/help/clients", "en").texts["signs"]
    assert f"fewer than {told['orders']} orders" in page


def test_every_example_is_judged_as_help_says() -> None:
    wrong = []
    for page, section in sections():
        if "off" in section.judged:
            continue
        for lang in LANGUAGES:
            told = [block for block in blocks(section.texts[lang]) if block.kind == "pairs"]
            for clear, lines in (
                (False, [x for b in told for x in b.bad]),
                (True, [x for b in told for x in b.good]),
            ):
                wrong += [
                    (page.id, line) for line in lines
                    if (clear or section.pairs == "lure") and (judged(line, section) == "clear") != clear
                ]  # fmt: skip
    assert wrong == []


def judged(line: str, section: Section) -> str:
    """The verdict on an example where the section places it."""
    if section.pairs == "reply":
        return str(check(line, sender="worker").verdict)
    story = AFTER.get(section.judged.get("after", section.judged.get("stage", "")))
    if story:
        return str(
            sekisho.check_thread([*story, {"type": "message", "sender": "client", "text": line}]).verdict
        )
    kind, stage = section.judged.get("kind", "message"), section.judged.get("stage", "pre_contract")
    return str(check(line, kind=kind, stage=stage).verdict)


def test_the_words_explained_to_people_are_those_of_the_glossary() -> None:
    glossary = (Path(__file__).parents[3] / "docs" / "glossary.md").read_text("utf-8")
    codes = dict(re.findall(r"^\| (\S+) \| (.+?) \|", glossary, re.M))
    wrong = [
        word["ja"]
        for word in book().words
        if not re.search(rf"\b{word['code'].replace('_', '[_ ]')}\b", codes.get(word["ja"], ""))
    ]
    assert wrong == []
    assert len({word["code"] for word in book().words}) == len(book().words) > 20


def test_a_printed_page_leaves_out_what_only_a_screen_needs() -> None:
    page = (TEMPLATES / "web" / "help" / "page.html").read_text("utf-8")
    assert all("noprint" in found for found in re.findall(r"<nav[^>]*>", page))

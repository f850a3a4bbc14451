"""Every point of the article is told by help, in both languages, with a link to the screen that does it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from tests.site.help.reading import read

from sekisho.interfaces.web.help.book import book
from sekisho.interfaces.web.views.helping import screen

LANGUAGES = ("ja", "en")


class Point(NamedTuple):
    """A row of `article.txt`."""

    place: str
    screen: str
    ja: str
    en: str
    what: str


def points() -> list[Point]:
    """The table."""
    lines = Path(__file__).with_name("article.txt").read_text("utf-8").splitlines()
    return [Point(*(cell.strip() for cell in line.split("|"))) for line in lines if line and line[0] != "#"]


def test_every_point_of_the_article_is_told_in_both_languages(db: Any) -> None:
    pages = {(name, lang): read(f"/help/{name}", lang) for name in book().pages for lang in LANGUAGES}
    missing = []
    for point in points():
        name, _, anchor = point.place.partition("#")
        for lang in LANGUAGES:
            told = pages[name, lang].texts.get(anchor, "")
            missing += [
                (point.place, lang, word)
                for word in getattr(point, lang).split()
                if word.lower() not in told.lower()
            ]
    assert missing == []


def test_every_point_leads_to_the_screen_that_does_it(db: Any) -> None:
    wrong = []
    for point in points():
        if point.screen == "-":
            continue
        name, _, anchor = point.place.partition("#")
        url = screen(point.screen)
        if url and url not in read(f"/help/{name}", "ja").links[anchor]:
            wrong.append((point.place, point.screen))
    assert wrong == []
    assert {point.screen for point in points()} - {"-"} == book().screens.keys()


def test_every_section_of_the_book_is_in_the_table() -> None:
    told = {point.place for point in points()}
    sections = {f"{page.id}#{section.id}" for page in book().pages.values() for section in page.sections}
    assert sections - told == set()
    assert {place for place in told if "#" in place} - sections == set()


def test_the_numbered_lists_of_the_article_are_whole() -> None:
    whole = book()
    assert len([page for page in whole.pages.values() if page.group == "patterns"]) == 5
    sizes = {"today": 3, "faq": 10, "before-contract": 4, "after-contract": 3, "contact-request-abuse": 4}
    assert {name: len(whole.pages[name].sections) for name in sizes} == sizes
    by_page = {name: [p for p in points() if p.place.startswith(f"{name}#")] for name in sizes}
    assert {name: len({p.place for p in rows}) for name, rows in by_page.items()} == sizes

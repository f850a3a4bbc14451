"""Pages of help as a reader meets them: their sections, headings and links. For the tests of this folder."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser

from django.test import Client

VOID = {"meta", "link", "input", "br", "img"}


class Reading(HTMLParser):
    """What stands in `<main>`: the text of each section (`""` for all of it), headings in order, links by section."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.texts: dict[str, str] = {"": ""}
        self.links: dict[str, list[str]] = {"": []}
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids += [given["id"]] if given.get("id") else []
        if not self.within and tag != "main":
            return
        section = given["id"] if tag == "section" else self.open[-1][1] if self.open else ""
        if tag == "section":
            self.texts[section], self.links[section] = "", []
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "a":
            for name in {"", section}:
                self.links[name].append(given["href"])
        if tag not in VOID:
            self.open.append((tag, section))

    def handle_endtag(self, tag: str) -> None:
        if self.open and tag not in VOID:
            assert self.open.pop()[0] == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        for name in {"", self.open[-1][1]} if self.open else ():
            self.texts[name] += " ".join(data.split()) + " "

    @property
    def within(self) -> bool:
        """Whether the place is inside `<main>`."""
        return bool(self.open)


@cache
def read(path: str, lang: str) -> Reading:
    """A page as nobody in particular reads it; it must be there. Read once: nothing that is stored changes it."""
    answer = Client().get(path, headers={"accept-language": lang})
    assert answer.status_code == 200, f"{path} in {lang}: {answer.status_code}"
    return Reading(answer.content.decode())

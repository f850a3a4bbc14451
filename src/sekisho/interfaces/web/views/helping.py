"""Help: the list of its pages, and each of them. Open to all; nothing is asked and nothing stored."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.urls.converters import StringConverter

from sekisho.interfaces.web.doors import Page
from sekisho.interfaces.web.help.book import Book, Section, book, filled
from sekisho.interfaces.web.help.figures import figures
from sekisho.interfaces.web.help.shows import LISTS, SHOWS
from sekisho.interfaces.web.words import lang
from sekisho.market.judging.packs import pack
from sekisho.market.kernel.actors import Actor


class PageName(StringConverter):
    """The name of a page in an address; other words after `/help/` are left to whoever takes them."""

    regex = "|".join(book().pages)


class Index(Page):
    """All pages in their groups."""

    template = "web/help/index.html"
    open_to_all = True

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """Group titles with their pages."""
        all_of_it, told = book(), figures(pack())
        return {"groups": [
            (title[lang()], [(page.id, page.titles[lang()], filled(page.leads[lang()], told))
                             for page in all_of_it.pages.values() if page.group == name])
            for name, title in all_of_it.groups.items()
        ]}  # fmt: skip


class Show(Page):
    """One page of the book."""

    template = "web/help/page.html"
    open_to_all = True

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """Its sections in the reader's language, and the pages before and after."""
        all_of_it, live = book(), pack()
        page = all_of_it.pages[where["page"]]
        told, order = figures(live), list(all_of_it.pages.values())
        at = order.index(page)
        return {
            "title": page.titles[lang()], "lead": filled(page.leads[lang()], told),
            "group": all_of_it.groups[page.group][lang()],
            "sections": [_set(section, all_of_it, told, live) for section in page.sections],
            "before": order[at - 1] if at else None, "after": order[at + 1] if at + 1 < len(order) else None,
        }  # fmt: skip


def _set(section: Section, whole: Book, told: dict[str, object], live: str) -> dict[str, Any]:
    """A section as its template wants it."""
    show = section.show
    screens = [(screen(name), whole.screens[name][lang()]) for name in section.go]
    return {
        "id": section.id, "title": section.titles[lang()], "blocks": section.blocks(lang(), told), "pairs": section.pairs,
        "show": show and f"web/help/{'list' if show in LISTS else show}.html", "shown": SHOWS[show](live) if show else None,
        "screens": [(url, said) for url, said in screens if url],
        "see": [(where, titled(where)) for where in section.see],
    }  # fmt: skip


def screen(name: str) -> str:
    """The address of a screen that needs no thing to be about, or nothing where this site has none of that name."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def titled(where: str) -> str:
    """What a place of the book is called. Raises `KeyError` for one that is not there."""
    page, section = book().place(where)
    return (section or page).titles[lang()]

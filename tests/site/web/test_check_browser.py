"""The check page in a real browser: an answer within ten seconds on a phone, without scripts too, for everybody."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from tests.site.web.browsing import chromium, serving
from tests.site.web.drawing import screenshot

LURE = "はじめまして。詳しい内容はLINEでお話ししたいので、IDを教えていただけますか？登録料として先に5,000円をお願いします。"
WORDS = {
    "ja-JP": ("規約違反の可能性が高い内容です", "この文をコピーする", "報告の下書き"),
    "en-US": ("This most likely breaks the rules", "Copy this sentence", "Draft of a report"),
}
KEEP = os.environ.get("SEKISHO_SCREENSHOTS", "")
"""A folder in which pictures of the pages are kept."""


@pytest.fixture
def site(committed: Any) -> Iterator[str]:
    """The site itself, its rules loaded as after the first answer; yields its address."""
    Client().post("/", {"text": LURE})
    with serving() as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One Chromium for all tests of this file."""
    from playwright.sync_api import sync_playwright

    connections.close_all()  # those of before cannot be reached from within the loop, and would keep a database from being copied
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps a loop in this thread; the tests themselves use the database before and after it, not within.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=chromium(), args=options)
        yield browser
        browser.close()


class Visit:
    """One visitor with a browser of her own; `outside` are requests that left the site, `refused` what the policy stopped."""

    def __init__(
        self, browser: Any, site: str, *, width: int = 390, lang: str = "ja-JP", **options: Any
    ) -> None:
        self.site, self.outside, self.refused = site, [], []  # type: tuple[str, list[str], list[str]]
        self.context = browser.new_context(viewport={"width": width, "height": 844}, locale=lang, **options)
        self.page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.page.on("request", self._asked)
        self.page.on("console", lambda said: self.refused.append(said.text) if said.type == "error" else None)
        self.page.goto(site + "/")

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self.site, "data:", "blob:")):
            self.outside.append(request.url)

    def ask(self, text: str, kind: str = "message") -> str:
        """Fill in and press; returns the words of the answer."""
        self.page.locator(f"label:has(> [name=kind][value={kind}])").click()
        self.page.fill("#text", text)
        self.page.click("button.go")
        self.page.wait_for_selector("#verdict")
        return str(self.page.locator("main").inner_text())

    def keep(self, name: str) -> None:
        """A picture of the page for people to look at, where that is asked for."""
        if KEEP:
            self.page.screenshot(path=str(Path(KEEP) / f"{name}.png"), full_page=True)

    def wide(self) -> int:
        """Pixels that the page is wide."""
        return int(self.page.evaluate("document.documentElement.scrollWidth"))


@pytest.fixture
def visit(browser: Any, site: str) -> Iterator[Callable[..., Visit]]:
    """Opens the front page; what was opened is closed before the site is, which waits for its last reader."""
    visits: list[Visit] = []

    def opened(**options: Any) -> Visit:
        visits.append(Visit(browser, site, **options))
        return visits[-1]

    yield opened
    for one in visits:
        one.context.close()


@pytest.mark.parametrize("lang", WORDS)
def test_a_message_has_its_answer_and_the_next_step_within_ten_seconds_on_a_phone(
    visit: Callable[..., Visit], lang: str
) -> None:
    begun = time.monotonic()
    her = visit(lang=lang)
    words = her.ask(LURE)
    taken = time.monotonic() - begun
    in_sight = her.page.locator("#verdict").bounding_box(), her.page.locator("#refusal-1").bounding_box()
    her.keep(f"check-answer-{lang}")
    assert [word in words for word in WORDS[lang]] == [True] * 3
    assert [box is not None and box["y"] < 844 for box in in_sight] == [True, True]
    assert (taken < 10, her.outside, her.refused) == (True, [], [])


def test_a_tap_copies_a_refusal(visit: Callable[..., Visit]) -> None:
    her = visit(permissions=["clipboard-read", "clipboard-write"])
    her.ask(LURE)
    refusal = her.page.locator("#refusal-1").inner_text()
    her.page.click("[data-copy=refusal-1]")
    her.page.wait_for_selector("[data-copy=refusal-1].done")
    assert her.page.evaluate("navigator.clipboard.readText()") == refusal


def test_a_tap_on_the_evidence_leads_to_its_reason(visit: Callable[..., Visit]) -> None:
    her = visit()
    her.ask(LURE)
    her.page.locator("a.ev").first.click()
    assert her.page.locator(".reasons > li:target").count() == 1
    assert her.page.locator(".reasons > li:target").bounding_box()["y"] < 844


@pytest.mark.parametrize("kind", ["message", "posting"])
def test_it_all_works_without_scripts(visit: Callable[..., Visit], kind: str) -> None:
    her = visit(java_script_enabled=False)
    assert not her.page.locator("#paste").is_visible()
    words = her.ask(LURE, kind)
    assert WORDS["ja-JP"][0] in words
    assert not her.page.locator("[data-copy=refusal-1]").is_visible()
    with her.page.expect_download() as report:
        her.page.click("form[action$='/check/report'] button:visible")
    assert "先に5,000円" in Path(report.value.path()).read_text("utf-8-sig")


def test_a_screenshot_that_is_dropped_in_is_read(visit: Callable[..., Visit], tmp_path: Path) -> None:
    her = visit()
    picture = tmp_path / "a.png"
    picture.write_bytes(screenshot("詳細はLINEでお伝えします。", "IDを教えてください。"))
    her.page.set_input_files("#picture", picture)
    her.page.click("button.go", timeout=60_000)
    her.page.wait_for_selector("#verdict", timeout=60_000)
    assert WORDS["ja-JP"][0] in her.page.locator("main").inner_text()
    assert her.page.locator("mark").count() > 0


def test_judging_while_typing_is_asked_for_and_remembered_in_the_browser_alone(
    visit: Callable[..., Visit],
) -> None:
    her = visit()
    sent: list[str] = []
    her.page.on("request", lambda request: sent.append(request.url) if "/check/live" in request.url else None)
    her.page.fill("#text", LURE)
    her.page.wait_for_timeout(1_000)
    assert sent == []
    her.page.check("#live")
    her.page.wait_for_selector("#live-said .verdict")
    assert len(sent) == 1
    kept = her.page.evaluate("JSON.stringify([localStorage, sessionStorage, document.cookie])")
    her.page.reload()
    assert her.page.is_checked("#live")
    assert "LINE" not in kept


def test_the_picture_to_share_is_made_in_the_browser_and_holds_no_text_of_hers(
    visit: Callable[..., Visit],
) -> None:
    her = visit()
    her.ask(LURE)
    her.page.locator("details:has(#card) > summary").click()
    with her.page.expect_download() as made:
        her.page.click("#share")
    assert Path(made.value.path()).read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    drawn = her.page.evaluate("fetch(document.getElementById('card').src).then(answer => answer.text())")
    assert not any(part in drawn for part in ("はじめまして", "5,000", "ID"))
    assert "規約違反の可能性が高い内容です" in drawn


STATES = {
    "front": lambda her: her.keep("check-front"),
    "answer": lambda her: her.ask(LURE),
    "clear": lambda her: her.ask("承知しました。明日までに納品いたします。"),
    "posting": lambda her: her.ask(
        "スマホだけで月50万円稼げます。20代女性限定。詳細は応募後に説明します。", "posting"
    ),
    "thread": lambda her: her.ask(
        "自分：サイト上でお願いします。\n相手：LINEのIDを教えてください。", "thread"
    ),
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_nobody_is_kept_out(visit: Callable[..., Visit], state: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    her = visit(width=360, color_scheme=scheme, bypass_csp=True)
    STATES[state](her)
    her.page.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true")
    her.page.wait_for_timeout(300)  # colours that fade in have their end
    found = Axe().run(her.page, options={"resultTypes": ["violations"]})
    her.keep(f"check-{state}-{scheme}")
    assert her.wide() <= 360
    assert [(one["id"], one["nodes"][0]["html"]) for one in found.response["violations"]] == []

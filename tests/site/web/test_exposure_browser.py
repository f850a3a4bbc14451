"""On a phone whose browser runs no script: from the front page to the printed document, without an account."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from tests.site.web.browsing import chromium
from tests.site.web.test_browser import site

__all__ = ["site"]


@pytest.mark.parametrize(("lang", "words"), [
    ("ja-JP", ("渡してしまった情報の記録", "電話番号", "30,000円", "188")),
    ("en-US", ("Record of information given away", "Phone number", "¥30,000", "188")),
])  # fmt: skip
def test_whoever_gave_something_away_gets_a_plan_and_a_document_to_print(
    site: str, tmp_path: Path, lang: str, words: tuple[str, ...]
) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        view = {"width": 390, "height": 844}
        page = browser.new_context(viewport=view, locale=lang, java_script_enabled=False).new_page()
        elsewhere: list[str] = []
        page.on("request", lambda sent: elsewhere.append(sent.url) if not sent.url.startswith(site) else None)
        page.goto(site)
        page.locator('main a[href="/help/exposure"]').click()
        for kind in ("phone", "money"):
            page.check(f'input[value="{kind}"]')
        page.fill("input[name^=amount_yen]", "30,000")
        page.locator("main form button").click()
        assert page.locator('a[href^="tel:"]').count() > 3
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        page.pdf(path=str(tmp_path / "paper.pdf"), format="A4")
        browser.close()
    paper: Any = pypdfium2.PdfDocument(tmp_path / "paper.pdf")
    printed = "".join(paper[number].get_textpage().get_text_range() for number in range(len(paper)))
    assert [word for word in words if word not in printed] == []
    assert elsewhere == []

"""A whole job in a real browser: two people sign up, meet, are held back from going outside, and are paid."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from tests.site.web.browsing import chromium, serving

from sekisho.market.contracts.models import Contract
from sekisho.market.messaging.models import Message
from sekisho.market.people.models import Account

PASSWORD = "tsukiyo-no-kasa-2026"


@pytest.fixture
def site(committed: Any) -> Iterator[str]:
    """The site itself over a database of its own; yields its address."""
    operator = Account.objects.create_user(
        "kancho@example.com",
        PASSWORD,
        display_name="館長",
        is_worker=False,
        is_operator=True,
        is_moderator=True,
    )
    EmailAddress.objects.create(user=operator, email=operator.email, verified=True, primary=True)
    with serving() as address:
        yield address


class Person:
    """One person at a browser of his own."""

    def __init__(self, browser: Any, site: str, width: int = 1280) -> None:
        self.site = site
        self.page = browser.new_context(viewport={"width": width, "height": 900}, locale="ja-JP").new_page()
        self.page.set_default_timeout(20_000)
        self.refused: list[str] = []
        self.page.on(
            "console",
            lambda said: self.refused.append(said.text) if "Content Security" in said.text else None,
        )

    def go(self, path: str) -> None:
        """Open a page."""
        self.page.goto(self.site + path)

    def fill(self, **fields: str) -> None:
        """Fill fields by their names."""
        for name, value in fields.items():
            self.page.locator(f"[name={name}]:visible").first.fill(value)

    def press(self, words: str) -> None:
        """Press the button that says this."""
        self.page.locator("main button:visible", has_text=words).last.click()
        self.page.wait_for_load_state()

    def act(self, act: str) -> None:
        """Press the button of an act, wherever it leads."""
        self.page.locator(f'form[action$="/{act}"] button').first.click()
        self.page.wait_for_load_state()

    def text(self) -> str:
        """What the page says."""
        return str(self.page.locator("main").inner_text())

    def sign_up(self, name: str, handle: str, comes_as: str) -> None:
        """Sign up, with the code out of the letter."""
        self.go("/accounts/signup/")
        self.fill(email=f"{handle}@example.com", display_name=name, password1=PASSWORD, password2=PASSWORD)
        self.page.select_option("[name=comes_as]", comes_as)
        self.press("登録")
        letters = self.page.context.new_page()
        letters.goto(self.site + "/outbox")
        letter = letters.locator("details", has_text=f"{handle}@example.com").first
        code = re.search(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", letter.text_content(), re.M)
        letters.close()
        assert code
        self.fill(code=code[1])
        self.page.locator("main form button[type=submit]").first.click()
        self.page.wait_for_url("**/home")

    def log_in(self, email: str) -> None:
        """Log in."""
        self.go("/accounts/login/")
        self.fill(login=email, password=PASSWORD)
        self.press("ログイン")


def funded(client: Person, worker: Person, house: Person) -> str:
    """Offer, agreement, deposit and funding; returns the contract's path."""
    client.page.get_by_role("button", name="契約を申し込む").first.click()
    client.fill(title="紹介文10本", terms="10本、各400字。", price_yen="10,000")
    client.press("申し込む")
    path = "/contracts/" + client.page.url.rsplit("/", 1)[1]
    worker.go(path)
    assert "作業はまだ始められません" in worker.text()
    worker.act("agree")
    house.log_in("kancho@example.com")
    house.go("/house/deposits")
    house.fill(amount="11000", reference="20261124-1")
    house.press("入金を記録する")
    client.go(path)
    client.act("fund")
    return path


def test_a_job_runs_from_signing_up_to_acceptance_in_a_browser(site: str) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=chromium(), args=options)
        client, worker, house = Person(browser, site), Person(browser, site, width=390), Person(browser, site)
        client.sign_up("株式会社あおば", "aoba", "client")
        client.go("/jobs/new")
        client.fill(title="商品紹介文のライティング 10本", pay_text="1本 1,000円",
                    body="通販サイトに載せる商品紹介文を10本お願いします。1本400字程度、納期は2週間です。")  # fmt: skip
        client.press("掲載する")
        job = client.page.url.removeprefix(site)
        worker.sign_up("花子", "hanako", "worker")
        worker.go(job)
        worker.page.get_by_role("button", name="応募する").click()
        worker.fill(text="通販の紹介文を書いてきました。よろしくお願いします。")
        worker.press("応募する")
        deal = worker.page.url.removeprefix(site)
        client.go(job)
        client.act("choose")
        client.go(deal)
        client.fill(text="詳細はLINEでお伝えします。IDを教えてください。")
        client.press("送る")
        assert "送信する前に、ご確認ください" in client.text()
        worker.go(deal)
        assert "IDを教えて" not in worker.text()
        client.go(deal)
        path = funded(client, worker, house)
        worker.go(path)
        worker.fill(note="10本納品いたします。")
        worker.act("deliver")
        wide = worker.page.evaluate("document.documentElement.scrollWidth")
        client.go(path)
        client.act("accept")
        ended = client.text()
        blocked = client.refused + worker.refused + house.refused
        browser.close()
    assert ("完了しました" in ended, wide <= 390, blocked) == (True, True, [])
    assert (Contract.objects.get().state, Message.objects.get().state) == ("completed", "nudged")

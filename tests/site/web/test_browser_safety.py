"""From a solicitation to the reversal in a real browser: client, worker, moderator, second person and who decides the appeal."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from typing import Any

from allauth.account.models import EmailAddress
from django.db import connections
from tests.market.stage import LURE
from tests.site.web.browsing import chromium
from tests.site.web.test_browser import PASSWORD, Person, site

from sekisho.market.deals import log
from sekisho.market.kernel import outbox
from sekisho.market.kernel.ids import new_id
from sekisho.market.people.models import Account
from sekisho.market.safety.models import Case, Report

__all__ = ["site"]
REASON = "契約の前に、メッセージでLINEへの移動を求めたことを確認しました。"


def person(name: str, handle: str, **roles: bool) -> Account:
    """An account that can log in."""
    account = Account.objects.create_user(f"{handle}@example.com", PASSWORD, display_name=name, **roles)
    EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    return account


def beside(what: Callable[[], Any]) -> None:
    """Do something with the database while a browser is open: its event loop keeps Django's own thread from doing so."""

    def run() -> None:
        what()
        connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()


def solicited(client: Person, deal: str) -> None:
    """Held back first, then sent all the same."""
    client.log_in("aoba@example.com")
    client.go(deal)
    client.fill(text=LURE)
    client.press("送る")
    assert "送信する前に、ご確認ください" in client.text()
    client.press("このまま送る")


def reported(worker: Person, deal: str) -> None:
    """She is warned, and reports the message of the record."""
    worker.log_in("hanako@example.com")
    worker.go(deal)
    assert "応じる必要はありません" in worker.text()
    worker.go("/reports/new")
    worker.page.get_by_role("button", name="報告する").first.click()
    worker.page.locator(".pick label", has_text="LINE").locator("input").check()
    worker.page.locator("label", has_text="電話番号").locator("input").check()
    worker.fill(text="断っても続きました。")
    assert worker.page.evaluate("document.documentElement.scrollWidth") <= 390
    worker.press("違反報告を送る")
    assert "これからの流れ" in worker.text()


def decided(moderator: Person, second: Person) -> None:
    """By keys alone to the case; the ban waits for the second person."""
    moderator.log_in("minarai@example.com")
    moderator.go("/house/cases")
    moderator.page.keyboard.press("j")
    moderator.page.keyboard.press("Enter")
    moderator.page.wait_for_url(re.compile(r"/house/cases/[0-9a-f-]{36}"))
    assert "断っても続きました" not in moderator.text()
    moderator.page.keyboard.press("c")
    moderator.page.wait_for_selector("#decide")
    assert "断っても続きました" in moderator.text()
    moderator.page.locator("label.quote", has_text="引用").locator("input").first.check()
    moderator.page.check("[name=breach][value=yes]")
    moderator.page.check("[name=sanction][value=ban]")
    assert moderator.page.locator(".when-second").is_visible()
    moderator.fill(public_reason=REASON, private_note="記録と一致。")
    moderator.press("この内容で判断する")
    assert "2人目の確認待ち" in moderator.text()
    second.log_in("daini@example.com")
    second.go("/house/cases?view=second")
    second.page.locator("[data-row]").first.click()
    second.page.wait_for_load_state()
    second.press("2人目として確認し、実施する")
    assert "実施済み" in second.text()


def appealed(client: Person) -> str:
    """The letter's link works without logging in; returns its path."""
    letters = client.page.context.browser.new_context(locale="ja-JP").new_page()
    letters.goto(client.site + "/outbox")
    written = letters.locator("body").text_content() or ""
    found = re.search(r"/appeals/[0-9A-Za-z_:-]+", written)
    assert found, written[-2000:]
    letters.goto(client.site + found[0])
    assert REASON in letters.locator("main").inner_text()
    letters.locator("[name=text]").fill("社内の連絡と取り違えて送りました。")
    letters.locator("main button", has_text="異議を申し立てる").click()
    letters.wait_for_load_state()
    assert "受付済み・確認中" in letters.locator("main").inner_text()
    return found[0]


def upheld(decider: Person) -> None:
    """Somebody else decides."""
    decider.log_in("kancho@example.com")
    decider.go("/house/appeals")
    decider.page.locator("[data-row]").first.click()
    decider.page.wait_for_load_state()
    decider.page.locator("summary", has_text="異議を認める（").click()
    decider.fill(because="前後の記録から、取り違えと認められます。")
    decider.press("異議を認める")
    assert "取り消し" in decider.text()


def test_a_solicitation_goes_to_a_report_a_decision_an_appeal_and_a_reversal_in_a_browser(site: str) -> None:
    from playwright.sync_api import sync_playwright

    client, worker = person("株式会社あおば", "aoba", is_client=True, is_worker=False), person("花子", "hanako")
    for name, handle in (("見習", "minarai"), ("第二", "daini")):
        person(name, handle, is_worker=False, is_moderator=True)
    deal = f"/deals/{log.open_deal(client.id, worker.id, new_id(), '紹介文').id}"
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=chromium(), args=options)
        at = {name: Person(browser, site) for name in ("client", "moderator", "second", "decider")}
        at["worker"] = Person(browser, site, width=390)
        solicited(at["client"], deal)
        reported(at["worker"], deal)
        beside(lambda: outbox.deliver(1000))
        decided(at["moderator"], at["second"])
        beside(lambda: outbox.deliver(1000))
        path = appealed(at["client"])
        upheld(at["decider"])
        at["client"].go(path)
        told = at["client"].text()
        at["worker"].go("/reports")
        outcome = at["worker"].text()
        blocked = [words for one in at.values() for words in one.refused]
        browser.close()
    assert ("この判断は取り消されました" in told, "違反は確認できませんでした" in outcome, blocked) == (True, True, [])
    assert (Case.objects.get().state, Report.objects.get().state) == ("reversed", "dismissed")
    assert Account.objects.get(pk=client.pk).standing == "good"

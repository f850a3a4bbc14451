"""The house in numbers, and the public report in which nobody can be found."""

from __future__ import annotations

from django.core.cache import cache
from django.test import Client
from tests.market.stage import Stage
from tests.site.web.reported import Browsers, decided, text

from sekisho.market.safety.policy import policy


def shown(browser: Client) -> str:
    """The public report."""
    return text(browser, "/transparency").split("<main")[1].split("</main>")[0]


def test_the_numbers_have_a_chart_a_table_beside_it_and_a_file(stage: Stage, browsers: Browsers) -> None:
    decided(stage, browsers)
    page = text(browsers["minarai"], "/house/numbers?days=7")
    assert '<rect class="s0"' in page
    assert "表で見る" in page
    file = browsers["minarai"].get("/house/numbers.csv?days=7")
    assert "reports,channel_solicitation,1" in file.content.decode("utf-8-sig")
    assert browsers["aoba"].get("/house/numbers").status_code == 404


def test_the_public_report_is_of_periods_that_are_over_only(stage: Stage, browsers: Browsers) -> None:
    nobody = Client()
    before = shown(nobody)
    decided(stage, browsers)
    cache.clear()
    assert shown(Client()) == before
    assert nobody.get("/transparency?period=2999-01").status_code == 404
    assert nobody.get("/transparency.json").json()["reports"]["other"] == "<5"


def test_the_reminder_of_a_break_knows_its_minutes_on_every_page_of_the_console(browsers: Browsers) -> None:
    for place in ("/house/cases", "/house/appeals", "/house/numbers", "/house/bulk"):
        page = browsers["minarai"].get(place).content.decode()
        assert f'data-minutes="{policy().break_minutes}"' in page, place

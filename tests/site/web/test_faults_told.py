"""A page and an operation that fail write where in the code it was, without the words that were sent."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

from api_callers import of
from sekisho.config.logs import Frames
from sekisho.market.jobs.models import JobQuerySet

SECRET = "ヒミツ"


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What goes to standard error."""
    out = StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(Frames("%(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)
    yield out
    logging.getLogger().removeHandler(handler)


def broken(*_args: Any, **_named: Any) -> Any:
    raise ValueError(f"fault over {SECRET}")


@pytest.mark.parametrize("path", ["/jobs", "/api/v1/jobs"])
def test_a_fault_is_in_the_log_and_what_was_asked_is_not(
    cast: dict[str, Any], log: StringIO, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr(JobQuerySet, "visible_to", broken)
    token = of(cast["hanako"]).token
    assert token
    browser = Client(raise_request_exception=False, headers={"Authorization": f"Bearer {token}"})
    assert browser.get(path, {"q": SECRET}).status_code == 500
    text = log.getvalue()
    assert "builtins.ValueError" in text
    assert " broken" in text
    assert SECRET not in text
    assert token not in text


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "500", "web/unavailable"])
def test_a_page_of_a_fault_needs_neither_database_nor_request(name: str, lang: str) -> None:
    with translation.override(lang):
        page = render_to_string(f"{name}.html", {"words": "…"})
    said = page.replace("せきしょ", "")
    assert (f'lang="{lang}"' in page, page.count("<h1>"), any("ぁ" <= letter <= "ん" for letter in said)) == (
        True, 1, lang == "ja",
    )  # fmt: skip


def test_what_is_not_there_is_a_designed_page_with_a_way_on(browsers: dict[str, Client]) -> None:
    page = browsers["hanako"].get("/house")
    assert (page.status_code, "見つかりませんでした" in page.content.decode(), 'href="/home"' in page.content.decode()) == (
        404, True, True,
    )  # fmt: skip


def test_the_menu_leads_a_worker_to_reports_records_and_files_and_staff_to_the_console(browsers: dict[str, Client]) -> None:
    worker, moderator = (browsers[who].get("/home").content.decode() for who in ("hanako", "minarai"))
    own = ("/reports", "/exposure", "/me/files", "/money", "/me", "/notices")
    assert all(f'href="{path}"' in worker for path in own)
    assert ('href="/house/cases"' in worker, 'href="/house/cases"' in moderator) == (False, True)

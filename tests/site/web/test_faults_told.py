"""A page and an operation that fail write where in the code it was, without the words that were sent."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.test import Client

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

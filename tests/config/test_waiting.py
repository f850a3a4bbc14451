"""A background process that is begun before its database waits for it; a single run and a wrong address do not."""

from __future__ import annotations

from typing import Any

import pytest

from sekisho.config import site
from sekisho.config.database import BadUrl, NoAnswer

TRIES = 3


@pytest.fixture
def opening(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The database answers at the third try."""
    tried: list[str] = []

    def attempt(**_asked: bool) -> Any:
        tried.append("try")
        if len(tried) < TRIES:
            raise NoAnswer("nobody answers")
        return "database"

    monkeypatch.setattr(site, "open_database", attempt)
    monkeypatch.setattr(site, "PAUSE_SECONDS", 0.001)
    return tried


def test_it_is_waited_for_while_there_is_patience(
    opening: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    assert site._database(False, lambda: True) == "database"
    assert len(opening) == TRIES
    assert caplog.text.count("no database yet") == TRIES - 1


@pytest.mark.usefixtures("opening")
def test_without_patience_the_first_failure_is_told() -> None:
    for patient in (None, lambda: False):
        with pytest.raises(NoAnswer):
            site._database(False, patient)


def test_an_address_that_cannot_be_read_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def attempt(**_asked: bool) -> Any:
        raise BadUrl("no URL")

    monkeypatch.setattr(site, "open_database", attempt)
    with pytest.raises(BadUrl):
        site._database(False, lambda: True)

"""Browsers for the tests of pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client


def logged_in(account: Any) -> Client:
    """A browser of one of the cast."""
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def browsers(cast: dict[str, Any]) -> dict[str, Client]:
    """A browser for each of the cast, and one of nobody."""
    return {name: logged_in(account) for name, account in cast.items()} | {"nobody": Client()}

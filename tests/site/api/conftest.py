"""Who calls in the tests of the API."""

from __future__ import annotations

from typing import Any

import pytest

from api_callers import Caller, of


@pytest.fixture
def callers(cast: dict[str, Any]) -> dict[str, Caller]:
    """One for each of the cast, and `nobody`."""
    return {name: of(account) for name, account in cast.items()} | {"nobody": Caller(None)}

"""These tests bring databases and processes of their own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def db() -> Iterator[None]:
    """Not the database of the other tests."""
    yield


@pytest.fixture(autouse=True)
def data_dir() -> Iterator[None]:
    """Processes are told their folder through the environment."""
    yield

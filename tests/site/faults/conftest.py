"""These tests bring databases and processes of their own."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def db() -> None:
    """Not the database of the other tests."""


@pytest.fixture(autouse=True)
def data_dir() -> None:
    """Processes are told their folder through the environment."""

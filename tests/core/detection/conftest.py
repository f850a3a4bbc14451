"""What the tests of detection share: a bench for small packs, and a cache folder that is the test's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sekisho.core.detection import library
from tests.core.detection.making import Bench


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """Writes small packs below the test's folder."""
    return Bench(tmp_path / "pack")


@pytest.fixture
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty cache folder, and no judges remembered from other tests."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("SEKISHO_CACHE_DIR", str(folder))
    _forget()
    yield folder
    _forget()


def _forget() -> None:
    library._load.cache_clear()
    library._judge_of.cache_clear()

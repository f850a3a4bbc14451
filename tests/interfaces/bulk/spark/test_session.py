"""What a user is told where Spark cannot run."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from sekisho.interfaces.bulk.errors import ScanError
from sekisho.interfaces.bulk.spark.session import require


@pytest.fixture(autouse=True)
def _not_under_submit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYSPARK_GATEWAY_PORT", raising=False)


@pytest.mark.parametrize("missing", ["pyspark", "pandas"])
def test_without_its_libraries_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == missing else found(name))
    with pytest.raises(ScanError, match=f"{missing}, which is not installed") as caught:
        require()
    assert "sekisho[spark]" in caught.value.hint


def test_without_java_it_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ScanError, match="needs Java"):
        require()
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(ScanError, match="JAVA_HOME"):
        require()

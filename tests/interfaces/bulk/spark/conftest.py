"""One Spark session for all tests of this folder; without Java they are skipped and say so."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


@pytest.fixture(scope="session")
def spark(_own_cache: None) -> Iterator[SparkSession]:
    """A session with two cores; executors compile into the cache of the tests."""
    if not os.environ.get("JAVA_HOME") and shutil.which("java") is None:
        pytest.skip("Spark cannot run without Java 17 or newer")
    from sekisho.interfaces.bulk.spark.session import session

    with session("local[2]") as started:
        yield started

"""That a scan holds no more for a million rows than for ten thousand."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from .conftest import many, write

PEAK = """
import resource, sys
from pathlib import Path
from sekisho.interfaces.bulk.scan import scan
scan(Path(sys.argv[1]), Path(sys.argv[2]), pack=sys.argv[3], processes=1)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def peak(source: Path, target: Path, pack: str) -> int:
    """Peak memory of a scan in kB."""
    done = subprocess.run(
        [sys.executable, "-c", PEAK, source, target, pack], capture_output=True, text=True, check=True
    )
    return int(done.stdout)


@pytest.mark.long
@pytest.mark.parametrize("suffix", ["jsonl", "csv", "parquet"])
def test_memory_is_flat_from_ten_thousand_to_a_million_rows(
    tmp_path: Path, tiny_pack: str, suffix: str
) -> None:
    small = write(tmp_path / f"small.{suffix}", many(10_000))
    large = tmp_path / f"large.{suffix}"
    if suffix == "parquet":
        pq.write_table(pa.Table.from_pylist(many(1_000_000)), large)
    else:
        write(large, many(1_000_000))
    few, lots = (peak(source, tmp_path / f"out.{suffix}", tiny_pack) for source in (small, large))
    assert lots < few + 60_000

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from sekisho.interfaces.bulk.errors import ScanError
from sekisho.interfaces.bulk.lock import only_one
from sekisho.interfaces.bulk.scan import Progress, scan

from .conftest import many, write

HOLDS = """
import sys, time
from pathlib import Path
from sekisho.interfaces.bulk.lock import only_one
with only_one(Path(sys.argv[1])):
    print(flush=True)
    time.sleep(60)
"""


def test_a_second_scan_into_an_output_is_refused_and_the_first_goes_on(tmp_path: Path, tiny_pack: str) -> None:
    source, target = write(tmp_path / "in.jsonl", many(30)), tmp_path / "out.jsonl"
    refused: list[str] = []

    def meanwhile(_progress: Progress) -> None:
        with pytest.raises(ScanError, match=r"another scan is writing out\.jsonl: process \d+") as caught:
            scan(source, target, pack=tiny_pack)
        refused.append(caught.value.hint)

    summary = scan(source, target, pack=tiny_pack, batch_rows=10, on_progress=meanwhile)
    assert len(refused) == 3
    assert all(refused)
    assert (summary.rows, len(target.read_text().splitlines())) == (30, 30)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_a_killed_scan_holds_nothing(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    with subprocess.Popen([sys.executable, "-c", HOLDS, target], stdout=subprocess.PIPE) as other:
        assert other.stdout
        other.stdout.readline()
        with pytest.raises(ScanError, match=f"process {other.pid}"), only_one(target):
            pass
        other.kill()
    assert (tmp_path / "out.jsonl.lock").exists()
    with only_one(target):
        pass
    assert list(tmp_path.iterdir()) == []

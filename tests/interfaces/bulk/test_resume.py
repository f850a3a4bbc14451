from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sekisho.interfaces.bulk import scan as scan_module
from sekisho.interfaces.bulk.errors import ScanError, ScanInterrupted
from sekisho.interfaces.bulk.scan import Progress, scan

from ..conftest import write_pack
from .conftest import Rows, many, write

FORMATS = ("jsonl", "csv", "parquet")


class Stop:
    """Interrupts a scan after some batches, as Ctrl-C would."""

    def __init__(self, batches: int) -> None:
        self.left = batches

    def __call__(self, _progress: Progress) -> None:
        self.left -= 1
        if self.left == 0:
            raise KeyboardInterrupt


def rows() -> Rows:
    """Rows with some that are refused."""
    return [row | ({"kind": "letter"} if i % 10 == 3 else {}) for i, row in enumerate(many(100))]


def interrupted(source: Path, target: Path, pack: str, *, batches: int = 3) -> None:
    with pytest.raises(ScanInterrupted):
        scan(source, target, pack=pack, processes=1, batch_rows=7, on_progress=Stop(batches))


@pytest.mark.parametrize("source", FORMATS)
@pytest.mark.parametrize("target", FORMATS)
def test_a_resumed_scan_ends_as_an_undisturbed_one(
    tmp_path: Path, tiny_pack: str, source: str, target: str
) -> None:
    given = write(tmp_path / f"in.{source}", rows())
    whole, parts = tmp_path / f"whole.{target}", tmp_path / f"parts.{target}"
    expected = scan(given, whole, pack=tiny_pack, batch_rows=7)
    interrupted(given, parts, tiny_pack)
    assert not parts.exists()
    interrupted(given, parts, tiny_pack, batches=2)
    summary = scan(given, parts, pack=tiny_pack, batch_rows=7)
    assert parts.read_bytes() == whole.read_bytes()
    errors = [path.with_name(path.name + ".errors.jsonl").read_bytes() for path in (parts, whole)]
    assert errors[0] == errors[1]
    assert (summary.counts, summary.refused, summary.resumed) == (expected.counts, expected.refused, 35)


def test_what_was_written_after_the_last_batch_is_cut_off(tmp_path: Path, tiny_pack: str) -> None:
    source, target = write(tmp_path / "in.jsonl", rows()), tmp_path / "out.jsonl"
    interrupted(source, target, tiny_pack)
    with (tmp_path / "out.jsonl.part").open("ab") as file:
        file.write(b'{"id": "half')
    scan(source, target, pack=tiny_pack, batch_rows=7)
    assert len([json.loads(line) for line in target.read_text().splitlines()]) == 90


def test_a_changed_input_is_not_resumed(tmp_path: Path, tiny_pack: str) -> None:
    source, target = write(tmp_path / "in.jsonl", rows()), tmp_path / "out.jsonl"
    interrupted(source, target, tiny_pack)
    write(source, [*rows(), {"text": "more"}])
    with pytest.raises(ScanError, match="input has changed") as caught:
        scan(source, target, pack=tiny_pack)
    assert "--no-resume" in caught.value.hint
    assert scan(source, target, pack=tiny_pack, resume=False).resumed == 0


def test_a_changed_pack_is_not_resumed(tmp_path: Path, tiny_pack: str) -> None:
    source, target = write(tmp_path / "in.jsonl", rows()), tmp_path / "out.jsonl"
    interrupted(source, target, tiny_pack)
    other = write_pack(tmp_path / "other")
    (other / "pack.toml").write_text(
        (other / "pack.toml").read_text().replace('version = "1"', 'version = "2"')
    )
    with pytest.raises(ScanError, match="pack"):
        scan(source, target, pack=str(other))


def test_a_sidecar_that_is_none_is_not_resumed(tmp_path: Path, tiny_pack: str) -> None:
    source, target = write(tmp_path / "in.jsonl", rows()), tmp_path / "out.jsonl"
    interrupted(source, target, tiny_pack)
    for text in ("", "{}", "[]", '{"schema": "sekisho.scan/0"}'):
        (tmp_path / "out.jsonl.part.json").write_text(text)
        with pytest.raises(ScanError, match="not the state"):
            scan(source, target, pack=tiny_pack)


def test_a_part_file_without_a_state_is_started_over(tmp_path: Path, tiny_pack: str) -> None:
    source, target = write(tmp_path / "in.jsonl", rows()), tmp_path / "out.jsonl"
    (tmp_path / "out.jsonl.part").write_text("left over")
    assert scan(source, target, pack=tiny_pack).resumed == 0
    assert b"left over" not in target.read_bytes()


def test_a_full_disk_keeps_the_last_checkpoint(
    tmp_path: Path, tiny_pack: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = write(tmp_path / "in.jsonl", rows()), tmp_path / "out.jsonl"
    monkeypatch.setattr(scan_module, "CHECKPOINT_SECONDS", 0.0)
    append = scan_module.PartFile.append

    def full(self: scan_module.PartFile, data: bytes) -> None:
        if self.size > 3000:
            raise OSError(28, "No space left on device")
        append(self, data)

    with monkeypatch.context() as patched:
        patched.setattr(scan_module.PartFile, "append", full)
        with pytest.raises(ScanError, match="No space left"):
            scan(source, target, pack=tiny_pack, batch_rows=7)
    assert scan(source, target, pack=tiny_pack, batch_rows=7).resumed > 0


def ended(group: int) -> bool:
    """Whether every process of the group is gone within some seconds."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize(
    "stop",
    [
        signal.SIGINT,
        pytest.param(signal.SIGTERM, marks=pytest.mark.long),
        pytest.param(signal.SIGKILL, marks=pytest.mark.long),
    ],
)
def test_a_stopped_command_goes_on_from_where_it_was(
    tmp_path: Path, tiny_pack: str, stop: signal.Signals
) -> None:
    source = write(tmp_path / "in.jsonl", many(60_000))
    target, sidecar = tmp_path / "out.jsonl", tmp_path / "out.jsonl.part.json"
    command = [sys.executable, "-m", "sekisho.interfaces.cli.main", "scan", str(source), "-o", str(target)]
    command += ["--pack", tiny_pack, "--processes", "2", "--batch-size", "200"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    try:
        deadline = time.monotonic() + 60
        while not sidecar.exists() and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.01)
        if stop is signal.SIGINT:
            os.killpg(process.pid, stop)  # as a terminal does on Ctrl-C
        else:
            os.kill(process.pid, stop)
        told = process.communicate(timeout=30)[1]
    finally:
        process.kill()
    assert not target.exists()
    assert ended(process.pid)
    if stop is not signal.SIGKILL:
        assert process.returncode == 130
        assert "goes on from there" in told
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "in earlier runs" in done.stderr
    assert [json.loads(line)["id"] for line in target.read_text().splitlines()] == [
        f"m{i}" for i in range(60_000)
    ]

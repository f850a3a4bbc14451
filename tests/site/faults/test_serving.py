"""`sekisho serve` as a process: it keeps what it needs, tells when it cannot, and leaves nothing behind."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.site.faults.ordeal import until

from tree import ROOT

GONE_SECONDS = 10.0


class Serving:
    """A server in a process of its own, and everything that descends from it."""

    def __init__(self, folder: Path) -> None:
        self.port, self.log = free_port(), folder / "serve.log"
        gone = ("DATABASE_URL", "DATABASE_OWNER_URL", "DJANGO_SETTINGS_MODULE")
        environment = {name: value for name, value in os.environ.items() if name not in gone}
        environment |= {"SEKISHO_DATA_DIR": str(folder), "SEKISHO_DEBUG": "0", "PYTHONPATH": str(ROOT / "src")}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "sekisho", "serve", "--port", str(self.port)], env=environment, stdout=log,
                stderr=log, cwd=folder,
            )  # fmt: skip

    def words(self) -> str:
        return self.log.read_text("utf-8")[-3000:]

    def status(self) -> int:
        """What a page answers that looks up a session in the database; 0 when nobody does."""
        assert self.process.poll() is None, self.words()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", "/", headers={"Cookie": "sessionid=somebodywhohasleft"})
            return connection.getresponse().status
        except OSError:
            return 0
        finally:
            connection.close()

    def family(self) -> dict[int, str]:
        """Every living descendant and what it was called with."""
        table = {int(path.name): path for path in Path("/proc").iterdir() if path.name.isdigit()}
        parents = {pid: int(words[1]) for pid in table if (words := stat(pid))}
        found: dict[int, str] = {}
        fresh = {self.process.pid}
        while fresh:
            fresh = {pid for pid, parent in parents.items() if parent in fresh}
            found |= {pid: called(pid) for pid in fresh}
        return found

    def one(self, *words: str) -> int:
        """The one descendant called with all of these words."""
        found = [pid for pid, line in self.family().items() if all(word in line for word in words)]
        assert len(found) == 1, (words, self.family())
        return found[0]

    def end(self, number: int) -> tuple[list[str], float]:
        """Send a signal; who is left after the time, and how long it took."""
        family, began = self.family(), time.monotonic()
        assert len(family) >= 4
        self.process.send_signal(number)
        while any(map(stat, family)) and time.monotonic() - began < GONE_SECONDS:
            self.process.poll()
            time.sleep(0.02)
        self.process.wait(GONE_SECONDS)
        return [line for pid, line in family.items() if stat(pid)], time.monotonic() - began


def stat(pid: int) -> list[str]:
    """State, parent and so on of a living process; nothing of one that is dead."""
    try:
        words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
    return words if words[0] != "Z" else []


def called(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    except OSError:
        return ""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are looked up in /proc")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that the servers of these tests have in turn."""
    return tmp_path_factory.mktemp("site")


@pytest.fixture
def serving(folder: Path) -> Iterator[Serving]:
    """A server that answers; whatever the test did, nothing of it is left."""
    site = Serving(folder)
    family: dict[int, str] = {}
    try:
        until(lambda: site.status() == 200, "the site answers")
        family = site.family()
        yield site
    finally:
        family |= site.family()
        site.process.kill()
        site.process.wait()
    until(lambda: not any(map(stat, family)), "everything gone")


def test_a_killed_server_leaves_no_process_behind(serving: Serving) -> None:
    left, _seconds = serving.end(signal.SIGKILL)
    assert left == []


def test_whatever_is_killed_the_site_recovers_and_told_to_stop_it_leaves_no_process_behind(
    serving: Serving, folder: Path
) -> None:
    postgres = int((folder / "postgresql" / "cluster" / "postmaster.pid").read_text().split("\n", 1)[0])
    for victim in (postgres, serving.one("supervisor.py")):
        os.kill(victim, signal.SIGKILL)
        seen: set[int] = set()
        until(lambda seen=seen: seen.add(serving.status()) or 503 in seen, "the loss is told", 20)
        until(lambda seen=seen: seen.add(code := serving.status()) or code == 200, "the site recovers")
        assert seen <= {200, 503}
    background = serving.one("sekisho background")
    os.kill(background, signal.SIGKILL)
    until(lambda: any("sekisho background" in line for pid, line in serving.family().items() if pid != background),
          "a background process again")  # fmt: skip
    assert serving.end(signal.SIGTERM)[0] == []
    assert serving.process.returncode == 0

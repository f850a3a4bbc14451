"""Real servers of both kinds, data directories to start from, and processes that hold a database."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from sekisho.config.database import binaries, temporary_database
from sekisho.config.database.embedded import run_embedded
from sekisho.config.database.opening import _of_our_own

HOLDER = """
import json, os, sys
from pathlib import Path
from sekisho.config.database.embedded import run_embedded
from sekisho.config.database.opening import _of_our_own
running = run_embedded(
    Path(sys.argv[1]),
    owner=sys.argv[2] == "owner",
    hasty=sys.argv[3] == "hasty",
    disposable="disposable" in sys.argv,
)
supervisor = running.supervisor.pid if running.supervisor else None
print(json.dumps({"pid": running.pid, "supervisor": supervisor}), flush=True)
if "fork" in sys.argv:
    if os.fork() == 0:
        os.close(0), os.close(1), os.close(2)
        import time; time.sleep(30); os._exit(0)
sys.stdin.read()
running.stop()
"""


def kinds():
    """The PostgreSQL binaries of this machine, by name: the package's, and Debian's."""
    found = {}
    package = binaries._package()
    if package:
        found["package"] = package
    for place in binaries._debian():
        found.setdefault("debian", place)
    return found


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch):
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "SEKISHO_DATA_DIR", "SEKISHO_PG_BIN"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session", params=["package", "debian"])
def kind(request):
    """Once for the package's binaries, once for Debian's."""
    if request.param not in kinds():
        pytest.skip(f"no PostgreSQL of this kind here: {request.param}")
    return request.param


@pytest.fixture(scope="session")
def server(kind, tmp_path_factory):
    """A database for tests, of each kind."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SEKISHO_PG_BIN", str(kinds()[kind]))
        temporary = temporary_database(tmp_path_factory.mktemp(kind))
        opened = temporary.__enter__()
    yield opened
    temporary.__exit__(None, None, None)


@pytest.fixture(scope="session")
def seed(tmp_path_factory):
    """A data directory whose database is made and stopped."""
    place = tmp_path_factory.mktemp("seed") / "data"
    run_embedded(place, owner=True, hasty=True).stop()
    return place


def copied(seed, place):
    """A copy of a data directory, with its owners."""
    subprocess.run(["cp", "-a", str(seed), str(place)], check=True)
    return place


@pytest.fixture
def data(seed, tmp_path):
    """A data directory of one's own, with a database that is not running."""
    return copied(seed, tmp_path / "data")


@pytest.fixture(scope="session")
def place(seed, tmp_path_factory):
    """The data directory of `running`."""
    return copied(seed, tmp_path_factory.mktemp("running") / "data")


@pytest.fixture(scope="session")
def running(place):
    """One server for the tests that only look."""
    with opened_here(place) as opened:
        yield opened


def opened_here(data):
    """The database of a data directory, kept by this process and started without care for power failures."""
    return _of_our_own(run_embedded(data, owner=True, hasty=True))


class Holder:
    """A process that opened the database and waits."""

    def __init__(self, data, role="owner", *words, hasty=True):
        self.process = subprocess.Popen(
            [sys.executable, "-c", HOLDER, str(data), role, "hasty" if hasty else "durable", *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def told(self):
        told = json.loads(self.process.stdout.readline())
        self.pid, self.supervisor = told["pid"], told["supervisor"]
        return self

    def kill(self):
        self.process.kill()
        self.process.wait()

    def let_go(self):
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()

    def end(self):
        self.let_go()
        self.process.wait(70)
        self.process.stdout.close()


@pytest.fixture
def hold():
    """Starts holders and ends them all."""
    holders = []

    def start(*given, **named):
        holders.append(Holder(*given, **named))
        return holders[-1]

    yield start
    for holder in holders:
        holder.let_go()
    for holder in holders:
        holder.end()


def alive(pid):
    """Whether a process runs (a dead child nobody asked about does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def gone(pid, seconds=8.0):
    """Waits for the end of a process."""
    return until(lambda: not alive(pid), seconds)


def until(holds, seconds=8.0):
    """Waits for something to become true."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def ask(access, statement, *values):
    """The first field of the first row, in a connection of its own."""
    with psycopg.connect(access.conninfo, connect_timeout=5) as connection:
        cursor = connection.execute(statement, values)
        return cursor.fetchone()[0] if cursor.description else None


def server_uid(data):
    """Who runs the server of a data directory."""
    return (data / "postgresql" / "cluster").stat().st_uid


needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can act as another user")

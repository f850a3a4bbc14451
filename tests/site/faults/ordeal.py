"""A site at work whose processes are killed at random moments, and what must hold afterwards. The moments follow from a seed."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import psycopg

from sekisho.config.database import Database
from tree import ROOT

WRITERS = 3
LEAST = 20
"""Steps of each writer: three rounds, one of each ending."""
PATIENCE = 120.0
"""Seconds within which anything that was begun again must be at work again."""


def until(holds: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
    """Wait for something to become true."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        time.sleep(0.02)


class Ordeal:
    """Processes over one database, and their journals."""

    def __init__(self, database: Database, folder: Path, seed: int) -> None:
        self.database, self.folder, self.random = database, folder, Random(seed)
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.kills: dict[str, int] = {}
        self.begun: dict[str, int] = {}
        self.environment = os.environ | {
            "DATABASE_URL": database.app.url, "DATABASE_OWNER_URL": database.owner.url, "SEKISHO_DATA_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "tests.site.faults.played_settings", "SEKISHO_SECRET_KEY": "for tests only " * 5,
            "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
        }  # fmt: skip

    def play(self, kills: int) -> None:
        """Begin, kill so many times, let everybody finish."""
        assert (
            self.ended(self.spawn("begin", "-m", "tests.site.faults.writer", "begin", str(WRITERS))) == 0
        ), self.words()
        names = [f"writer{n}" for n in range(WRITERS)]
        for name in (*names, "background"):
            self.start(name)
        for _ in range(kills):
            self.kill(self.random.choice((*names, "background", "background", "postgresql", "postgresql")))
        for name in names:
            until(
                lambda name=name: self.at_work(name) and self.progress(name) >= LEAST,
                f"{name} through its rounds",
            )
        (self.folder / "stop").touch()
        for name in names:
            assert self.ended(self.processes[name]) == 0, self.words()
        self.wait_for_quiet()
        self.processes["background"].terminate()
        assert self.ended(self.processes["background"]) == 0, self.words()

    def kill(self, name: str) -> None:
        """SIGKILL at a random moment of its work, then begin again; PostgreSQL is begun again by its supervisor."""
        until(lambda: self.at_work(name), f"{name} at work: {self.words()}")
        time.sleep(self.random.uniform(0.0, 0.3))
        self.kills[name] = self.kills.get(name, 0) + 1
        if name == "postgresql":
            before = self.database.pid
            assert before is not None
            os.kill(before, signal.SIGKILL)
            until(lambda: self.database.pid not in (None, before) and self.answers(), "PostgreSQL again")
            return
        process = self.processes[name]
        process.kill()
        process.wait()
        self.start(name)

    def start(self, name: str) -> None:
        words = ("sekisho", "background") if name == "background" else (
            "tests.site.faults.writer", name.removeprefix("writer"), str(self.folder))  # fmt: skip
        self.begun[name] = self.progress(name)
        self.processes[name] = self.spawn(name, "-m", *words)

    def spawn(self, name: str, *words: str) -> subprocess.Popen[bytes]:
        with (self.folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, *words], env=self.environment, stdout=log, stderr=log, cwd=ROOT
            )

    def ended(self, process: subprocess.Popen[bytes]) -> int:
        return process.wait(PATIENCE)

    def end(self) -> None:
        """Whatever happened, nothing is left."""
        for process in self.processes.values():
            process.kill()
            process.wait()

    def words(self) -> str:
        return "\n".join(f"{log.name}: {log.read_text('utf-8')[-3000:]}" for log in self.folder.glob("*.log"))

    def at_work(self, name: str) -> bool:
        """It has done something since it was begun."""
        for one, process in list(self.processes.items()):
            assert process.poll() is None, f"{one} ended by itself: {self.words()}"
        return name == "postgresql" or self.progress(name) > self.begun[name]

    def progress(self, name: str) -> int:
        """How far a process and those before it came."""
        if name == "background":
            with contextlib.suppress(psycopg.OperationalError):
                return int(str(self.ask("SELECT count(*) FROM heard")[0][0]))
            return 0
        journal = self.folder / name.replace("writer", "journal")
        return (
            sum(line.startswith("done") for line in journal.read_text("utf-8").splitlines())
            if journal.exists()
            else 0
        )

    def journal(self, word: str) -> Iterator[list[str]]:
        """The whole lines of all journals that begin with `word`."""
        for path in sorted(self.folder.glob("journal?")):
            for line in path.read_text("utf-8").splitlines():
                words = line.split()
                if words[:1] == [word] and words[-1] == ".":
                    yield words[1:-1]

    def answers(self) -> bool:
        with contextlib.suppress(psycopg.OperationalError):
            return self.ask("SELECT 1") == [(1,)]
        return False

    def wait_for_quiet(self) -> None:
        """Until nothing waits; a long queue may take its time as long as it gets shorter."""
        while left := self.waiting():
            until(lambda left=left: self.waiting() < left, f"fewer than {left} rows wait: {self.words()}")

    def waiting(self) -> int:
        """How much waits: rows of the outbox, timers that are due, entries that are not sealed."""
        waits = """SELECT (SELECT count(*) FROM kernel_outboxrow WHERE done_at IS NULL)
            + (SELECT count(*) FROM contracts_contract WHERE due_at <= now())
            + (SELECT count(*) FROM contracts_reminder WHERE due_at <= now())
            + (SELECT count(*) FROM kernel_auditentry e WHERE NOT EXISTS (
                  SELECT 1 FROM kernel_auditseal s WHERE s.entry_id = e.id))"""
        return int(str(self.ask(waits)[0][0]))

    def ask(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        """Rows, as the role that owns the tables."""
        with psycopg.connect(self.database.owner.conninfo, connect_timeout=5) as connection:
            return connection.execute(sql, values or None).fetchall()  # type: ignore[arg-type]

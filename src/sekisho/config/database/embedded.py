"""A PostgreSQL of our own: started by one process, joined by others, gone with the process that started it."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from sekisho.config.database.access import Access
from sekisho.config.database.account import server_account
from sekisho.config.database.binaries import Binaries, find_binaries
from sekisho.config.database.cluster import (
    ADMIN,
    APP,
    admit,
    check_cluster,
    explained,
    make_cluster,
)
from sekisho.config.database.errors import AlreadyOwned, BadFolder, StartFailed
from sekisho.config.database.folder import Folder, forget_host, open_folder, socket_host
from sekisho.config.database.launch import launch, wait_until_ready
from sekisho.config.database.roles import DATABASE, ensure_roles
from sekisho.config.database.supervisor import clear_leftovers

WAIT_SECONDS = 60.0
"""How long another process may start up, stop or finish its command."""
STOP_SECONDS = 40.0
LOOK_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Running:
    """A server at work, seen from a process that uses it. `supervisor` is None for one that joined."""

    folder: Folder
    supervisor: subprocess.Popen[bytes] | None
    joined: int | None
    """The descriptor that tells the owner of a short command that somebody is still at work."""
    keeps: bool
    """The owner serves: it stops when it is told to, whoever joined."""

    def access(self, role: str, dbname: str = DATABASE) -> Access:
        return Access(socket_host(self.folder.cluster), 5432, role, dbname)

    @property
    def pid(self) -> int | None:
        """The process of PostgreSQL now: another one after a crash; None while there is none."""
        try:
            text = (self.folder.cluster / "postmaster.pid").read_text("utf-8", "replace")
            return int(text.split("\n", 1)[0])
        except (OSError, ValueError):
            return None

    @property
    def supervised(self) -> bool:
        """Somebody starts PostgreSQL again when it dies."""
        if self.supervisor is not None:
            return self.supervisor.poll() is None
        state = _state(self.folder)
        return state is not None and _runs(state["supervisor"])

    def stop(self) -> None:
        """The owner stops the server, a short command only after those who joined it; others just let go."""
        if self.joined is not None:
            os.close(self.joined)
        supervisor = self.supervisor
        if supervisor is None:
            return
        alone = None if self.keeps else _wait_for_joined(self.folder)
        try:
            _end(supervisor)
        finally:
            if alone is not None:
                os.close(alone)
        with contextlib.suppress(OSError):
            forget_host(self.folder.cluster)


def run_embedded(data_dir: Path, *, owner: bool, hasty: bool = False, disposable: bool = False) -> Running:
    """Joins the server of this data directory or starts it.

    `owner` says that this process keeps it for others (`sekisho serve`): it never joins. `hasty` leaves out the writes
    that survive a power failure. A `disposable` data directory is removed after the stop, even after a kill, and its
    owner may create databases. Raises `Unavailable`.
    """
    folder = open_folder(data_dir)
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        lock = folder.try_lock()
        if lock is not None:
            break
        running = None if owner else _join(folder)
        if running is not None:
            return running
        if time.monotonic() > deadline:
            raise AlreadyOwned(_whose(folder))
        time.sleep(LOOK_SECONDS)
    try:
        return _start(folder, lock, owner=owner, hasty=hasty, disposable=disposable)
    except OSError as error:
        raise BadFolder(
            f"The database in {folder.path} cannot be started: {error}. Mend that (a full disk: make room), or set "
            "SEKISHO_DATA_DIR to a folder elsewhere."
        ) from None
    finally:
        # From here on the supervisor and every process of PostgreSQL hold it.
        os.close(lock)


def _join(folder: Folder) -> Running | None:
    """The server of another process, once that process says that it is ready and it answers."""
    state = _state(folder)
    if state is None:
        return None
    if not _runs(state["supervisor"]):
        _end_orphan(Running(folder, None, None, keeps=False))
        return None
    joined = folder.try_lock("joined", shared=True)
    if joined is None:
        return None
    running = Running(folder, None, joined, keeps=False)
    try:
        with psycopg.connect(running.access(APP).conninfo, connect_timeout=5):
            return running
    except psycopg.OperationalError:
        os.close(joined)
        return None
    except BaseException:
        os.close(joined)
        raise


def _state(folder: Folder) -> dict[str, Any] | None:
    """What the owner wrote when its server was ready; None before that, and when nobody owns it."""
    try:
        state = json.loads(folder.state.read_text("utf-8"))
        return {
            "owner": int(state["owner"]),
            "command": str(state["command"]),
            "supervisor": int(state["supervisor"]),
        }
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True


def _end_orphan(running: Running) -> None:
    """Asks a server whose supervisor was killed to shut down; on Linux the kernel has asked already.

    The number in the pid file is trusted only when the server itself tells the same starting time.
    """
    with contextlib.suppress(psycopg.Error, OSError, ValueError, IndexError):
        with psycopg.connect(running.access(ADMIN, "postgres").conninfo, connect_timeout=5) as connection:
            told = connection.execute(
                "SELECT floor(extract(epoch FROM pg_postmaster_start_time()))::bigint"
            ).fetchone()
        lines = (running.folder.cluster / "postmaster.pid").read_text("utf-8", "replace").splitlines()
        if told is not None and abs(told[0] - int(lines[2])) <= 1:
            os.kill(int(lines[0]), signal.SIGINT)


def _start(folder: Folder, lock: int, *, owner: bool, hasty: bool, disposable: bool) -> Running:
    folder.state.unlink(missing_ok=True)
    account = server_account(folder.cluster)
    binaries = find_binaries(account)
    make_cluster(folder, binaries, account, lock, hasty=hasty)
    check_cluster(folder, binaries)
    clear_leftovers(folder.cluster)
    admit(folder, account)
    supervisor = launch(folder, binaries, account, lock, hasty=hasty, disposable=disposable)
    running = Running(folder, supervisor, None, keeps=owner)
    try:
        _make_ready(running, binaries, may_create=disposable)
    except BaseException:
        with contextlib.suppress(ProcessLookupError):
            os.kill(supervisor.pid, signal.SIGTERM)
        running.stop()
        raise
    return running


def _make_ready(running: Running, binaries: Binaries, *, may_create: bool) -> None:
    supervisor = running.supervisor
    assert supervisor is not None
    wait_until_ready(running.folder, supervisor, binaries)
    admin = running.access(ADMIN, "postgres")
    try:
        ensure_roles(admin, may_create_databases=may_create)
    except psycopg.Error as error:
        what = f"The database could not be set up in {running.folder.cluster}"
        raise StartFailed(explained(what, str(error))) from None
    fresh = running.folder.state.with_suffix(".new")
    state = {"owner": os.getpid(), "command": " ".join(sys.argv[:2]), "supervisor": supervisor.pid}
    fresh.write_text(json.dumps(state), "utf-8")
    fresh.rename(running.folder.state)


def _wait_for_joined(folder: Folder) -> int | None:
    """Waits for those who joined; the descriptor that it returns keeps further ones out while the server stops."""
    deadline = time.monotonic() + WAIT_SECONDS
    while (alone := folder.try_lock("joined")) is None and time.monotonic() < deadline:
        time.sleep(LOOK_SECONDS)
    return alone


def _end(supervisor: subprocess.Popen[bytes]) -> None:
    assert supervisor.stdin is not None
    with contextlib.suppress(BrokenPipeError):
        supervisor.stdin.close()
    try:
        supervisor.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        # PostgreSQL goes with it.
        supervisor.kill()
        supervisor.wait()


def _whose(folder: Folder) -> str:
    state = _state(folder)
    who = "another process, which is starting or stopping it"
    if state is not None:
        who = f"process {state['owner']} ({state['command']})"
    return (
        f"The database in {folder.path} is held by {who}. Only one command may keep it: stop that one first, "
        "or set SEKISHO_DATA_DIR to another folder."
    )

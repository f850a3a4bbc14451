"""Starts the supervisor of a checked cluster and waits until PostgreSQL lets clients in. Locks are the caller's."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from sekisho.config.database.account import Account
from sekisho.config.database.binaries import Binaries, environment
from sekisho.config.database.cluster import FIXED, HASTY, explained, reachable
from sekisho.config.database.errors import StartFailed
from sekisho.config.database.folder import Folder
from sekisho.config.database.supervisor import was_ready

START_SECONDS = 600.0
"""How long PostgreSQL may recover from a crash before the start counts as failed."""
LOOK_SECONDS = 0.02
LOG_BYTES = 10_000_000
"""The log's size from which a start sets it aside, in place of the one before."""
SUPERVISOR = Path(__file__).with_name("supervisor.py")


def launch(
    folder: Folder, binaries: Binaries, account: Account, lock: int, *, hasty: bool, disposable: bool
) -> subprocess.Popen[bytes]:
    """The supervisor, which holds `lock` from now on and stops PostgreSQL when its standard input is closed."""
    settings = FIXED | HASTY if hasty else FIXED
    with reachable(folder.cluster, account) as (path, descriptors):
        inherited = (*descriptors, lock)
        plan = {
            "command": [
                binaries.postgres,
                "-D",
                path,
                *(f"--{name}={value}" for name, value in settings.items()),
            ],
            "environment": environment(),
            "process": account.process,
            "descriptors": inherited,
            "cluster": str(folder.cluster),
            "log": str(_fresh_log(folder)),
            "state": str(folder.state),
            "parent": os.getpid(),
            # Removed by the supervisor: a test run that is killed leaves nothing behind either.
            "disposable": str(folder.path.parent) if disposable else "",
        }
        return subprocess.Popen(
            [sys.executable, "-I", "-S", str(SUPERVISOR), json.dumps(plan)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            cwd="/",
            pass_fds=inherited,
            # Ctrl-C in a terminal is for the command; it stops the database itself when it is done.
            start_new_session=True,
        )


def wait_until_ready(folder: Folder, supervisor: subprocess.Popen[bytes], binaries: Binaries) -> None:
    """Raises `StartFailed` with PostgreSQL's last words when it gave up."""
    deadline = time.monotonic() + START_SECONDS
    while not was_ready(folder.cluster):
        if supervisor.poll() is not None or time.monotonic() > deadline:
            what = f"PostgreSQL {binaries.major} did not start on {folder.cluster}"
            raise StartFailed(f"{explained(what, _end_of(folder.log))}\nIts whole log: {folder.log}")
        time.sleep(LOOK_SECONDS)


def _fresh_log(folder: Folder) -> Path:
    log = folder.log
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.rename(log.with_suffix(".old"))
    os.close(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600))
    return log


def _end_of(log: Path) -> str:
    with open(log, "rb") as file:
        file.seek(max(0, log.stat().st_size - 4000))
        return file.read().decode("utf-8", "replace")

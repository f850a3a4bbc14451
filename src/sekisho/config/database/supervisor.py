"""Keeps one PostgreSQL running for its parent and never longer: a program of its own, with the standard library only.

The parent holds the other end of our standard input. When that end closes (the parent closed it or is gone) PostgreSQL
is stopped. A child that the parent forked may hold the end open after the parent's death, so the parent's id is watched
too; the kernel's death signal is not used for this step, because it fires when the *thread* that started us ends. Our
own death reaches PostgreSQL by that signal (we have one thread) on Linux; elsewhere the next start ends the orphan.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, BinaryIO

LOOK = 0.5
"""Seconds between two looks at the parent's id."""
STEADY = 5.0
"""Seconds after which a server that dies is started again at once and not after a growing pause."""
STOPPING = ((signal.SIGINT, 20.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0))
"""A fast shutdown; then an immediate one, which the next start recovers from; then none."""
LEFTOVERS = ("postmaster.pid", ".s.PGSQL.5432", ".s.PGSQL.5432.lock")
SET_DEATH_SIGNAL = 1


def clear_leftovers(cluster: str | os.PathLike[str]) -> None:
    """Removes what a killed server left: PostgreSQL would take any process of the same id for its predecessor.

    Only for the holder of the lock, which every process of a living server holds as well. (A server that was started
    by hand has no lock, but is found by PostgreSQL itself through the memory it shares with its children.)
    """
    for name in LEFTOVERS:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(os.path.join(cluster, name))


def was_ready(cluster: str | os.PathLike[str]) -> bool:
    """Whether a server whose leftovers nobody has cleared lets clients in, or did before it was killed."""
    try:
        lines = Path(cluster, "postmaster.pid").read_text("utf-8", "replace").splitlines()
    except OSError:
        return False
    return len(lines) > 7 and lines[7].strip() == "ready"


def tie_to_parent(parent: int) -> None:
    """In the child, before PostgreSQL replaces it: a fast shutdown is asked for when the supervisor dies."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(SET_DEATH_SIGNAL, int(signal.SIGINT), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)


class Supervisor:
    """One PostgreSQL, started again whenever it dies while the parent lives."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self.plan = plan
        self.parent: int = plan["parent"]
        self.asked_to_stop = False
        self.ran = False
        self.failures = 0
        self.server: subprocess.Popen[bytes] | None = None
        self.began = 0.0

    def run(self) -> int:
        """Returns 0 after a stop that was asked for, 1 when the server never came up."""
        signal.signal(signal.SIGTERM, self.ask_to_stop)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        waker, wake = os.pipe()
        os.set_blocking(wake, False)
        signal.set_wakeup_fd(wake)
        self.start()
        while not self.asked_to_stop:
            ready = select.select([0, waker], [], [], LOOK)[0]
            if waker in ready:
                os.read(waker, 512)
            if (0 in ready and not os.read(0, 512)) or os.getppid() != self.parent:
                break
            self.ran = self.ran or was_ready(self.plan["cluster"])
            if (self.server is None or self.server.poll() is not None) and not self.again():
                return 1
        self.stop()
        return 0

    def ask_to_stop(self, *_: object) -> None:
        self.asked_to_stop = True

    def start(self) -> None:
        self.began = time.monotonic()
        with open(self.plan["log"], "ab") as log:
            try:
                self.server = self.launch(log)
            except OSError as error:
                # For example while an update replaces the binaries: tried again like a server that died.
                self.server = None
                log.write(f"Sekisho could not launch PostgreSQL: {error}\n".encode())

    def launch(self, log: BinaryIO) -> subprocess.Popen[bytes]:
        clear_leftovers(self.plan["cluster"])
        parent = os.getpid()
        return subprocess.Popen(
            self.plan["command"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            env=self.plan["environment"],
            pass_fds=self.plan["descriptors"],
            preexec_fn=lambda: tie_to_parent(parent),
            **self.plan["process"],
        )

    def again(self) -> bool:
        """The server died: starts the next one, or says no when not even the first came up."""
        lived = time.monotonic() - self.began
        self.ran = self.ran or was_ready(self.plan["cluster"])
        if not self.ran:
            return False
        self.failures = 0 if lived > STEADY else self.failures + 1
        # Orphans of the dead server need a moment to go; a full disk needs longer to be mended.
        pause = min(0.1 * 2**self.failures, 5.0)
        ready = select.select([0], [], [], pause)[0]
        if ready and not os.read(0, 512):
            self.asked_to_stop = True
        elif os.getppid() == self.parent and not self.asked_to_stop:
            self.start()
        return True

    def stop(self) -> None:
        server = self.server
        for step, patience in STOPPING:
            if server is not None and server.poll() is None:
                server.send_signal(step)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    server.wait(patience)
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self.plan["state"])
        if self.plan["disposable"]:
            shutil.rmtree(self.plan["disposable"], ignore_errors=True)


if __name__ == "__main__":
    sys.exit(Supervisor(json.loads(sys.argv[1])).run())

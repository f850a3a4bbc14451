"""Runs the gate: granian's processes, signals, the folder they share. The parent watches the pack, the others judge."""

from __future__ import annotations

import json
import logging
import multiprocessing
import os
import shutil
import socket
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import Any

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.mp import MPServer

from sekisho.interfaces.gate import follower, wires
from sekisho.interfaces.gate.app import Gate
from sekisho.interfaces.gate.counts import Counts, Layout
from sekisho.interfaces.gate.judging import ENDPOINTS
from sekisho.interfaces.gate.keeper import Keeper, settle_cache
from sekisho.interfaces.gate.logs import Log, places
from sekisho.interfaces.gate.settings import BadSettings, Settings

WATCH_SECONDS = 0.25
STOP_SECONDS = 30
"""For requests under way when the server is told to stop."""
_COUNTS = "counts"
LAYOUT = Layout(tuple(name for one in ENDPOINTS for name in (one.name, one.name + "/batch")))


def serve(settings: Settings, *, watch_seconds: float = WATCH_SECONDS) -> None:
    """Serve until told to stop (SIGTERM, SIGINT); SIGHUP looks at the pack again. Raises `PackError`, `BadSettings`."""
    _check_address(settings)
    tell = Log()
    home = Path(tempfile.mkdtemp(prefix="sekisho-gate-"))
    try:
        settle_cache(home)
        rows = settings.workers + 1
        (home / _COUNTS).write_bytes(bytes(LAYOUT.size(rows)))
        own = Counts(LAYOUT, home / _COUNTS, rows=rows, row=settings.workers)
        keeper = Keeper(settings.pack, home, tell, partial(own.add, "reloads"))
        keeper.first()
        tell("starting", host=settings.host, port=settings.port, workers=settings.workers)
        _Server(settings, home, keeper, watch_seconds).serve()
    finally:
        shutil.rmtree(home, ignore_errors=True)
    tell("stopped")


class _Server(MPServer):
    """granian's server, with the keeper beside it and SIGHUP for the pack instead of for the processes."""

    def __init__(self, settings: Settings, home: Path, keeper: Keeper, watch_seconds: float) -> None:
        # Fresh processes, not forked ones: the parent has threads.
        multiprocessing.set_start_method("spawn", force=True)
        super().__init__(
            "sekisho.interfaces.gate",
            settings.host,
            settings.port,
            interface=Interfaces.WSGI,
            http=HTTPModes.http1,
            workers=settings.workers,
            blocking_threads=settings.threads,
            http1_settings=HTTP1Settings(header_read_timeout=int(settings.limits.idle_seconds * 1000)),
            respawn_failed_workers=True,
            workers_kill_timeout=STOP_SECONDS,
            log_level=LogLevels.error,
            log_dictconfig=_LOGGING,
            log_access=False,
            websockets=False,
        )
        self._settings, self._home = settings, home
        self._keeper, self._watch_seconds = keeper, watch_seconds

    def serve(self, *_: Any) -> None:
        """Run to the end."""
        super().serve(target_loader=_Loader(self._settings, self._home), wrap_loader=False)

    def _spawn_worker(self, idx: int, target: Any, callback_loader: Any) -> Any:  # type: ignore[override]
        return super()._spawn_worker(idx, target, partial(callback_loader, idx))

    def _spawn_workers(self, spawn_target: Any, target_loader: Any) -> None:
        super()._spawn_workers(spawn_target, target_loader)  # type: ignore[no-untyped-call]
        self._keeper.start(self._watch_seconds)

    def signal_handler_reload(self, *_: Any, **__: Any) -> None:
        """SIGHUP."""
        self._keeper.force()


class _Loader:
    """Makes the application in a new judging process; travels there as a pickle."""

    def __init__(self, settings: Settings, home: Path) -> None:
        self._settings, self._home = settings, home

    def __call__(self, row: int) -> Gate:
        settings, tell = self._settings, Log()
        counts = Counts(LAYOUT, self._home / _COUNTS, rows=settings.workers + 1, row=row)
        told = follower.read_current(self._home)
        gate = Gate(settings, follower.load_current(told["folder"]), counts, tell)
        gate.refused = told["refused"]
        follower.follow(gate, self._home, tell)
        wires.start(gate.readers, settings.limits.body_seconds, lambda cut: counts.add("cut", count=cut))
        tell("judging", process=row + 1, pid=os.getpid(), digest=gate.current.judge.digest)
        return gate


def _check_address(settings: Settings) -> None:
    """Raise `BadSettings` where the server could not listen."""
    try:
        family = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((settings.host, settings.port))
    except OSError as error:
        where = f"{settings.host}:{settings.port}"
        raise BadSettings(
            f"cannot listen at {where}: {error.strerror}", "choose another --host or --port"
        ) from None


class Lines(logging.Formatter):
    """granian's own log as lines like ours. An exception is told by its place alone: its message may hold somebody's text."""

    def format(self, record: logging.LogRecord) -> str:
        """One line of JSON."""
        at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created))
        told: dict[str, str] = {"at": at, "event": "server", "level": record.levelname.lower()}
        error = record.exc_info[1] if record.exc_info else None
        told["message"] = places(error) if error else record.getMessage()
        return json.dumps(told, ensure_ascii=False)


_LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "sekisho.interfaces.gate.server.Lines"}},
    "handlers": {
        "lines": {"formatter": "lines", "class": "logging.StreamHandler", "stream": "ext://sys.stderr"}
    },
    "loggers": {"_granian": {"handlers": ["lines"], "level": "WARNING", "propagate": False}},
}

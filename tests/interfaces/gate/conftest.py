"""The gate on the small pack: in this process (`ask`), and as a real server in others (`serving`)."""

from __future__ import annotations

import contextlib
import http.client
import io
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from sekisho.core.detection.library import load
from sekisho.interfaces.gate.app import Gate
from sekisho.interfaces.gate.counts import Counts
from sekisho.interfaces.gate.judging import Current
from sekisho.interfaces.gate.server import LAYOUT
from sekisho.interfaces.gate.settings import Settings

ROOT = Path(__file__).resolve().parents[3]


@dataclass
class Reply:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Client:
    """Calls a gate in this process as granian would; `lines` is what it logged."""

    gate: Gate
    lines: list[dict[str, Any]] = field(default_factory=list)

    def __call__(self, path: str, body: Any = None, *, method: str = "", **headers: str) -> Reply:
        """`body` None: GET; bytes as they are; anything else as JSON. `headers`: names of the WSGI environment."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode() if body is not None else b""
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method or ("GET" if body is None else "POST"),
            "PATH_INFO": path,
            "QUERY_STRING": "",
            "wsgi.input": io.BytesIO(data),
        }
        if body is not None:
            environ |= {"CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(len(data))}
        environ |= headers
        told: list[Any] = []
        answer = b"".join(self.gate(environ, lambda *start: told.extend(start)))
        return Reply(int(told[0].split()[0]), {name.lower(): value for name, value in told[1]}, answer)


Make = Callable[..., Client]


@pytest.fixture
def make(tiny_pack: str) -> Make:
    """`make(limits=…, keys=…)`: a client of a new gate on the small pack."""

    def make(**settings: Any) -> Client:
        lines: list[dict[str, Any]] = []
        current = Current.of(tiny_pack, load(tiny_pack))
        tell = lambda event, **fields: lines.append({"event": event, **fields})  # noqa: E731
        return Client(Gate(Settings(pack=tiny_pack, **settings), current, Counts(LAYOUT), tell), lines)

    return make


@pytest.fixture
def ask(make: Make) -> Client:
    """A client of a gate with the usual settings."""
    return make()


_SERVE = """
import json, sys
from sekisho.interfaces.gate.server import serve
from sekisho.interfaces.gate.settings import Limits, Settings
if __name__ == "__main__":
    told = json.loads(sys.argv[1])
    serve(Settings(**{**told, "limits": Limits(**told.get("limits", {}))}), watch_seconds=0.1)
"""


@dataclass
class Server:
    """A running server."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    def ask(self, path: str, body: Any = None, **headers: str) -> Reply:
        """One request on a connection of its own."""
        wire = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        with contextlib.closing(wire):
            data = None if body is None else json.dumps(body).encode()
            given = {"Content-Type": "application/json", **headers}
            wire.request("GET" if body is None else "POST", path, data, given)
            answer = wire.getresponse()
            return Reply(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())

    def wire(self) -> socket.socket:
        """A bare connection."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=20)

    def lines(self) -> list[dict[str, Any]]:
        """The log so far."""
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]

    def until(self, holds: Callable[[], object], seconds: float = 20) -> None:
        """Wait until `holds()`; the test fails when it never does."""
        end = time.monotonic() + seconds
        while not holds():
            assert self.process.poll() is None, self.log.read_text(encoding="utf-8")
            assert time.monotonic() < end, self.log.read_text(encoding="utf-8")
            time.sleep(0.05)

    def is_up(self) -> bool:
        """Whether every judging process answers."""
        with contextlib.suppress(OSError):
            return self.ask("/readyz").status == 200
        return False

    def stop(self) -> int:
        """SIGTERM; the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(20)


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Server]]:
    """`serving(pack=…, workers=…, limits={…})`: a new server, up. All are ended after the module."""
    running: list[Server] = []

    def serve(**settings: Any) -> Server:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        folder = tmp_path_factory.mktemp("serving")
        script, log = folder / "serve.py", folder / "log"
        script.write_text(_SERVE, encoding="utf-8")
        with log.open("wb") as file:
            process = subprocess.Popen(
                [sys.executable, script, json.dumps({"port": port, **settings})],
                stdout=file,
                stderr=file,
                env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "TMPDIR": str(folder)},
            )
        server = Server(port, process, log)
        running.append(server)
        server.until(server.is_up, 600)  # a pack is compiled first, on a machine that may be busy
        return server

    yield serve
    for server in running:
        if server.process.poll() is None:
            server.process.kill()
            server.process.wait()

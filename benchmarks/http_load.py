"""A small HTTP load generator: keep-alive connections in one thread, closed loop or at a given rate. Knows no server.

Every request is answered before the next goes out on its connection (no pipelining). Linux's epoll; elsewhere what `selectors` has.
"""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Load:
    """What came of a run. `latencies` in seconds, one a request; `statuses` counts answers; `broken` connections that ended early."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    broken: int = 0

    def percentile(self, share: float) -> float:
        """The latency that `share` of the requests did not exceed, in seconds."""
        found = sorted(self.latencies)
        return found[min(len(found) - 1, int(share * len(found)))] if found else 0.0

    @property
    def answered(self) -> int:
        """Requests answered with 200."""
        return self.statuses.get(200, 0)


@dataclass(slots=True)
class _Line:
    """One connection: what has come in of the answer, and when its request went out (or was due)."""

    wire: socket.socket
    got: bytes = b""
    began: float = 0.0
    busy: bool = False


def request(path: str, body: bytes, headers: str = "") -> bytes:
    """The bytes of one POST."""
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    return (head + headers + "\r\n").encode() + body


def run(
    port: int, requests: Sequence[bytes], *, seconds: float, connections: int = 32, rate: float = 0.0
) -> Load:
    """Send `requests` round and round for `seconds`; with `rate` so many a second, else as fast as they are answered.

    At a rate, latency counts from when a request was due, so that a server that stalls is not let off.
    """
    lines = [_Line(socket.create_connection(("127.0.0.1", port))) for _ in range(connections)]
    with selectors.DefaultSelector() as selector:
        for line in lines:
            line.wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            selector.register(line.wire, selectors.EVENT_READ, line)
        load = _drive(selector, lines, requests, (seconds, rate))
    for line in lines:
        line.wire.close()
    return load


def _drive(
    selector: selectors.BaseSelector, lines: list[_Line], requests: Sequence[bytes], pace: tuple[float, float]
) -> Load:
    seconds, rate = pace
    load, idle, sent, clock = Load(), list(lines), 0, time.perf_counter
    began = clock()
    end = began + seconds
    while (now := clock()) < end or len(idle) < len(lines) - load.broken:
        if now > end + 10:
            break
        due = min(len(idle), int((now - began) * rate) + 1 - sent) if rate else len(idle)
        for _ in range(due if now < end else 0):
            line = idle.pop()
            line.began = began + sent / rate if rate else clock()
            line.wire.sendall(requests[sent % len(requests)])
            sent += 1
        wait = max(0.0, began + sent / rate - clock()) if rate and idle and now < end else 0.2
        for key, _ in selector.select(wait):
            if _received(key.data, load):
                idle.append(key.data)
            elif key.data.wire.fileno() < 0 or not key.data.got:
                selector.unregister(key.fileobj)
                load.broken += 1
    load.seconds = clock() - began
    return load


def _received(line: _Line, load: Load) -> bool:
    """Whether the answer is complete; noted in `load`. An ended connection leaves `got` empty."""
    try:
        data = line.wire.recv(65536)
    except OSError:
        data = b""
    if not data:
        line.got = b""
        return False
    line.got += data
    head, mark, body = line.got.partition(b"\r\n\r\n")
    if not mark or len(body) < _length(head):
        return False
    status = int(head[9:12])
    load.statuses[status] = load.statuses.get(status, 0) + 1
    load.latencies.append(time.perf_counter() - line.began)
    line.got = b""
    return True


def _length(head: bytes) -> int:
    at = head.lower().find(b"\r\ncontent-length:")
    return int(head[at + 17 :].split(b"\r\n", 1)[0]) if at >= 0 else 0

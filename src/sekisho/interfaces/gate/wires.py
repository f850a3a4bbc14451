"""Cuts off connections whose request never arrives whole, so that slow senders cannot hold the threads that read bodies.

The application knows that some body is late (`Readers`), the kernel how long each connection has been without an answer (Linux's
TCP_INFO). Elsewhere nothing is cut and a proxy in front has to do it. Slow headers are granian's affair.
"""

from __future__ import annotations

import os
import socket
import stat
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

_ESTABLISHED = 1
_SENT_AND_RECEIVED = struct.Struct("=B43xI4xI")
"""Of struct tcp_info: state, then milliseconds since data was last sent (byte 44) and received (byte 52)."""
_SOCKETS = "/proc/self/fd"
_EVERY = 1.0


class Readers:
    """Since when each thread waits for a body."""

    def __init__(self) -> None:
        self.since: dict[int, float] = {}

    def is_late(self, allowed: float) -> bool:
        """Whether some body has been coming for longer than `allowed` seconds."""
        return any(time.perf_counter() - since > allowed for since in list(self.since.values()))


class Watch:
    """Finds the connections a late body may be on. `allowed` in seconds."""

    def __init__(self, allowed: float) -> None:
        self._allowed = allowed * 1000
        self._received: dict[int, int] = {}

    def look(self, *, is_late: bool) -> int:
        """Remember every connection; when a body is late cut those that may be it, and return how many."""
        received, cut = {}, 0
        for wire, inode in _connections():
            with wire, suppress(OSError):
                state, sent_ago, received_ago = _told(wire)
                if state == _ESTABLISHED:
                    received[inode] = received_ago
                    if is_late and sent_ago >= self._allowed and not self._is_fresh(inode, received_ago):
                        # Only our receiving ends: who sent too slowly can still be told 408.
                        wire.shutdown(socket.SHUT_RD)
                        cut += 1
        self._received = received
        return cut

    def _is_fresh(self, inode: int, received_ago: int) -> bool:
        """Whether a connection long idle has just begun a request, which will be answered in time."""
        return received_ago < 1500 * _EVERY and self._received.get(inode, 0) >= self._allowed


def can_watch() -> bool:
    """Whether this system tells what its connections do."""
    return sys.platform == "linux" and hasattr(socket, "TCP_INFO") and os.path.isdir(_SOCKETS)


def start(readers: Readers, allowed: float, count: Callable[[int], None]) -> None:
    """Watch from a thread of its own, once a second; `count` is told how many were cut."""
    if can_watch():
        watch = Watch(allowed)
        threading.Thread(
            target=_watch, args=(watch, readers, allowed, count), daemon=True, name="wires"
        ).start()


def _watch(watch: Watch, readers: Readers, allowed: float, count: Callable[[int], None]) -> None:
    while True:
        time.sleep(_EVERY)
        with suppress(OSError):
            cut = watch.look(is_late=readers.is_late(allowed))
            if cut:
                count(cut)


def _connections() -> Iterator[tuple[socket.socket, int]]:
    """A copy of every TCP socket of this process, with its number in the kernel."""
    for name in os.listdir(_SOCKETS):
        try:
            status = os.stat(f"{_SOCKETS}/{name}")
            if not stat.S_ISSOCK(status.st_mode):
                continue
            wire = socket.socket(fileno=os.dup(int(name)))
        except OSError:
            continue
        if wire.family in (socket.AF_INET, socket.AF_INET6) and wire.type == socket.SOCK_STREAM:
            yield wire, status.st_ino
        else:
            wire.close()


def _told(wire: socket.socket) -> tuple[int, int, int]:
    state, sent_ago, received_ago = _SENT_AND_RECEIVED.unpack(
        wire.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _SENT_AND_RECEIVED.size)
    )
    return state, sent_ago, received_ago

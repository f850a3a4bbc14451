"""Closes the receiving side of connections whose request does not arrive: slow bodies, slow headers, silence in the middle.

A connection is late when something has come in after the last answer and no answer went out for the time allowed. What the kernel
knows of every socket tells this (Linux's TCP_INFO); elsewhere nothing is watched and a proxy in front has to do it.
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
_RECEIVED_AND_SENT = struct.Struct("=B43xI4xI")
"""Of struct tcp_info: state, then milliseconds since data was last sent (byte 44) and received (byte 52)."""
_SOCKETS = "/proc/self/fd"


def can_watch() -> bool:
    """Whether this system tells what its connections do."""
    return sys.platform == "linux" and hasattr(socket, "TCP_INFO") and os.path.isdir(_SOCKETS)


class Watch:
    """Remembers since when each connection owes the rest of a request. `look` returns how many it cut."""

    def __init__(self, allowed: float) -> None:
        self._allowed = allowed
        self._owing: dict[int, float] = {}

    def look(self) -> int:
        """Cut what is late."""
        now, owing, cut = time.monotonic(), {}, 0
        for wire, inode in _connections():
            with wire, suppress(OSError):
                if not _owes(wire):
                    continue
                since = self._owing.get(inode, now)
                if now - since > self._allowed:
                    # Only our receiving ends: who waits can still be told 408.
                    wire.shutdown(socket.SHUT_RD)
                    cut += 1
                else:
                    owing[inode] = since
        self._owing = owing
        return cut


def start(allowed: float, count: Callable[[int], None]) -> None:
    """Watch from a thread of its own, once a second; `count` is told how many were cut."""
    if can_watch():
        threading.Thread(target=_watch, args=(Watch(allowed), count), daemon=True, name="wires").start()


def _watch(watch: Watch, count: Callable[[int], None]) -> None:
    while True:
        time.sleep(1)
        with suppress(OSError):
            cut = watch.look()
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


def _owes(wire: socket.socket) -> bool:
    state, sent, received = _RECEIVED_AND_SENT.unpack(
        wire.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 56)
    )
    return bool(state == _ESTABLISHED and received < sent)

"""One scan at a time into an output: a lock file beside it, let go by the system when its process ends. Not for readers of it."""

from __future__ import annotations

import contextlib
import fcntl
import os
import platform
from collections.abc import Iterator
from pathlib import Path

from sekisho.interfaces.bulk.errors import ScanError


@contextlib.contextmanager
def only_one(target: Path) -> Iterator[None]:
    """Hold `target` + ".lock" meanwhile; it is removed at the end. Raises `ScanError` when another scan holds it."""
    path = target.with_name(target.name + ".lock")
    lock = _taken(path)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)  # before it is let go: who takes it next must find it gone
        os.close(lock)


def _taken(path: Path) -> int:
    while True:
        try:
            lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise ScanError(f"{path}: cannot write: {error.strerror}") from None
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _still(path, lock):
                os.ftruncate(lock, 0)
                os.write(lock, f"process {os.getpid()} on {platform.node()}\n".encode())
                return lock
        except BlockingIOError:
            holder = os.read(lock, 200).decode(errors="replace").strip() or "another process"
            os.close(lock)
            hint = "wait for it, or give this one another output"
            raise ScanError(f"another scan is writing {path.name.removesuffix('.lock')}: {holder}", hint) from None
        except OSError as error:
            os.close(lock)
            hint = "write to a folder whose file system can lock, and move the output"
            raise ScanError(f"{path}: cannot lock: {error.strerror}", hint) from None
        os.close(lock)


def _still(path: Path, lock: int) -> bool:
    """Whether the file we locked is still the one of that name: its last holder may have removed it between our two steps."""
    try:
        return os.path.samestat(os.stat(path), os.fstat(lock))
    except FileNotFoundError:
        return False

"""The one place the market reads the time from, so that tests can move it. Times are aware and in UTC."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

_offset: ContextVar[timedelta] = ContextVar("clock_offset", default=timedelta(0))


def now() -> datetime:
    """The present moment."""
    return datetime.now(UTC) + _offset.get()


@contextmanager
def ahead(delta: timedelta) -> Iterator[None]:
    """Within the block it is `delta` later: for tests of timers and for the demonstration's histories."""
    token = _offset.set(_offset.get() + delta)
    try:
        yield
    finally:
        _offset.reset(token)

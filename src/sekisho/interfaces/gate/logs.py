"""One line of JSON for every event worth telling, on standard error: figures and words of closed lists, nothing of a request."""

from __future__ import annotations

import json
import sys
import threading
import time
import traceback
from collections.abc import Callable
from typing import TextIO

Tell = Callable[..., None]
"""`tell(event, **fields)`."""


class Log:
    """Writes lines; safe to share between threads. `stream` None: standard error at the time of writing."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream
        self._lock = threading.Lock()

    def __call__(self, event: str, **fields: str | int | float | bool) -> None:
        """Write one line."""
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        line = json.dumps({"at": now, "event": event, **fields}, ensure_ascii=False)
        with self._lock:
            stream = self._stream or sys.stderr
            stream.write(line + "\n")
            stream.flush()


def places(error: BaseException) -> str:
    """Where an error arose: its class and lines of code. Its message and values are left out; they may be somebody's text."""
    frames = traceback.extract_tb(error.__traceback__)[-8:]
    where = " < ".join(
        f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in reversed(frames)
    )
    return f"{type(error).__name__} at {where}"

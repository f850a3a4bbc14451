"""The application in one of the processes that `serve` runs: it ends when the process that started it is gone."""

from __future__ import annotations

import multiprocessing
import os
import threading

from sekisho.config.wsgi import application

__all__ = ["application"]


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)  # nobody is left to answer for: what was not committed is undone


threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()

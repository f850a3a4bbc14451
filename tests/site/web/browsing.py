"""A real browser and the site itself for the tests that need both. Without a Chromium they fail and say what to install."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections

NAMES = ("chromium", "chromium-browser", "google-chrome")
PACKAGES = ("chromium", "fonts-noto-cjk")


@cache
def chromium() -> str:
    """Where a Chromium is; Debian's is installed where that is allowed. Fails the test and says what to install otherwise."""
    if _found() is None and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "install", "--yes", "--quiet", *PACKAGES], check=False, timeout=600)
    found = _found()
    if found is None:
        pytest.fail(f"no Chromium was found. Install it and run again: apt-get install {' '.join(PACKAGES)}")
    return found


def _found() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


class Quiet(WSGIRequestHandler):
    """Answers without a word."""

    def log_message(self, *_: Any) -> None:
        """Nothing."""


@contextmanager
def serving() -> Iterator[str]:
    """The site itself in a thread of its own; yields its address. Its database must be one that threads may connect to."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.set_app(get_wsgi_application())
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()
    connections.close_all()

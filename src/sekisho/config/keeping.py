"""What runs beside the server: the background process and the database, each begun anew when it was killed. No pages."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading

from sekisho.config.database import Database, Unavailable, open_database
from sekisho.config.database.folder import default_data_dir

LOOK_SECONDS = 0.5
AGAIN_SECONDS = 1.0
"""How soon at the earliest a background process that died is begun anew."""
END_SECONDS = 3.0
"""How long the background process may take to finish what it does; then it is killed, and its transaction undone."""
_LOG = logging.getLogger("sekisho.site")


class Keeper:
    """Keeps a background process and `database` at work from `start` to `stop`, in a thread of its own."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._stopping = threading.Event()
        self._child: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._watch, name="keeper", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End the background process, then the database."""
        self._stopping.set()
        self._thread.join()
        child = self._child
        if child is not None:
            child.terminate()
            try:
                child.wait(END_SECONDS)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        self.database.stop()

    def _watch(self) -> None:
        wait = 0.0
        while not self._stopping.wait(wait):
            wait = LOOK_SECONDS
            if not self.database.kept:
                self._open_again()
            elif self._child is None or self._child.poll() is not None:
                self._child = subprocess.Popen(
                    [sys.executable, "-m", "sekisho", "background", "--parent", str(os.getpid())]
                )
                wait = AGAIN_SECONDS

    def _open_again(self) -> None:
        """Its supervisor was killed, and PostgreSQL with it. The new one has the old one's address."""
        _LOG.warning("the database's supervisor is gone: the database is started again")
        try:
            self.database.stop()
            self.database = open_database(default_data_dir(), owner=True)
        except (Unavailable, OSError) as error:
            _LOG.error("the database cannot be started again; the next try follows: %s", error)

"""The one way to the database: of our own without `DATABASE_URL`, of somebody's server with it. No Django."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg

from sekisho.config.database.access import Access
from sekisho.config.database.binaries import OLDEST
from sekisho.config.database.cluster import APP, OWNER
from sekisho.config.database.embedded import Running, run_embedded
from sekisho.config.database.errors import NoAnswer, WrongVersion
from sekisho.config.database.folder import default_data_dir

CONNECT_SECONDS = 10


class Database:
    """An open database; a context manager that stops what it started.

    `app` is for everything that runs, `owner` for migrations only. `embedded` says that the server is our own,
    `started_here` that this process started it and did not join another's.
    """

    __slots__ = ("_process", "_running", "app", "embedded", "owner", "started_here")

    def __init__(self, app: Access, owner: Access, running: Running | None) -> None:
        self.app = app
        self.owner = owner
        self.embedded = running is not None
        self.started_here = running is not None and running.supervisor is not None
        self._running = running
        self._process = os.getpid()

    @property
    def pid(self) -> int | None:
        """The process id of our own PostgreSQL at this moment; None for somebody's server or after a crash."""
        return self._running.pid if self._running else None

    @property
    def kept(self) -> bool:
        """Nothing more is to be done to keep it running. False after a stop, or when our supervisor was killed:
        then only opening it anew helps. (A killed PostgreSQL is started again by the supervisor.)"""
        return not self.embedded or (self._running is not None and self._running.supervised)

    def stop(self) -> None:
        """Lets go. Whoever started our own server stops it; asking twice, or in a forked child, does nothing."""
        running, self._running = self._running, None
        if running is not None and os.getpid() == self._process:
            running.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def open_database(
    data_dir: str | os.PathLike[str] | None = None,
    url: str | None = None,
    *,
    owner_url: str | None = None,
    owner: bool = False,
) -> Database:
    """Opens the database; use it with `with`, or call `stop()`.

    With `url` (default: `DATABASE_URL`) it is that server, from PostgreSQL 15 on; `owner_url` (default:
    `DATABASE_OWNER_URL`) names the role for migrations, else `url` serves for both. Naming `data_dir` leaves the
    environment's URLs aside.

    Without a URL a PostgreSQL of our own runs in `data_dir` (default: `SEKISHO_DATA_DIR`, else the user's data
    folder). `owner=True` is for the command that keeps it for others (`sekisho serve`): it starts it, and waits at most
    60 seconds for a shorter command that has it. `owner=False` joins a running one, else starts it until `stop()`.

    Raises `Unavailable`.
    """
    if url is None and data_dir is None:
        url = os.environ.get("DATABASE_URL") or None
        owner_url = owner_url or os.environ.get("DATABASE_OWNER_URL") or None
    if url is not None:
        return _of_somebody(url, owner_url)
    place = Path(data_dir) if data_dir is not None else default_data_dir()
    return _of_our_own(run_embedded(place, owner=owner))


@contextmanager
def temporary_database(
    folder: str | os.PathLike[str] | None = None, *, durable: bool = False
) -> Iterator[Database]:
    """An empty database of our own for tests, gone afterwards; its owner may create databases.

    It lies in a new folder inside `folder` (default: where the machine keeps temporary files). Unless it is `durable`
    it leaves out the writes that survive a power failure.
    """
    place = Path(tempfile.mkdtemp(prefix="sekisho-test-", dir=folder))
    try:
        running = run_embedded(place, owner=True, hasty=not durable, disposable=True)
        with _of_our_own(running) as database:
            yield database
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _of_our_own(running: Running) -> Database:
    return Database(running.access(APP), running.access(OWNER), running)


def _of_somebody(url: str, owner_url: str | None) -> Database:
    app = Access.from_url(url)
    owner = Access.from_url(owner_url, "DATABASE_OWNER_URL") if owner_url else app
    for access, name in ((app, "DATABASE_URL"), (owner, "DATABASE_OWNER_URL")):
        _check_server(access, name)
        if owner is app:
            break
    return Database(app, owner, None)


def _check_server(access: Access, name: str) -> None:
    patience = int(access.options.get("connect_timeout", CONNECT_SECONDS))
    try:
        with psycopg.connect(access.conninfo, connect_timeout=patience) as connection:
            version = connection.info.server_version
            encoding = connection.info.parameter_status("server_encoding")
    except psycopg.OperationalError as error:
        raise NoAnswer(
            f"The server of {name} ({access.host or 'the default host'}, database {access.dbname}) does not let us "
            f"in: {str(error).strip()}. Check that it runs, and the address, user and password."
        ) from None
    if version < OLDEST * 10000:
        raise WrongVersion(
            f"The server of {name} is PostgreSQL {version // 10000}; Sekisho needs {OLDEST} or newer. Upgrade it, "
            "or unset DATABASE_URL to use a PostgreSQL of Sekisho's own."
        )
    if encoding != "UTF8":
        raise WrongVersion(
            f"The database of {name} keeps texts in {encoding}. Make one that keeps them in UTF-8: "
            "CREATE DATABASE sekisho ENCODING 'UTF8' TEMPLATE template0"
        )

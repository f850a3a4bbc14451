"""The site as commands: its database opened, its tables brought up to date, its server and its background process."""

from __future__ import annotations

import logging
import math
import multiprocessing
import os
import secrets
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from sekisho.config.database import Database, Passing, open_database
from sekisho.config.database.folder import default_data_dir
from sekisho.config.keeping import Keeper


class NoSecret(ValueError):
    """The site may not start: there is no key to sign with."""


PAUSE_SECONDS = 1.0
"""How long the background process waits when nothing is due."""
TIDY_SECONDS = 3600.0
"""How often files that no row knows are looked for."""
STOP_SECONDS = 5
"""How long requests under way may take when the server is told to stop."""
_LOG = logging.getLogger("sekisho.site")


@contextmanager
def opened(*, owner: bool = False, patient: Callable[[], bool] | None = None) -> Iterator[Database]:
    """The database opened and Django set up over it. Raises `database.Unavailable`.

    While `patient()` a database that does not answer is waited for, and the log says so.
    """
    with _database(owner, patient) as database:
        os.environ["DATABASE_URL"], os.environ["DATABASE_OWNER_URL"] = database.app.url, database.owner.url
        _own_secret()
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sekisho.config.settings")
        import django

        django.setup()
        _readable_data_key()
        yield database


def _database(owner: bool, patient: Callable[[], bool] | None) -> Database:
    pause = PAUSE_SECONDS
    while True:
        try:
            return open_database(owner=owner)
        except Passing as error:
            if patient is None or not patient():
                raise
            _LOG.warning("no database yet, trying again in %g s: %s", pause, error)
        time.sleep(pause)
        pause = min(pause * 2, 16 * PAUSE_SECONDS)


def _own_secret() -> None:
    """On one's own machine the key that signs sessions is made once and kept in the data folder. Elsewhere it must be given."""
    host = urlsplit(os.environ.get("SEKISHO_BASE_URL", "http://127.0.0.1")).hostname
    given, public = os.environ.get("SEKISHO_SECRET_KEY", ""), host not in ("127.0.0.1", "localhost", "::1")
    if public and os.environ.get("SEKISHO_DEBUG", "0") == "1":
        raise NoSecret("SEKISHO_DEBUG is 1 on a site that others reach: its pages would show code and data. Unset it.")
    if public and not _strong(given):
        raise NoSecret(
            f"SEKISHO_SECRET_KEY is {'too easy to guess' if given else 'not set'}. A site that others reach needs a key of its "
            "own: put at least 50 random characters into it, for example of: "
            'python -c "import secrets; print(secrets.token_urlsafe(50))"'
        )
    if given:
        return
    place = default_data_dir() / "secret_key"
    if not place.exists():
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = place.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
        fresh.rename(place)
    os.environ["SEKISHO_SECRET_KEY"] = place.read_text("ascii")


def _readable_data_key() -> None:
    from sekisho.market.kernel import sealing

    try:
        sealing.keys()
    except ValueError as error:
        raise NoSecret(str(error)) from None


def _strong(key: str) -> bool:
    """As Django's own check (security.W009) has it: long, of many different characters, and none that was made as a default."""
    return len(key) >= 50 and len(set(key)) >= 5 and not key.startswith("django-insecure-")


def serve(database: Database, host: str, port: int, workers: int) -> None:
    """Pages and API at `host`:`port` until SIGTERM or SIGINT; then nothing that was started here is left.

    Beside them run a background process and the database; each is begun anew when it was killed (`keeping`).
    """
    from django.db import connections
    from granian import Granian
    from granian.constants import Interfaces

    connections.close_all()
    # Fresh processes, not forked ones: this one has threads.
    multiprocessing.set_start_method("spawn", force=True)
    keeper = Keeper(database)
    keeper.start()
    try:
        Granian(
            "sekisho.config.worker:application", address=host, port=port, interface=Interfaces.WSGI, workers=workers,
            blocking_threads=8, log_enabled=False, respawn_failed_workers=True, workers_kill_timeout=STOP_SECONDS,
        ).serve()  # fmt: skip
    finally:
        keeper.stop()


def migrate(database: Database) -> None:
    """Make or change the tables, as the role that owns them, and grant the application's role what it needs."""
    from django.core.management import call_command

    from sekisho.market.kernel import grants

    call_command("migrate", database="owner", verbosity=0)
    call_command("createcachetable", database="owner", verbosity=0)
    grants.apply("owner", database.app.user)


def background(stop: threading.Event, *, once: bool = False, parent: int | None = None) -> int:
    """Deliver what the outbox holds, fire due timers, seal the audit chain, sweep up stray files. Returns how much was done.

    Ends when `stop` is set, when `once` and nothing is left, or when the process `parent` is gone. A lost connection is
    waited out, except when `once`.
    """
    from django.db import InterfaceError, OperationalError, close_old_connections, connections

    from sekisho.market.kernel import audit, outbox, sweep

    done, tidied = 0, -math.inf
    while not stop.is_set() and (parent is None or os.getppid() == parent):
        close_old_connections()
        try:
            now = outbox.deliver() + sweep.sweep() + audit.seal()
            if time.monotonic() - tidied > TIDY_SECONDS:
                tidied = time.monotonic()
                _tidy()
        except (OperationalError, InterfaceError) as error:
            if once:
                raise
            _LOG.warning("no database: %s", error)
            connections.close_all()
            now = 0
        done += now
        if once and not now:
            break
        if not now:
            stop.wait(PAUSE_SECONDS)
    return done


def _tidy() -> None:
    from sekisho.market.files.checking import sweep_strays

    try:
        gone = sweep_strays()
    except OSError as error:
        _LOG.warning("the folder of files cannot be tidied: %s", error.strerror)
    else:
        if gone:
            _LOG.info("%d stray files deleted", gone)


def until_signal(work: Callable[[threading.Event], object]) -> None:
    """Run `work(stop)` and set `stop` on SIGTERM or SIGINT."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    work(stop)

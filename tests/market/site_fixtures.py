"""A real PostgreSQL for the market's tests: one of our own for the whole run, tables made by the owner, used as the application.

`db` (automatic) puts each test into a transaction that is rolled back. `committed` gives a test a database of its own, for
what needs several connections or real commits.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
import psycopg
import pytest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sekisho.config.settings")
os.environ["SEKISHO_DEBUG"] = "0"
os.environ.setdefault("SEKISHO_SECRET_KEY", "for tests only, and nowhere else: not a secret at all")
os.environ.setdefault("SEKISHO_HOSTS", "testserver,localhost,127.0.0.1")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connections, transaction  # noqa: E402
from django.test import override_settings  # noqa: E402

from sekisho.config.database import Database, temporary_database  # noqa: E402
from sekisho.market.kernel import grants  # noqa: E402


def _use(database: Database, name: str) -> None:
    for alias, access in (("default", database.app), ("owner", database.owner)):
        connections[alias].close()
        connections[alias].settings_dict.update(access.django | {"NAME": name})
        connections.settings[alias].update(access.django | {"NAME": name})


@pytest.fixture(scope="session")
def server() -> Iterator[Database]:
    """A server whose database `sekisho` has every table and nothing in it."""
    with temporary_database() as database:
        _use(database, database.app.dbname)
        call_command("migrate", database="owner", verbosity=0)
        call_command("createcachetable", database="owner", verbosity=0)
        grants.apply("owner", database.app.user)
        connections["owner"].close()
        yield database
        connections.close_all()


@pytest.fixture(autouse=True)
def db(server: Database, request: pytest.FixtureRequest) -> Iterator[None]:
    """Everything a test writes is taken back."""
    if "committed" in request.fixturenames:
        yield
        return
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def committed(server: Database) -> Iterator[Database]:
    """A database of the test's own, with every table and nothing in it; threads may open connections to it."""
    connections.close_all()
    name = f"test_{os.urandom(4).hex()}"
    _as_owner(server, f"CREATE DATABASE {name} TEMPLATE {server.owner.dbname}")
    _use(server, name)
    yield server
    connections.close_all()
    _use(server, server.app.dbname)
    # Not WITH (FORCE): the owner may not end the application's sessions; without it the server waits for them to be gone.
    _as_owner(server, f"DROP DATABASE {name}")


def _as_owner(server: Database, statement: str) -> None:
    admin = psycopg.connect(server.owner.conninfo, autocommit=True, dbname="postgres")
    try:
        _patiently(admin, statement)
    finally:
        admin.close()


def _patiently(admin: psycopg.Connection[Any], statement: str) -> None:
    """A connection that was closed a moment ago, or a vacuum that is nobody's, may still be going: wait for it."""
    for attempt in range(50):
        try:
            admin.execute(statement)
            return
        except psycopg.errors.ObjectInUse:
            if attempt == 49:
                raise
            time.sleep(0.2)


@pytest.fixture
def stage(cast: dict[str, Any]) -> Any:
    """The cast at work: see tests/market/stage.py."""
    from tests.market.stage import Stage

    return Stage(cast)


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path) -> Iterator[Path]:
    """Files of a test go into a folder of its own."""
    with override_settings(DATA_DIR=tmp_path):
        yield tmp_path


@pytest.fixture
def cast(db: None) -> dict[str, Any]:
    """Five people: 株式会社あおば (client), 花子 (worker), 太郎 (another worker), 見習 (moderator), 館長 (operator)."""
    from sekisho.market.people.models import Account

    def person(name: str, handle: str, **roles: bool) -> Account:
        return Account.objects.create_user(f"{handle}@example.com", None, display_name=name, **roles)

    return {
        "aoba": person("株式会社あおば", "aoba", is_client=True, is_worker=False),
        "hanako": person("花子", "hanako"),
        "taro": person("太郎", "taro"),
        "minarai": person("見習", "minarai", is_worker=False, is_moderator=True),
        "kancho": person("館長", "kancho", is_worker=False, is_operator=True, is_moderator=True),
    }

"""How to reach a database as one role: for psycopg, for Django and as a URL. It opens no connection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import quote, urlencode

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from sekisho.config.database.errors import BadUrl

NAMED = ("host", "port", "user", "password", "dbname")


@dataclass(frozen=True, slots=True)
class Access:
    """One role on one database. `host` is a folder when the server listens on a socket only."""

    host: str
    port: int
    user: str
    dbname: str
    password: str = field(default="", repr=False)
    options: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Further libpq parameters of a URL, for example `sslmode`."""

    @classmethod
    def from_url(cls, url: str, name: str = "DATABASE_URL") -> Self:
        """Reads a libpq URL or connection string. Raises `BadUrl`; the text never repeats the password."""
        try:
            given = {key: str(value) for key, value in conninfo_to_dict(url).items() if value is not None}
            port = int(given.get("port") or 5432)
        except (psycopg.ProgrammingError, ValueError):
            raise BadUrl(
                f"{name} cannot be read. Write it as postgresql://user:password@host:5432/dbname "
                "(a password with special characters must be percent-encoded)."
            ) from None
        if not given.get("dbname"):
            raise BadUrl(
                f"{name} names no database. Write it as postgresql://user:password@host:5432/dbname."
            )
        options = {key: value for key, value in given.items() if key not in NAMED}
        known = {key: given.get(key, "") for key in ("host", "user", "password", "dbname")}
        return cls(**known, port=port, options=options)

    @property
    def conninfo(self) -> str:
        """The libpq connection string, for `psycopg.connect`."""
        return make_conninfo("", **self._given())

    @property
    def django(self) -> dict[str, Any]:
        """An entry of Django's `DATABASES`."""
        entry = {"HOST": self.host, "PORT": str(self.port), "USER": self.user, "PASSWORD": self.password}
        return {
            "ENGINE": "django.db.backends.postgresql", "NAME": self.dbname, **entry, "OPTIONS": dict(self.options),
        }  # fmt: skip

    @property
    def url(self) -> str:
        """The same as a URL, for a child process or another tool. It holds the password when there is one."""
        asked = {key: value for key, value in self._given().items() if key != "dbname"}
        return f"postgresql:///{quote(self.dbname, safe='')}?{urlencode(asked, quote_via=quote)}"

    def _given(self) -> dict[str, str | int]:
        fixed = {"host": self.host, "user": self.user, "password": self.password, "dbname": self.dbname}
        present: dict[str, str | int] = {key: value for key, value in fixed.items() if value}
        return {**present, "port": self.port, **self.options}

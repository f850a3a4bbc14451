"""Makes the database and its two roles, apart from each other. Tables and what may be done to them are the migrations'."""

from __future__ import annotations

import psycopg
from psycopg import sql

from sekisho.config.database.access import Access
from sekisho.config.database.cluster import APP, OWNER

DATABASE = "sekisho"


def ensure_roles(admin: Access, *, may_create_databases: bool) -> None:
    """Makes what is missing; what is there stays. Safe after any interruption.

    The owner owns the database and so its schema; the application's role owns nothing and may only connect, until the
    migrations grant it single tables. Neither is a superuser.
    """
    with psycopg.connect(admin.conninfo, autocommit=True) as connection:
        roles = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
        for role in (OWNER, APP):
            if role not in roles:
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
        if may_create_databases:
            connection.execute(sql.SQL("ALTER ROLE {} CREATEDB").format(sql.Identifier(OWNER)))
        made = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,)).fetchone()
        names = {"base": sql.Identifier(DATABASE), "owner": sql.Identifier(OWNER), "app": sql.Identifier(APP)}
        if made is None:
            connection.execute(sql.SQL("CREATE DATABASE {base} OWNER {owner}").format(**names))
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {base} FROM PUBLIC").format(**names))
        connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {base} TO {app}").format(**names))

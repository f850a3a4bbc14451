"""What the application's database role may do, and the triggers that say why. Run by the owner after every migration."""

from __future__ import annotations

from django.apps import apps
from django.db import connections
from psycopg import sql

from sekisho.market.kernel.models import AppendOnly

_FUNCTION = """
CREATE OR REPLACE FUNCTION sekisho_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are written once: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = '23514';
END $$;
"""


def append_only_tables() -> list[str]:
    """Tables whose rows are written once."""
    return sorted(m._meta.db_table for m in apps.get_models() if issubclass(m, AppendOnly))


def apply(using: str, role: str) -> None:
    """Grant `role` reading and writing on every table, and only adding to those that are append-only."""
    tables = sorted(
        {m._meta.db_table for m in apps.get_models(include_auto_created=True)} | {"django_session", "django_cache"}
    )
    fixed = set(append_only_tables())
    name = sql.Identifier(role)
    with connections[using].cursor() as cursor:
        cursor.execute(_FUNCTION)
        existing = set(connections[using].introspection.table_names(cursor))
        for table in tables:
            if table not in existing:
                continue
            what = sql.SQL("SELECT, INSERT" if table in fixed else "SELECT, INSERT, UPDATE, DELETE")
            cursor.execute(sql.SQL("REVOKE ALL ON {} FROM {}").format(sql.Identifier(table), name))
            cursor.execute(sql.SQL("GRANT {} ON {} TO {}").format(what, sql.Identifier(table), name))
            if table in fixed:
                _guard(cursor, table)
        cursor.execute(sql.SQL("GRANT SELECT ON django_migrations TO {}").format(name))
        cursor.execute(sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(name))


def _guard(cursor: object, table: str) -> None:
    trigger, target = sql.Identifier(f"{table}_append_only"), sql.Identifier(table)
    for statement in (
        sql.SQL("DROP TRIGGER IF EXISTS {} ON {}").format(trigger, target),
        sql.SQL(
            "CREATE TRIGGER {} BEFORE UPDATE OR DELETE OR TRUNCATE ON {} FOR EACH STATEMENT "
            "EXECUTE FUNCTION sekisho_append_only()"
        ).format(trigger, target),
    ):
        cursor.execute(statement)  # type: ignore[attr-defined]

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


def append_only_tables() -> dict[str, tuple[str, ...]]:
    """Tables whose rows are written once, and the columns of each that can be erased."""
    models = (m for m in apps.get_models() if issubclass(m, AppendOnly))
    return {m._meta.db_table: m.erasable for m in sorted(models, key=lambda m: m._meta.db_table)}


def apply(using: str, role: str) -> None:
    """Grant `role` reading and writing on every table, and only adding to those that are append-only."""
    tables = sorted(
        {m._meta.db_table for m in apps.get_models(include_auto_created=True)} | {"django_session", "django_cache"}
    )
    fixed = append_only_tables()
    name = sql.Identifier(role)
    with connections[using].cursor() as cursor:
        cursor.execute(_FUNCTION)
        existing = set(connections[using].introspection.table_names(cursor))
        for table in tables:
            if table not in existing:
                continue
            what = _rights(fixed.get(table))
            cursor.execute(sql.SQL("REVOKE ALL ON {} FROM {}").format(sql.Identifier(table), name))
            cursor.execute(sql.SQL("GRANT {} ON {} TO {}").format(what, sql.Identifier(table), name))
            if table in fixed:
                columns = connections[using].introspection.get_table_description(cursor, table)
                _guard(cursor, table, [c.name for c in columns if c.name not in fixed[table]])
        cursor.execute(sql.SQL("GRANT SELECT ON django_migrations TO {}").format(name))
        cursor.execute(sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(name))


def _rights(erasable: tuple[str, ...] | None) -> sql.Composable:
    if erasable is None:
        return sql.SQL("SELECT, INSERT, UPDATE, DELETE")
    if not erasable:
        return sql.SQL("SELECT, INSERT")
    return sql.SQL("SELECT, INSERT, UPDATE ({})").format(sql.SQL(", ").join(map(sql.Identifier, erasable)))


def _guard(cursor: object, table: str, fixed: list[str]) -> None:
    trigger, target = sql.Identifier(f"{table}_append_only"), sql.Identifier(table)
    for statement in (
        sql.SQL("DROP TRIGGER IF EXISTS {} ON {}").format(trigger, target),
        sql.SQL(
            "CREATE TRIGGER {} BEFORE UPDATE OF {} OR DELETE OR TRUNCATE ON {} FOR EACH STATEMENT "
            "EXECUTE FUNCTION sekisho_append_only()"
        ).format(trigger, sql.SQL(", ").join(map(sql.Identifier, fixed)), target),
    ):
        cursor.execute(statement)  # type: ignore[attr-defined]

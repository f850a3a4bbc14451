"""The database: a PostgreSQL of our own, or the one that `DATABASE_URL` names. No Django, no tables."""

from sekisho.config.database.access import Access
from sekisho.config.database.errors import (
    AlreadyOwned,
    BadFolder,
    BadUrl,
    NoAnswer,
    NoBinaries,
    Passing,
    StartFailed,
    Unavailable,
    WrongVersion,
)
from sekisho.config.database.opening import Database, open_database, temporary_database

__all__ = [
    "Access",
    "AlreadyOwned",
    "BadFolder",
    "BadUrl",
    "Database",
    "NoAnswer",
    "NoBinaries",
    "Passing",
    "StartFailed",
    "Unavailable",
    "WrongVersion",
    "open_database",
    "temporary_database",
]

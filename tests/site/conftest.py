"""The tests of pages run on a real PostgreSQL."""

from site_fixtures import cast, committed, db, server

__all__ = ["cast", "committed", "db", "server"]

"""The tests of pages run on a real PostgreSQL."""

from site_fixtures import cast, committed, data_dir, db, server, stage

__all__ = ["cast", "committed", "data_dir", "db", "server", "stage"]

"""The room as a Django app; its rows of the permission table and its handlers are read when it is ready."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Who there is: accounts, roles, standing, blocks as bare pairs, tokens."""

    name = "sekisho.market.people"
    label = "people"
    verbose_name = "利用者"

    def ready(self) -> None:
        """Fill the tables of the kernel."""
        for module in ("permits", "verbs", "leaving"):
            import_module(f"{self.name}.{module}")

"""The room as a Django app; its rows of the permission table and its handlers are read when it is ready."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class LinkageConfig(AppConfig):
    """What several accounts have in common, as keyed hashes: never a copy of it."""

    name = "sekisho.market.linkage"
    label = "linkage"
    verbose_name = "つながり"

    def ready(self) -> None:
        """Fill the tables of the kernel."""
        for module in ("permits", "noting", "candidates", "rotation", "forgetting", "verbs"):
            import_module(f"{self.name}.{module}")

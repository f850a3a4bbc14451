"""The room as a Django app; its rows of the permission table and its handlers are read when it is ready."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """案件と応募: postings and applications."""

    name = "sekisho.market.jobs"
    label = "jobs"
    verbose_name = "案件"

    def ready(self) -> None:
        """Fill the tables of the kernel."""
        for module in ("permits", "verbs", "timers", "rescans", "erasing"):
            import_module(f"{self.name}.{module}")

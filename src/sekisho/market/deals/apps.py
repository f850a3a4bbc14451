"""The room as a Django app; its rows of the permission table and its handlers are read when it is ready."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class DealsConfig(AppConfig):
    """取引: the append-only, hash-chained log of one consultation, in the event words of check_thread."""

    name = "sekisho.market.deals"
    label = "deals"
    verbose_name = "取引の記録"

    def ready(self) -> None:
        """Fill the tables of the kernel."""
        for module in ("permits", "verbs"):
            import_module(f"{self.name}.{module}")

"""The room as a Django app; its rows of the permission table and its handlers are read when it is ready."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class ExternalConfig(AppConfig):
    """Deals of marketplaces that keep their own contracts: their events, judged and kept in the same log."""

    name = "sekisho.market.external"
    label = "external"
    verbose_name = "外部の取引"

    def ready(self) -> None:
        """Fill the tables of the kernel."""
        for module in ("permits", "verbs"):
            import_module(f"{self.name}.{module}")

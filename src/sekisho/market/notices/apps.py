"""The room as a Django app; its handlers are registered when it is ready."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Who is told what, when and where."""

    name = "sekisho.market.notices"
    label = "notices"
    verbose_name = "お知らせ"

    def ready(self) -> None:
        """Fill the tables of the kernel."""
        for module in ("permits", "verbs", "webhooks", "handlers", "delivering", "erasing"):
            import_module(f"{self.name}.{module}")

"""The room as a Django app; its rows of the permission table and its handlers are read when it is ready."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    """Sending and reading: to send is to judge, decide and append to the deal, in one verb."""

    name = "sekisho.market.messaging"
    label = "messaging"
    verbose_name = "メッセージ"

    def ready(self) -> None:
        """Fill the tables of the kernel."""
        for module in ("permits", "verbs", "timers", "erasing", "openings"):
            import_module(f"{self.name}.{module}")

"""The room as a Django app; its rows of the permission table and its handlers are read when it is ready."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Attachments of every room: stored apart by content, checked, served only as downloads."""

    name = "sekisho.market.files"
    label = "files"
    verbose_name = "ファイル"

    def ready(self) -> None:
        """Fill the tables of the kernel."""
        for module in ("permits", "verbs", "handlers", "timers"):
            import_module(f"{self.name}.{module}")

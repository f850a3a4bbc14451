"""The room as a Django app; its rows of the permission table and its handlers are read when it is ready."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class ExposureConfig(AppConfig):
    """What somebody gave away, to whom, when and by which tool."""

    name = "sekisho.market.exposure"
    label = "exposure"
    verbose_name = "渡した情報の記録"

    def ready(self) -> None:
        """Fill the tables of the kernel."""
        for module in ("permits", "verbs", "sharing", "timers"):
            import_module(f"{self.name}.{module}")

"""The room as a Django app; its rows of the permission table and its handlers are read when it is ready."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class SafetyConfig(AppConfig):
    """違反対応: reports, cases, decisions, sanctions and appeals."""

    name = "sekisho.market.safety"
    label = "safety"
    verbose_name = "違反対応"

    def ready(self) -> None:
        """Fill the tables of the kernel."""
        for module in (
            "permits", "reports", "claims", "decisions", "sanctions", "appeals", "bulk", "handlers", "timers",
            "hindrances", "sharing",
        ):  # fmt: skip
            import_module(f"{self.name}.{module}")

"""The room as a Django app; its rows of the permission table and its handlers are read when it is ready."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig

from sekisho.market.deals.packs import live_from


class JudgingConfig(AppConfig):
    """Which pack is live; judging a text in its true context, with the exact input kept reproducible."""

    name = "sekisho.market.judging"
    label = "judging"
    verbose_name = "判定"

    def ready(self) -> None:
        """Fill the tables of the kernel."""
        for module in ("permits", "packs", "background", "watching", "backtests", "replaying", "rescans"):
            import_module(f"{self.name}.{module}")
        live_from(import_module(f"{self.name}.judges").pack)

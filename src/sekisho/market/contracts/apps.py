"""The room as a Django app; its rows of the permission table and its handlers are read when it is ready."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class ContractsConfig(AppConfig):
    """契約: offer to payout, with escrow, deliveries, disputes and reviews."""

    name = "sekisho.market.contracts"
    label = "contracts"
    verbose_name = "契約"

    def ready(self) -> None:
        """Fill the tables of the kernel."""
        for module in ("permits", "verbs", "freezing", "reminders", "timers", "hindrances", "erasing", "openings"):
            import_module(f"{self.name}.{module}")

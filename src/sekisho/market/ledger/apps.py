"""The room as a Django app; its rows of the permission table and its handlers are read when it is ready."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Ledger accounts and transfers; fees; the payment port; verification."""

    name = "sekisho.market.ledger"
    label = "ledger"
    verbose_name = "台帳"

    def ready(self) -> None:
        """Fill the tables of the kernel."""
        for module in ("permits", "verbs", "imports"):
            import_module(f"{self.name}.{module}")

"""The room as a Django app; its rows of the permission table and its handlers are read when it is ready."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class ContactRequestsConfig(AppConfig):
    """サービス外連絡申請: the lawful way to an outside tool."""

    name = "sekisho.market.contact_requests"
    label = "contact_requests"
    verbose_name = "サービス外連絡申請"

    def ready(self) -> None:
        """Fill the tables of the kernel."""
        for module in ("permits", "verbs", "timers", "erasing", "openings"):
            import_module(f"{self.name}.{module}")

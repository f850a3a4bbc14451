"""The room as a Django app; its rows of the permission table and its handlers are read when it is ready."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class PersonalDataConfig(AppConfig):
    """Personal data a contract needs, asked for and given in a lawful way, with an expiry and an access log."""

    name = "sekisho.market.personal_data"
    label = "personal_data"
    verbose_name = "個人情報の提供依頼"

    def ready(self) -> None:
        """Fill the tables of the kernel."""
        for module in ("permits", "verbs", "recruiter", "timers", "erasing"):
            import_module(f"{self.name}.{module}")

"""The room as a Django app; its rows of the permission table and its handlers are read when it is ready."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    """Profile texts and the track record, written by the rooms above."""

    name = "sekisho.market.profiles"
    label = "profiles"
    verbose_name = "プロフィール"

    def ready(self) -> None:
        """Fill the tables of the kernel."""
        for module in ("permits", "verbs"):
            import_module(f"{self.name}.{module}")

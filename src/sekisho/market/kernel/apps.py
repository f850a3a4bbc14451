"""The kernel as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """Audit, outbox and idempotency keys."""

    name = "sekisho.market.kernel"
    label = "kernel"
    verbose_name = "共通部"

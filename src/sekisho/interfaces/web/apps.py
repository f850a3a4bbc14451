"""The pages as a Django app: templates, style and addresses."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages."""

    name = "sekisho.interfaces.web"
    label = "web"

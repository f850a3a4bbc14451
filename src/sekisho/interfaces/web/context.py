"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """The site's name, and who is looking."""
    return {"SITE_NAME": settings.SITE_NAME, "me": request.user if request.user.is_authenticated else None}

"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from sekisho.market.notices.models import Notice


def display_name(account: Any) -> str:
    """What an account is called on pages and in letters."""
    return str(account.display_name)


def site(request: HttpRequest) -> dict[str, Any]:
    """The site's name, and who is looking."""
    return {"SITE_NAME": settings.SITE_NAME, "me": request.user if request.user.is_authenticated else None,
            "unread": _unread(request)}  # fmt: skip


def _unread(request: HttpRequest) -> int:
    if not request.user.is_authenticated:
        return 0
    return Notice.objects.filter(account_id=request.user.pk, read_at=None).count()

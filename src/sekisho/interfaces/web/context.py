"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Subquery
from django.http import HttpRequest

from sekisho.market.notices.models import Notice
from sekisho.market.people.models import Account, Block


def display_name(account: Any) -> str:
    """What an account is called on pages and in letters."""
    return str(account.display_name)


def site(request: HttpRequest) -> dict[str, Any]:
    """The site's name, and who is looking. Whom he blocks is left on the request, for the menus of things."""
    me = request.user if request.user.is_authenticated else None
    unread, blocked = _about(me) if me is not None else (0, [])
    request.blocked = set(blocked)  # type: ignore[attr-defined]
    return {"SITE_NAME": settings.SITE_NAME, "me": me, "unread": unread}


def _about(me: Any) -> tuple[int, list[Any]]:
    """How many notices are unread, and whom `me` blocks, in one query."""
    notices = Notice.objects.filter(account=OuterRef("pk"), read_at=None).order_by()
    count = notices.values("account").annotate(n=Count("pk")).values("n")
    blocks = Block.objects.filter(blocker=OuterRef("pk")).values("blocked_id")
    row = Account.objects.filter(pk=me.pk).values_list(Subquery(count), ArraySubquery(blocks)).get()
    return row[0] or 0, row[1]

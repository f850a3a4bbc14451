"""Pages by a cursor: (time, id) of the last row, opaque to callers. Rows that are added meanwhile move nothing."""

from __future__ import annotations

import base64
import binascii
import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from sekisho.market.kernel.problems import Problem

MOST = 100


def page(rows: QuerySet[Any], by: str, cursor: str | None, limit: int) -> tuple[list[Any], str | None]:
    """Up to `limit` rows, newest first by the field `by`, and the cursor of the next page (None: this was the last).

    Raises `Problem("bad_cursor")`.
    """
    rows = rows.order_by(f"-{by}", "-pk")
    if cursor is not None:
        at, pk = _read(cursor)
        rows = rows.filter(Q(**{f"{by}__lt": at}) | Q(**{by: at, "pk__lt": pk}))
    found = list(rows[: limit + 1])
    if len(found) <= limit:
        return found, None
    last = found[limit - 1]
    return found[:limit], _write(getattr(last, by), last.pk)


def _write(at: datetime, pk: UUID) -> str:
    return base64.urlsafe_b64encode(json.dumps([at.isoformat(), str(pk)]).encode()).decode().rstrip("=")


def _read(cursor: str) -> tuple[datetime, UUID]:
    try:
        at, pk = json.loads(base64.urlsafe_b64decode(cursor.encode("ascii") + b"=="))
        when = datetime.fromisoformat(at)
        if when.tzinfo is None or not 2000 <= when.year <= 2999:
            raise ValueError(at)
        return when, UUID(pk)
    except (ValueError, TypeError, AttributeError, binascii.Error, RecursionError):
        raise Problem("bad_cursor") from None

"""How often something may be done: token buckets in one table, so that every process counts in the same place.

Not a guard of correctness: it bounds load and guessing. Call it outside of a verb: a bucket taken from in a transaction is
locked until that ends, and given back if it is rolled back.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import connection

from sekisho.market.kernel import clock
from sekisho.market.kernel.models import Bucket

STALE = timedelta(days=1)
"""A bucket nobody took from for so long is full whatever its rate, and is forgotten."""

_FULL = "LEAST(%(burst)s, b.level + %(rate)s * GREATEST(0, EXTRACT(EPOCH FROM %(now)s - b.at)))"
_TAKE = f"""
INSERT INTO kernel_bucket AS b (key, level, at) VALUES (%(key)s, %(burst)s - %(cost)s, %(now)s)
ON CONFLICT (key) DO UPDATE SET level = {_FULL} - %(cost)s, at = GREATEST(b.at, %(now)s) WHERE {_FULL} >= %(cost)s
RETURNING xmax = 0
"""
_LEVEL = f"SELECT {_FULL} FROM kernel_bucket AS b WHERE key = %(key)s"


def take(key: str, *, per_minute: float, burst: int, cost: int = 1) -> float:
    """Take `cost` from the bucket `key`, which holds `burst` and fills by `per_minute`.

    Returns 0.0 when it was taken, else after how many seconds it could be; then nothing was taken. Raises `ValueError`
    for a cost that no full bucket could pay.
    """
    if not 0 < cost <= burst or per_minute <= 0:
        raise ValueError(
            f"a bucket of {burst} filled by {per_minute} a minute can never pay {cost}: raise `burst`"
        )
    values: dict[str, Any] = {
        "key": key, "burst": float(burst), "cost": float(cost), "rate": per_minute / 60, "now": clock.now()
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, values)
        taken = cursor.fetchone()
        if taken is None:
            cursor.execute(_LEVEL, values)
            row = cursor.fetchone()
            level: float = row[0] if row else 0.0
            return max(0.001, (cost - level) / (per_minute / 60))
    if taken[0]:
        forget()
    return 0.0


def forget(limit: int = 10) -> int:
    """Delete up to `limit` buckets that are long full; each new bucket does it, so that the table stays small by itself."""
    stale = Bucket.objects.filter(at__lt=clock.now() - STALE).values_list("pk", flat=True)[:limit]
    return Bucket.objects.filter(pk__in=list(stale)).delete()[0]

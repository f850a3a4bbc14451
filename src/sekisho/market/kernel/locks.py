"""Being alone with a word until the transaction ends, where there is no row to lock yet."""

from __future__ import annotations

import hashlib

from django.db import connection


def alone(word: str) -> None:
    """Wait until nobody else is here with the same word (an advisory lock of the database); it ends with the transaction."""
    number = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])

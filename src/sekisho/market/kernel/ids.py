"""Identifiers: UUIDs of version 7 (RFC 9562), which sort by the moment they were made and can be given to the public."""

from __future__ import annotations

import secrets
from uuid import UUID

from sekisho.market.kernel import clock


def new_id() -> UUID:
    """A fresh identifier: 48 bits of milliseconds, 74 random bits."""
    milliseconds = int(clock.now().timestamp() * 1000) & ((1 << 48) - 1)
    value = milliseconds << 80 | 7 << 76 | secrets.randbits(12) << 64 | 2 << 62 | secrets.randbits(62)
    return UUID(int=value)

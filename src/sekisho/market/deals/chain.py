"""The chain of a deal as pure functions: what is hashed, and how. No Django: whoever holds an export can check it with these.

    commitment = SHA-256(salt ‖ canonical JSON of the body)
    digest     = SHA-256(previous ‖ canonical JSON of the header ‖ commitment)

The header holds deal, position, id, type, side, author and time; the first `previous` is the SHA-256 of the deal's own facts. Who
keeps one digest can later tell whether anything before it was changed. A body can be erased: its commitment stays.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

ERASED = "body_erased"
"""The event that says of an earlier one that its body was erased, and why."""


def canonical(value: Any) -> bytes:
    """JSON with sorted keys and no spaces, UTF-8. Raises `ValueError` for what is not a number."""
    plain = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return plain.encode()


def genesis(facts: dict[str, Any]) -> bytes:
    """What the first event follows: `facts` are deal, client, worker, matter and title as text (matter may be None)."""
    return hashlib.sha256(canonical(facts)).digest()


def commit(salt: bytes, body: dict[str, Any]) -> bytes:
    """The commitment to a body."""
    return hashlib.sha256(salt + canonical(body)).digest()


def link(previous: bytes, header: dict[str, Any], commitment: bytes) -> bytes:
    """The digest of a link."""
    return hashlib.sha256(previous + canonical(header) + commitment).digest()

"""Keyed hashes of contact identifiers: equal ones can be told, and nobody without the key can try out telephone numbers."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable

from django.conf import settings

from sekisho.core.detection import Contact
from sekisho.core.detection.identifiers import Kind

PERSONAL = frozenset(Kind) - {Kind.URL, Kind.FORM, Kind.MY_NUMBER, Kind.CARD, Kind.BANK_ACCOUNT}
"""Kinds that point to a person. Pages are shared by many; secrets are known by their last digits only, which say nothing."""


def key() -> bytes:
    """`SEKISHO_LINKAGE_KEY`, else one made from the site's secret key. Another key makes old sightings meaningless."""
    if settings.SEKISHO_LINKAGE_KEY:
        return str(settings.SEKISHO_LINKAGE_KEY).encode()
    return hmac.digest(settings.SECRET_KEY.encode(), b"sekisho linkage", hashlib.sha256)


def digest(kind: str, canonical: str) -> bytes:
    """The keyed hash of an identifier in its canonical form."""
    return hmac.digest(key(), f"{kind}\x1f{canonical}".encode(), hashlib.sha256)


def sightings(contacts: Iterable[Contact]) -> list[list[str]]:
    """Kind and hash (hexadecimal) of each personal contact once: what may be stored and told."""
    found = {
        (c.kind, digest(c.kind, c.canonical).hex()) for c in contacts if c.kind in PERSONAL and c.canonical
    }
    return [list(pair) for pair in sorted(found)]

"""Keyed hashes: equal things can be told, and nobody without the keys can try out telephone numbers. Stores nothing.

A hash goes through every key, the oldest first: `H(newest, … H(oldest, thing))`. Only hashes are stored, and for those
that is what a new key can still do: each is hashed once more (`rotation`), so no link is lost, and an old key alone is worth
nothing any more. The price is that old keys stay in the list for as long as hashes made with them are kept.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Chain:
    """The keys, the oldest first, and for each the name of what was hashed up to it. A name tells nothing of its key."""

    keys: tuple[bytes, ...]
    names: tuple[str, ...]

    @property
    def newest(self) -> str:
        """The name that hashes made now have."""
        return self.names[-1]


def chain() -> Chain:
    """The keys of `SEKISHO_LINKAGE_KEY` (the newest first, between commas), else one made from the site's secret key."""
    return _chain(str(settings.SEKISHO_LINKAGE_KEY), str(settings.SECRET_KEY))


@lru_cache(maxsize=8)
def _chain(told: str, secret: str) -> Chain:
    found = [key.encode() for key in dict.fromkeys(told.replace(",", " ").split())]
    keys = tuple(reversed(found)) or (hmac.digest(secret.encode(), b"sekisho linkage", hashlib.sha256),)
    names, name = [], ""
    for key in keys:
        name = hmac.new(key, f"sekisho linkage name {name}".encode(), hashlib.sha256).hexdigest()[:16]
        names.append(name)
    return Chain(keys, tuple(names))


def hashes(kind: str, thing: bytes) -> tuple[bytes, ...]:
    """The 32 bytes that stand for a thing after each key, the oldest first; the last is what is stored now."""
    return _onward(f"{kind}\x1f".encode() + thing, chain().keys)


def lifted(digest: bytes, name: str) -> bytes:
    """A stored hash under the key called `name`, hashed on to the newest. Raises `ValueError` for a key not in the list."""
    there = chain()
    return (digest, *_onward(digest, there.keys[there.names.index(name) + 1 :]))[-1]


def numbers(kind: str, thing: bytes) -> tuple[int, ...]:
    """As `hashes`, in 64 bits for an index: what equal parts of near things have in common."""
    first = hmac.digest(chain().keys[0], f"{kind}\x1f".encode() + thing, hashlib.sha256)
    return tuple(_number(one) for one in (first[:8], *_short(first[:8], chain().keys[1:])))


def lifted_number(number: int, name: str) -> int:
    """As `lifted`, for one of `numbers`."""
    there = chain()
    old = number.to_bytes(8, "big", signed=True)
    return _number((old, *_short(old, there.keys[there.names.index(name) + 1 :]))[-1])


def _onward(value: bytes, keys: tuple[bytes, ...]) -> tuple[bytes, ...]:
    found = []
    for key in keys:
        value = hmac.digest(key, value, hashlib.sha256)
        found.append(value)
    return tuple(found)


def _short(value: bytes, keys: tuple[bytes, ...]) -> tuple[bytes, ...]:
    found = []
    for key in keys:
        value = hmac.digest(key, value, hashlib.sha256)[:8]
        found.append(value)
    return tuple(found)


def _number(value: bytes) -> int:
    return int.from_bytes(value, "big", signed=True)

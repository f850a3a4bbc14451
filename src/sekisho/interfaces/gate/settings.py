"""What the server is told when it starts: limits, keys, addresses. Not how a request is judged."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

KEYS_VARIABLE = "SEKISHO_GATE_KEYS"
"""Environment variable: `name:hash` pairs, separated by commas or blanks; the hash is SHA-256 of the key, in hex."""

_KEY = re.compile(r"([A-Za-z0-9_.-]{1,60}):([0-9a-f]{64})")


class BadSettings(ValueError):
    """Settings the server does not start with; `hint` says how to mend them."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may cost. Times in seconds."""

    body_bytes: int = 1_048_576
    text_length: int = 100_000
    """Code points of one text; the core itself takes 1,000,000."""
    batch_items: int = 1_000
    request_seconds: float = 5.0
    """From the last byte of a request to the end of its judging; what is later is told 503."""
    body_seconds: float = 10.0
    """For a body to arrive; what is later is told 408 and its connection is closed."""
    idle_seconds: float = 30.0
    """For the headers of the next request to arrive; at most 60. A connection that is later is closed."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a judging process needs to know. `keys` maps names to hashes; empty: no key is asked for."""

    host: str = "127.0.0.1"
    port: int = 8080
    workers: int = 1
    threads: int = 8
    """Requests read at a time by one process. One is judged at a time: judging holds the interpreter anyway."""
    pack: str = "standard"
    log_requests: bool = False
    limits: Limits = Limits()
    keys: Mapping[str, str] = field(default_factory=dict)


class KeyRing:
    """Tells a key's name in time that does not depend on the keys."""

    def __init__(self, keys: Mapping[str, str]) -> None:
        self._keys = tuple(keys.items())

    def __bool__(self) -> bool:
        return bool(self._keys)

    def name_of(self, authorization: str) -> str:
        """The name of the key in an `Authorization: Bearer …` header; "" for none of ours."""
        scheme, _, key = authorization.partition(" ")
        told = hash_of(key.strip())
        found = ""
        for name, digest in self._keys:
            if hmac.compare_digest(told, digest):
                found = name
        return found if scheme.lower() == "bearer" else ""


def hash_of(key: str) -> str:
    """The hash of a key as it stands in the environment. A key has 256 bits by chance, so one plain hash is enough."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def new_key() -> str:
    """A new key."""
    return secrets.token_urlsafe(32)


def read_keys(value: str) -> dict[str, str]:
    """The keys of `SEKISHO_GATE_KEYS`. Raises `BadSettings`, which never shows the value."""
    keys: dict[str, str] = {}
    for number, pair in enumerate(value.replace(",", " ").split(), 1):
        match = _KEY.fullmatch(pair)
        if not match:
            hint = "write name:hash, the hash as `sekisho gate --new-key NAME` prints it"
            raise BadSettings(f"{KEYS_VARIABLE}: entry {number} is not a name and a SHA-256 hash", hint)
        if match[1] in keys:
            raise BadSettings(
                f"{KEYS_VARIABLE}: the name of entry {number} stands there twice", "name every key anew"
            )
        keys[match[1]] = match[2]
    return keys


def check_exposure(host: str, keys: Mapping[str, str], *, is_open: bool) -> None:
    """Raise `BadSettings` when the server would answer other machines without asking for a key."""
    if keys or is_open or is_loopback(host):
        return
    hint = f"set {KEYS_VARIABLE} (see `sekisho gate --new-key`), or --open if something before the gate asks who is there"
    raise BadSettings(f"{host} can be reached from other machines and no key is set", hint)


def is_loopback(host: str) -> bool:
    """Whether an address is this machine's own."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"

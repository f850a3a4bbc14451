"""Data that is kept sealed (encrypted) in the database, and the keys it is sealed with. Not for words of the record.

The sealing is Fernet of `cryptography` (AES-128-CBC with HMAC-SHA-256). Keys: `SEKISHO_DATA_KEY`, then one made from the secret
key. The first seals, all of them open: a new key goes in front, `reseal` takes the rows over, then the old one can go.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.apps import apps
from django.conf import settings
from django.db import models, transaction


class NotReadable(RuntimeError):
    """Something was sealed with a key that is not there any more."""


def keys() -> list[Fernet]:
    """The keys in force, the sealing one first. Raises `ValueError` for a `SEKISHO_DATA_KEY` that is none."""
    return _keys(str(settings.SEKISHO_DATA_KEY), str(settings.SECRET_KEY), tuple(settings.SECRET_KEY_FALLBACKS))


@lru_cache(maxsize=4)
def _keys(given: str, secret: str, earlier: tuple[str, ...]) -> list[Fernet]:
    return [*_given(given), *(Fernet(_derived(word)) for word in (secret, *earlier))]


def _given(words: str) -> list[Fernet]:
    found = []
    for number, word in enumerate((w.strip() for w in words.split(",")), start=1):
        if not word:
            continue
        try:
            found.append(Fernet(word))
        except ValueError:
            raise ValueError(
                f"SEKISHO_DATA_KEY: key {number} is not 32 bytes in URL-safe base64; make one with: "
                'python -c "from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())"'
            ) from None
    return found


def _derived(secret: str) -> bytes:
    key = HKDF(SHA256(), length=32, salt=None, info=b"sekisho data").derive(secret.encode())
    return base64.urlsafe_b64encode(key)


def seal(values: dict[str, str]) -> bytes:
    """Sealed with the first key."""
    return keys()[0].encrypt(json.dumps(values, ensure_ascii=False).encode())


def unseal(token: bytes) -> dict[str, str]:
    """What was sealed. Raises `NotReadable`."""
    try:
        values: dict[str, str] = json.loads(MultiFernet(keys()).decrypt(token))
    except InvalidToken:
        raise NotReadable(
            "sealed with a key that is not here: put the earlier SEKISHO_DATA_KEY (or secret key) behind the new one"
        ) from None
    return values


def keyed_hash(data: bytes) -> bytes:
    """SHA-256 under the secret key: for comparing what could be guessed, such as a request that holds a bank account."""
    return hmac.digest(settings.SECRET_KEY.encode(), b"sekisho compare" + data, hashlib.sha256)


class Sealed(models.BinaryField):  # type: ignore[type-arg]
    """Names and words (str → str) that the database holds sealed. They cannot be searched for."""

    def get_prep_value(self, value: Any) -> Any:
        """Seal."""
        return super().get_prep_value(seal(value) if isinstance(value, dict) else value)

    def from_db_value(self, value: Any, *_: Any) -> Any:
        """Unseal."""
        return None if value is None else unseal(bytes(value))


def reseal() -> int:
    """Seal everything that an earlier key sealed with the first one; returns how many rows. Safe at any time, by itself again."""
    return sum(
        _resealed(model, field.attname)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, Sealed)
    )


def _resealed(model: type[models.Model], name: str) -> int:
    first, done = keys()[0], 0
    raw = models.ExpressionWrapper(models.F(name), output_field=models.BinaryField())
    for pk, token in model._default_manager.annotate(raw=raw).values_list("pk", "raw").iterator():
        try:
            first.decrypt(bytes(token))
        except InvalidToken:
            with transaction.atomic():
                row = model._default_manager.select_for_update().get(pk=pk)
                model._default_manager.filter(pk=pk).update(**{name: getattr(row, name)})
            done += 1
    return done

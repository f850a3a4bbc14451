"""A world in which two histories can be compared byte for byte: time goes on only when told, and ids sort as they were made."""

from __future__ import annotations

import itertools
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, tzinfo
from unittest import mock

from sekisho.market.kernel import clock, ids

BEGIN = (datetime.now(UTC) + timedelta(days=1)).replace(hour=3, minute=0, second=0, microsecond=0)
"""After everybody of the cast was registered."""


class Time(datetime):
    """Stands in for `datetime` in the clock: `now` is what it was last set to."""

    present = BEGIN

    @classmethod
    def now(cls, _tz: tzinfo | None = None) -> datetime:
        """The present moment."""
        return cls.present


class _Bits:
    """Random bits, the first of an identifier counting up: what is made later in one moment sorts later."""

    def __init__(self) -> None:
        self.count = itertools.count()

    def randbits(self, size: int) -> int:
        """`size` bits."""
        return next(self.count) % 4096 if size == 12 else secrets.randbits(size)


@contextmanager
def frozen() -> Iterator[None]:
    """Within the block time stands still from `BEGIN` on."""
    Time.present = BEGIN
    with mock.patch.object(clock, "datetime", Time), mock.patch.object(ids, "secrets", _Bits()):
        yield


def pass_by(**wait: float) -> None:
    """Let time pass."""
    Time.present += timedelta(**wait)


_NAMES = re.compile(
    r"(?<=/appeals/)[A-Za-z0-9_:-]+|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\b[0-9a-f]{64}\b|\b[0-9a-f]{32}\b"
    r"|(?<=csrfmiddlewaretoken\" value=\")[A-Za-z0-9]{64}|(?<=nonce-)[A-Za-z0-9_+/=-]{20,}"
    r"|(?<=\"next\": \")[A-Za-z0-9_:=.-]+|(?<=cursor=)[A-Za-z0-9_:=.%-]+"
)


class Names:
    """Ids, hashes and keys, which are random, by the order in which they first appear: equal texts stay equal, others differ."""

    def __init__(self) -> None:
        self.known: dict[str, str] = {}

    def plain(self, text: str) -> str:
        """`text` with each of them replaced by its number."""
        return _NAMES.sub(lambda found: self.known.setdefault(found[0], f"<{len(self.known)}>"), text)

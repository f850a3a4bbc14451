"""Which pack judges whom: the live one everybody, but for the share of accounts on which another is tried."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from sekisho.market.judging.models import PackVersion
from sekisho.market.judging.states import PackState
from sekisho.market.linkage.keys import hashes

_ALL = 10_000
"""Accounts fall into so many groups: hundredths of a percent."""


@dataclass(frozen=True, slots=True)
class Judges:
    """The packs that judge now. `live` is `SEKISHO_PACK` until one was made live here."""

    live: str
    shadow: PackVersion | None
    canary: PackVersion | None

    def of(self, account: UUID | None) -> str:
        """The pack that judges, with effect, what `account` writes."""
        if self.canary is not None and account is not None and chosen(self.canary, account):
            return self.canary.pack
        return self.live


def judges() -> Judges:
    """In one query."""
    busy = (PackState.LIVE, PackState.SHADOW, PackState.CANARY)
    found = {row.state: row for row in PackVersion.objects.filter(state__in=busy)}
    live = found.get(PackState.LIVE)
    return Judges(
        live.pack if live else settings.SEKISHO_PACK, found.get(PackState.SHADOW), found.get(PackState.CANARY)
    )


def pack(account: UUID | None = None) -> str:
    """The pack that judges what `account` writes; None: the live one."""
    return judges().of(account)


def chosen(version: PackVersion, account: UUID) -> bool:
    """Whether `version` is tried on this account.

    By a keyed hash of both: the same answer every time, nobody can work out which accounts it is, a greater share holds
    the smaller one, and another pack is tried on others.
    """
    mark = hashes("canary", version.pk.bytes + account.bytes)[0]  # by the oldest key: a new one moves nobody
    return int.from_bytes(mark[:8], "big") % _ALL < version.percent * _ALL // 100

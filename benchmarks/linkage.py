"""Looking up what accounts have in common among 10^6 identifiers and 10^5 texts, beside a look-up by primary key in the same run.

python -m benchmarks.linkage [identifiers] [texts]

The rows are written with COPY as the room writes them: keyed hashes, a sighting an account, 32 bands a text. Five identifiers an
account, one in ten shared by two to five accounts; texts are made-up postings, which have many sentences in common.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from statistics import median
from typing import Any
from uuid import UUID

from benchmarks import traffic
from benchmarks.measure import Result, Section, in_turn, interval, ratios, share

IDENTIFIERS, TEXTS = 1_000_000, 100_000
EACH, SHARED = 5, 0.1
LOOKUPS = 100
"""Look-ups of one kind in one repetition; its figure is their median."""


def measure_linkage(identifiers: int = IDENTIFIERS, texts: int = TEXTS) -> Section:
    """All kinds of look-ups in turn. Needs the site's dependencies and a PostgreSQL of our own."""
    title = "Linkage"
    try:
        from benchmarks.messaging import market
        from sekisho.config.database import Unavailable
        from sekisho.market.linkage import texts as _  # noqa: F401
    except ImportError as error:
        return Section("linkage", title, skipped=f"not installed: {error.name}")
    try:
        with market():
            return _measured(title, _Stock(identifiers, texts))
    except Unavailable as error:
        return Section("linkage", title, skipped=str(error))


def _measured(title: str, stock: _Stock) -> Section:
    stock.fill()
    dice = random.Random(5)
    chosen = [dice.choice(stock.linked) for _ in range(LOOKUPS)]
    near = [_near_copy(dice.choice(stock.kept), dice) for _ in range(LOOKUPS)]
    other = [text.text for text in traffic.postings(LOOKUPS, seed=99)]
    sides = {
        "key": lambda _: _median_ms(_by_key, chosen),
        "graph": lambda _: _median_ms(_graph, chosen),
        "shared": lambda _: _median_ms(_shared, chosen),
        "text": lambda _: _median_ms(_nearest, near),
        "new-text": lambda _: _median_ms(_nearest, other),
    }
    for side in sides.values():
        side(0)
    found = in_turn(sides)
    size = f"{stock.identifiers:,} identifiers, {stock.texts:,} texts"
    results = [Result("linkage.key", f"an account by its primary key: {size}", interval(found["key"]), " ms")]
    for name, what in (
        ("graph", "the graph around an account with links, each edge with its reasons"),
        ("shared", "the accounts with the same contacts"),
        ("text", "the likest text, for one that has a near copy (hashing it is in)"),
        ("new-text", "the same for a text that has none"),
    ):
        results.append(Result(f"linkage.{name}", what, interval(found[name]), " ms", 10, at_most=True))
        results.append(Result(f"linkage.{name}.key", f"{name} against the primary key", ratios(found[name], found["key"]), " ×"))
    results.append(Result("linkage.found", "near copies found", share(sum(map(_is_found, near)), LOOKUPS), ""))
    results.append(Result("linkage.mistaken", "other texts taken for near", share(sum(map(_is_found, other)), LOOKUPS), ""))
    return Section("linkage", title, tuple(results), (
        f"Through Django, wall clock, the database in memory ({stock.seconds:.0f} s to make and fill it). A figure is the median of "
        f"{LOOKUPS} look-ups. A near copy has another number in every place and one line in eight replaced.",
    ))  # fmt: skip


def _near_copy(text: str, dice: random.Random) -> str:
    lines = text.split("\n")
    changed = [line if dice.random() > 1 / 8 else f"この行は書き換えました（{dice.random()}）。" for line in lines]
    return "\n".join(changed).translate(str.maketrans("0123456789", "".join(dice.sample("0123456789", 10))))


def _median_ms(look: Callable[[Any], object], things: Iterable[Any]) -> float:
    taken = []
    for thing in things:
        before = time.perf_counter()
        look(thing)
        taken.append(time.perf_counter() - before)
    return median(taken) * 1e3


def _by_key(account: UUID) -> object:
    from sekisho.market.people.models import Account

    return Account.objects.get(pk=account)


def _graph(account: UUID) -> object:
    from sekisho.market.linkage.graph import graph

    found = graph(account)
    assert found.edges
    return found


def _shared(account: UUID) -> object:
    from sekisho.market.linkage.shared import shared_by

    found = shared_by(account)
    assert found
    return found


def _nearest(text: str) -> object:
    from sekisho.market.linkage.noting import nearest
    from sekisho.market.linkage.texts import text_seen

    seen = text_seen(text)
    assert seen is not None
    return nearest(seen)


def _is_found(text: str) -> bool:
    return _nearest(text) is not None


class _Stock:
    """The rows, written by the owner's role."""

    def __init__(self, identifiers: int, texts: int) -> None:
        self.identifiers, self.texts, self.seconds = identifiers, texts, 0.0
        self.linked: list[UUID] = []
        self.kept: list[str] = []

    def fill(self) -> None:
        """Accounts, identifiers, texts; then the statistics PostgreSQL plans with."""
        from django.db import connections, transaction

        begun, dice = time.perf_counter(), random.Random(3)
        with transaction.atomic("owner"), connections["owner"].cursor() as cursor:
            accounts = self._accounts(cursor, self.identifiers // EACH)
            self._identifiers(cursor, accounts, dice)
            self._texts(cursor, accounts, dice)
        with connections["owner"].cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        self.seconds = time.perf_counter() - begun

    def _accounts(self, cursor: Any, count: int) -> list[UUID]:
        from sekisho.market.kernel import clock
        from sekisho.market.kernel.ids import new_id

        ids, now = [new_id() for _ in range(count)], clock.now()
        columns = "id password email display_name lang is_client is_worker is_moderator is_operator is_active standing standing_epoch registered_at"
        _copy(cursor, "people_account", columns, (
            (i, "!", f"{i}@example.com", "誰か", "ja", False, True, False, False, True, "good", 0, now) for i in ids))  # fmt: skip
        return ids

    def _identifiers(self, cursor: Any, accounts: list[UUID], dice: random.Random) -> None:
        from sekisho.market.kernel.ids import new_id
        from sekisho.market.linkage.seen import seen

        made = [(new_id(), seen("phone", f"+81{number:010}")) for number in range(self.identifiers)]
        _copy(cursor, "linkage_trait", "id kind digest key look", ((i, one.kind, one.digests[-1], one.key, b"") for i, one in made))
        self._sightings(cursor, self._owners([i for i, _ in made], accounts, dice))

    def _owners(self, traits: list[UUID], accounts: list[UUID], dice: random.Random) -> Iterator[tuple[UUID, UUID]]:
        linked = set()
        for number, trait in enumerate(traits):
            owners = {accounts[number % len(accounts)]}
            if dice.random() < SHARED:
                owners |= {dice.choice(accounts) for _ in range(dice.randint(1, 4))}
                linked |= owners if len(owners) > 1 else set()
            yield from ((trait, owner) for owner in owners)
        self.linked = sorted(linked)

    def _texts(self, cursor: Any, accounts: list[UUID], dice: random.Random) -> None:
        from sekisho.market.kernel.ids import new_id
        from sekisho.market.linkage.texts import text_seen

        step = 5_000
        for start in range(0, self.texts, step):
            words = [one.text for one in traffic.postings(min(step, self.texts - start), seed=1_000 + start)]
            made = [(new_id(), seen) for text in words if (seen := text_seen(text)) is not None]
            self.kept += words[:20]
            _copy(cursor, "linkage_trait", "id kind digest key look", ((i, s.kind, s.digests[-1], s.key, b"") for i, s in made))
            _copy(cursor, "linkage_band", "value trait_id", ((band[-1], i) for i, s in made for band in s.bands))
            self._sightings(cursor, ((i, dice.choice(accounts)) for i, _ in made))

    def _sightings(self, cursor: Any, pairs: Iterator[tuple[UUID, UUID]]) -> None:
        from sekisho.market.kernel import clock

        now = clock.now()
        _copy(cursor, "linkage_sighting", "trait_id account_id at last_at times likeness", (
            (trait, account, now, now, 1, 1.0) for trait, account in pairs))  # fmt: skip


def _copy(cursor: Any, table: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
    with cursor.copy(f"COPY {table} ({', '.join(columns.split())}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


if __name__ == "__main__":
    found = measure_linkage(*(int(size) for size in sys.argv[1:]))
    print("\n".join([found.skipped, *(f"{one.what}: {one.value.shown(one.unit)}" for one in found.results), *found.notes]).strip())

"""What guarding costs: a send with judging and without it; a page of a thread among 10^3 to 10^6 messages. On a PostgreSQL of its own.

python -m benchmarks.messaging
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from benchmarks.measure import REPETITIONS, Interval, Result, Section, in_turn, interval, ratios

TEXTS = (
    "構成案を確認しました。見出しの順番を入れ替えていただけますか。資料は添付のとおりです。",
    "承知しました。明日の午前中に修正版をお送りします。ご確認をお願いいたします。",
    "ありがとうございます。画像は3枚でお願いします。納期は来週の金曜日で変わりありません。",
    "Could you shorten the introduction a little? The second draft reads well otherwise.",
)


@contextmanager
def market() -> Iterator[None]:
    """The market's tables in a database of our own, used as the application's role; durable, as in production."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sekisho.config.settings")
    os.environ.setdefault("SEKISHO_DEBUG", "1")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    from sekisho.config.database import temporary_database
    from sekisho.market.kernel import grants

    settings.DEBUG = False
    with temporary_database(durable=True) as database:
        for alias, access in (("default", database.app), ("owner", database.owner)):
            connections[alias].close()
            connections[alias].settings_dict.update(access.django)
            connections.settings[alias].update(access.django)
        call_command("migrate", database="owner", verbosity=0)
        grants.apply("owner", database.app.user)
        yield
        connections.close_all()


def sending(messages: int = 200) -> Section:
    """A guarded send against the same send with judging off: same rows, nothing asked of the core."""
    with market(), _unhurried():
        _warm()
        found = in_turn({"on": lambda _: _sends(messages), "off": lambda _: _unjudged(lambda: _sends(messages))})
    return Section(
        "messaging",
        "Sending a message",
        (
            Result("guarded-send", "a guarded send against the same send with judging off (clock)", ratios(found["on"], found["off"]),
                   "×", 1.3, at_most=True),
            Result("guarded-send-ms", "a guarded send", interval(s / messages * 1e3 for s in found["on"]), " ms"),
            Result("bare-send-ms", "the same with judging off", interval(s / messages * 1e3 for s in found["off"]), " ms"),
        ),
        ("Through the verb and committed each time: permission, rate, block, judgement, chain, audit and outbox rows are in both. "
         "Off, the core is not asked: its answer is a clear one made beforehand.",),
    )  # fmt: skip


def reading(sizes: tuple[int, ...] = (1_000, 1_000_000), deals_of: int = 1_000) -> Section:
    """The last page (50 entries) of a thread of `deals_of` messages, while the database holds ever more of others."""
    results, taken = [], {}
    with market():
        filler, present = _Filler(), 0
        for size in sizes:
            filler.add((size - present) // deals_of, deals_of)
            present = size
            taken[size] = [_page_seconds(filler.first) for _ in range(REPETITIONS)]
            results.append(Result(f"thread-{size}", f"a page of a thread, {size:,} messages in the database",
                                  interval(s * 1e3 for s in taken[size]), " ms"))  # fmt: skip
    flat = Interval(*(getattr(ratios(sorted(taken[sizes[-1]]), sorted(taken[sizes[0]])), n) for n in ("median", "low", "high")))
    results.append(Result("thread-flat", f"{sizes[-1]:,} against {sizes[0]:,} messages", flat, "×", 1.5, at_most=True))
    return Section("thread-pages", "Pages of a thread", tuple(results))


def _people() -> Any:
    from sekisho.market.people.models import Account

    return [Account.objects.create_user(f"{uuid4().hex}@example.com", None, display_name=n, is_client=True) for n in "cw"]


def _new_deal() -> tuple[Any, Any]:
    from sekisho.market.deals import log

    client, worker = _people()
    return client.actor, log.open_deal(client.id, worker.id, uuid4(), "measured")


def _sends(count: int) -> float:
    from sekisho.market.messaging.verbs import send

    actor, deal = _new_deal()
    begun = time.perf_counter()
    for number in range(count):
        message = send(actor, deal, text=f"{TEXTS[number % len(TEXTS)]} ({number})")
        assert message.state == "delivered", message.state
    return time.perf_counter() - begun


def _warm() -> None:
    _sends(20)
    _unjudged(lambda: _sends(20))


@contextmanager
def _unhurried() -> Iterator[None]:
    """Without the limit of messages a minute, which is asked for all the same."""
    from dataclasses import replace

    from sekisho.market.messaging import restraint
    from sekisho.market.messaging.policy import policy

    free = replace(policy(), per_minute=10**9, per_hour=10**9)
    before, restraint.policy = restraint.policy, lambda: free
    try:
        yield
    finally:
        restraint.policy = before


def _unjudged(work: Callable[[], float]) -> float:
    """The same with a core that is not asked: state and answer stay those of a thread's first, clear message."""
    from sekisho.core.detection.threads import Thread
    from sekisho.market.deals import log

    made = Thread()
    before = made.state()
    said = made.add({"type": "message", "sender": "client", "text": TEXTS[0]})
    after, digest = made.state(), made.digest

    def unasked(deal: Any, type_: str, *, by: str, content: dict[str, Any]) -> Any:
        return log.Seen(said, log.pack_of(deal), digest, before, log.as_thread_event({"type": type_, **content}, by), after)

    real, log.foresee = log.foresee, unasked
    try:
        return work()
    finally:
        log.foresee = real


class _Filler:
    """Threads of delivered messages, written with COPY: the hashes are not real, the rows and indexes are."""

    def __init__(self) -> None:
        self.first: tuple[Any, Any] | None = None

    def add(self, deals: int, messages: int) -> None:
        """So many more threads of so many messages."""
        from django.db import connections, transaction

        people = _people()
        with transaction.atomic("owner"):
            connection = connections["owner"]
            connection.ensure_connection()
            with connection.cursor() as cursor:
                for _ in range(deals):
                    self._thread(cursor, people, messages)
                cursor.execute("RESET ALL")
        with connections["owner"].cursor() as cursor:
            cursor.execute("ANALYZE")

    def _thread(self, cursor: Any, people: Any, messages: int) -> None:
        from datetime import timedelta

        from sekisho.market.deals import log
        from sekisho.market.deals.models import Deal
        from sekisho.market.kernel import clock
        from sekisho.market.kernel.ids import new_id

        client, worker = people
        deal, at = log.open_deal(client.id, worker.id, uuid4(), "filled"), clock.now() - timedelta(days=1)
        ids = [(new_id(), new_id(), new_id(), at + timedelta(seconds=n), TEXTS[n % len(TEXTS)]) for n in range(messages)]
        hash_ = bytes(32)
        self._copy(cursor, "judging_judgement", "id at kind subject writer text context pack digest verdict action findings unsure",
                   ((j, t, "message", deal.id, client.id, x, "{}", "standard", "d", "clear", "allow", "[]", "[]") for _, j, _, t, x in ids))
        self._copy(cursor, "deals_event", "id deal_id position type by author_id at commitment previous digest turn",
                   ((e, deal.id, n, "message", "client", client.id, t, hash_, hash_, hash_, n) for n, (e, _, _, t, _) in enumerate(ids)))
        self._copy(cursor, "deals_body", "event_id salt content erased_because",
                   ((e, b"s", f'{{"type":"message","text":"{x}"}}', "") for e, _, _, _, x in ids))
        self._copy(cursor, "messaging_message",
                   "id deal_id author_id state text judgement_id event_id warned general anyway not_read at overdue",
                   ((m, deal.id, client.id, "delivered", x, j, e, False, False, False, "{}", t, False) for e, j, m, t, x in ids))  # fmt: skip
        Deal.objects.filter(pk=deal.pk).update(length=messages)
        if self.first is None:
            self.first = client.actor, Deal.objects.get(pk=deal.pk)

    def _copy(self, cursor: Any, table: str, columns: str, rows: Any) -> None:
        with cursor.copy(f"COPY {table} ({', '.join(columns.split())}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def _page_seconds(of: Any) -> float:
    """The median of several pages."""
    from statistics import median

    from sekisho.market.messaging.reading import thread

    actor, deal = of
    times = []
    for _ in range(40):
        begun = time.perf_counter()
        page = thread(actor, deal, limit=50)
        times.append(time.perf_counter() - begun)
        assert len(page.entries) == 50
    return median(times)


def main() -> None:
    """Print both."""
    from benchmarks import report

    for section in (sending(), reading()):
        print(report.summary([section]))
        for result in section.results:
            print(f"  {result.what}: {result.value.shown(result.unit)}", flush=True)


if __name__ == "__main__":
    main()

"""A process that runs verbs in rounds and writes down what it was told is done. Killed and begun again, it goes on where it was.

    python -m tests.site.faults.writer begin <writers>      tables, people, bank accounts
    python -m tests.site.faults.writer <number> <folder>    rounds, until there is a file `stop` in the folder

A line of its journal is `try <key>`, `done <key> <row>` or `lost <key> <error>`; a line that was cut off by a kill counts for
nothing. What a round does follows from its number alone, so a step is tried again with the very same arguments and key.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, uuid5

import django

django.setup()

from django.db import InterfaceError, OperationalError, close_old_connections, connections  # noqa: E402
from tests.site.faults.counting import TABLE  # noqa: E402

from sekisho.market.contracts import verbs as contracts  # noqa: E402
from sekisho.market.contracts.models import Contract  # noqa: E402
from sekisho.market.deals import log  # noqa: E402
from sekisho.market.kernel import clock  # noqa: E402
from sekisho.market.ledger import verbs as ledger  # noqa: E402
from sekisho.market.ledger.models import Payout  # noqa: E402
from sekisho.market.messaging import restraint  # noqa: E402
from sekisho.market.messaging import verbs as messages  # noqa: E402
from sekisho.market.messaging.policy import policy  # noqa: E402
from sekisho.market.people.models import Account  # noqa: E402

PRICE, FUNDED, EARNED = 10_000, 11_000, 8_580
ENDS = ("paid", "silence", "lapse")
"""How the rounds end, in turn: accepted and paid out; accepted by the clock; never funded, so lapsed by the clock."""
KEPT_WAITING = {"silence": timedelta(days=-15), "lapse": timedelta(days=-8)}
Step = tuple[str, Callable[[str], Any]]


class Round:
    """One deal, from its first message to its end."""

    def __init__(self, writer: int, number: int, rows: dict[str, str]) -> None:
        self.name, self.rows = f"{writer}-{number}", rows
        self.end = ENDS[number % len(ENDS)]
        self.client, self.worker, self.operator = (
            Account.objects.get(email=f"{role}{writer}@example.com")
            for role in ("client", "worker", "operator")
        )
        self.deal = log.open_deal(
            self.client.id, self.worker.id, uuid5(NAMESPACE_OID, self.name), "紹介文の執筆"
        )

    def contract(self) -> Contract:
        return Contract.objects.get(pk=self.rows["offer"])

    def steps(self) -> Iterator[Step]:
        """Name and act of every step; an act takes its key."""
        client, worker, operator = self.client.actor, self.worker.actor, self.operator.actor
        yield (
            "ask",
            lambda key: messages.send(client, self.deal, text=f"{key}：資料は届きましたか。", key=key),
        )
        yield "offer", lambda key: contracts.offer(
            client, self.deal, title="紹介文10本", terms="10本、各400字。", price_yen=PRICE, key=key)  # fmt: skip
        yield "agree", lambda key: self.long_ago("lapse", contracts.agree, worker, self.contract(), key=key)
        if self.end == "lapse":
            return
        yield "deposit", lambda key: ledger.confirm_deposit(
            operator, None, client=self.client.id, amount=FUNDED, reference=key, key=key)  # fmt: skip
        yield "fund", lambda key: contracts.fund(client, self.contract(), key=key)
        yield "reply", lambda key: messages.send(worker, self.deal, text=f"{key}：作業を始めます。", key=key)
        yield "deliver", lambda key: self.long_ago(
            "silence", contracts.deliver, worker, self.contract(), note="10本納品いたします。", key=key)  # fmt: skip
        if self.end == "silence":
            return
        yield "accept", lambda key: contracts.accept(client, self.contract(), key=key)
        yield "payout", lambda key: ledger.ask_payout(worker, None, amount=EARNED, key=key)
        yield "paid", lambda key: ledger.confirm_payout(
            operator, Payout.objects.get(pk=self.rows["payout"]), key=key)  # fmt: skip

    def long_ago(self, end: str, verb: Callable[..., Any], *args: Any, **named: Any) -> Any:
        """Done so long ago in rounds with this end that the clock's turn has come."""
        with clock.ahead(KEPT_WAITING[end] if self.end == end else timedelta(0)):
            return verb(*args, **named)


class Writer:
    """Goes through the rounds; what is in the journal as done is not done again."""

    def __init__(self, number: int, folder: Path) -> None:
        self.number, self.stop = number, folder / "stop"
        path = folder / f"journal{number}"
        old = path.read_text("utf-8") if path.exists() else ""
        self.journal = path.open("a", encoding="utf-8")
        if old and not old.endswith("\n"):
            self.journal.write("\n")
        self.done = {
            line[1]: line[2]
            for line in map(str.split, old.splitlines())
            if line[:1] == ["done"] and len(line) == 4
        }

    def note(self, *words: object) -> None:
        self.journal.write(" ".join(map(str, words)) + " .\n")
        self.journal.flush()

    def run(self) -> None:
        number = 0
        while self.round(number) or not self.stop.exists():
            number += 1

    def round(self, number: int) -> bool:
        """Whether all of it was done before."""
        rows: dict[str, str] = {}
        last = f"{self.number}-{number}:{self.last(number)}"
        if last in self.done:
            return True
        played = self.lasting("begin", lambda _: Round(self.number, number, rows))
        for name, act in played.steps():
            key = f"{played.name}:{name}"
            if key not in self.done:
                self.note("try", key)
                self.done[key] = str(self.lasting(key, act).pk)
                self.note("done", key, self.done[key])
            rows[name] = self.done[key]
        return False

    @staticmethod
    def last(number: int) -> str:
        return {"paid": "paid", "silence": "deliver", "lapse": "agree"}[ENDS[number % len(ENDS)]]

    def lasting(self, key: str, act: Callable[[str], Any]) -> Any:
        """Until it is answered: a lost connection is the only error that is borne."""
        while True:
            try:
                return act(key)
            except (OperationalError, InterfaceError) as error:
                self.note("lost", key, type(error).__name__)
                close_old_connections()
                time.sleep(0.1)


def begin(writers: int) -> None:
    """Everything that must be there before the rounds."""
    from sekisho.config.database import Access
    from sekisho.config.database.opening import Database
    from sekisho.config.site import migrate

    app, owner = (Access.from_url(os.environ[name]) for name in ("DATABASE_URL", "DATABASE_OWNER_URL"))
    migrate(Database(app, owner, None))
    with connections["owner"].cursor() as cursor:
        cursor.execute(TABLE)
        cursor.execute(f"GRANT SELECT, INSERT ON heard TO {app.user}")
        cursor.execute(f"GRANT USAGE ON SEQUENCE heard_id_seq TO {app.user}")
    for n in range(writers):
        for role, words in (("client", {"is_client": True, "is_worker": False}), ("worker", {}),
                            ("operator", {"is_worker": False, "is_operator": True})):  # fmt: skip
            account = Account.objects.create_user(
                f"{role}{n}@example.com", None, display_name=f"{role}{n}", **words
            )
            if role == "worker":
                ledger.set_bank_account(account.actor, None, bank="0001", branch="001", type_="ordinary",
                                        number="1234567", holder="ヤマダ ハナコ")  # fmt: skip


def hurry() -> None:
    """Accounts may say as much as they like."""
    fast = replace(policy(), per_minute=10**9, per_hour=10**9)
    restraint.policy = lambda: fast


if __name__ == "__main__":
    if sys.argv[1] == "begin":
        begin(int(sys.argv[2]))
    else:
        hurry()
        Writer(int(sys.argv[1]), Path(sys.argv[2])).run()

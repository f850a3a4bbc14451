"""Fifty moderators at one queue, some of them cut off in the middle: each case is decided once, and nothing is stuck."""

from __future__ import annotations

import random
import threading
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, connection, connections, transaction
from tests.market.safety.made import REASON

from sekisho.market.kernel import clock
from sekisho.market.kernel.ids import new_id
from sekisho.market.kernel.problems import Problem
from sekisho.market.people.models import Account
from sekisho.market.safety import claims, decisions
from sekisho.market.safety.folding import fold
from sekisho.market.safety.models import Case, Decision

MODERATORS, CASES = 50, 30


def people() -> tuple[list[Account], Account]:
    """Fifty of the house, and one the cases are about."""
    house = [
        Account.objects.create_user(f"m{number}@example.com", None, display_name=f"m{number}", is_moderator=True)
        for number in range(MODERATORS)
    ]
    return house, Account.objects.create_user("subject@example.com", None, display_name="s")


class Shift:
    """All of them work through the queue at once, each on a connection of its own."""

    def __init__(self, house: list[Account], kill: float) -> None:
        self.house, self.kill, self.errors, self.killed = house, kill, list[str](), 0

    def work(self) -> None:
        """Until the queue is empty."""
        threads = [threading.Thread(target=self._moderate, args=(account, n)) for n, account in enumerate(self.house)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _moderate(self, account: Account, number: int) -> None:
        dice, actor = random.Random(number), account.actor
        try:
            while True:
                try:
                    self._one(actor, dice)
                except Problem as problem:
                    if problem.code != "queue_empty":
                        self.errors.append(problem.code)
                    return
                except DatabaseError:
                    self.killed += 1
                    return  # cut off: he does not come back, and what he held runs out
        finally:
            connections.close_all()

    def _one(self, actor: Any, dice: random.Random) -> None:
        case = claims.claim_next(actor, None)
        if dice.random() < self.kill:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        decisions.make(actor, case, breach=True, rule="other", public_reason=REASON, orders=[{"kind": "warning"}])


def test_each_case_is_decided_once(committed: Any) -> None:
    house, subject = people()
    for _ in range(CASES):
        _open(subject)
    shift = Shift(house, kill=0.0)
    shift.work()
    assert shift.errors == []
    assert Decision.objects.count() == CASES == Case.objects.filter(state="decided").count()


def test_what_those_cut_off_held_is_free_again_when_their_time_is_over(committed: Any) -> None:
    house, subject = people()
    for _ in range(CASES):
        _open(subject)
    shift = Shift(house[:25], kill=0.4)
    shift.work()
    left = Case.objects.filter(state="open").count()
    assert shift.killed > 0
    assert left > 0
    assert shift.errors == []
    with clock.ahead(timedelta(minutes=31)):
        actor = house[-1].actor
        for _ in range(left):
            case = claims.claim_next(actor, None)
            decisions.make(actor, case, breach=False, rule="other", public_reason="違反は確認できませんでした。")
    assert Decision.objects.count() == CASES


def _open(subject: Account) -> None:
    with transaction.atomic():
        fold("finding", new_id(), subject=subject.id, matter=new_id(), category="other")

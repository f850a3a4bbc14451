"""Verbs whose connection is cut: a clear error, nothing half done, and the next verb works without a restart."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from django.db import InterfaceError, OperationalError, connection

from sekisho.config.database import Database
from sekisho.market.kernel import outbox
from sekisho.market.kernel.models import AuditEntry, IdempotencyKey, OutboxRow
from sekisho.market.kernel.problems import Kind as ProblemKind
from sekisho.market.kernel.problems import problem_of
from sekisho.market.ledger import verbs
from sekisho.market.ledger.book import balance
from sekisho.market.ledger.models import Kind, Transfer
from sekisho.market.people.models import Account


def cut(server: Database) -> None:
    """End the connection of this thread from outside, as a server that goes down does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (backend,) = cursor.fetchone()
    name = connection.settings_dict["NAME"]
    with psycopg.connect(server.app.conninfo, dbname=name, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])


@pytest.fixture
def client(committed: Database) -> Account:
    return Account.objects.create_user("aoba@example.com", None, display_name="あおば", is_client=True, is_worker=False)


@pytest.fixture
def operator(committed: Database) -> Any:
    return Account.objects.create_user("kancho@example.com", None, display_name="館長", is_operator=True).actor


def test_a_verb_cut_off_in_its_middle_did_nothing_and_can_be_tried_again_with_its_key(
    committed: Database, client: Account, operator: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def enter() -> Transfer:
        return verbs.confirm_deposit(operator, None, client=client.id, amount=5_000, reference="r", key="k")

    before = AuditEntry.objects.count()
    with monkeypatch.context() as patch:
        patch.setattr(verbs, "tell", lambda *_args, **_named: (cut(committed), outbox.tell("ledger.deposited")))
        with pytest.raises((OperationalError, InterfaceError)) as lost:
            enter()
    problem = problem_of(lost.value)
    assert problem is not None
    assert (problem.code, problem.kind) == ("connection_lost", ProblemKind.UNAVAILABLE)
    left = (Transfer.objects.count(), IdempotencyKey.objects.count(), OutboxRow.objects.count())
    assert (left, AuditEntry.objects.count()) == ((0, 0, 0), before)
    assert enter() == enter()
    assert balance(Kind.CLIENT, client.id) == 5_000


def test_a_handler_whose_connection_is_cut_leaves_its_row_as_it_was(
    committed: Database, client: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    cuts = [True]

    def handler(_payload: dict[str, Any]) -> None:
        if cuts.pop():
            cut(committed)
            Account.objects.count()

    monkeypatch.setitem(outbox.HANDLERS, "test.cut", {"test.handler": handler})
    outbox.tell("test.cut")
    with pytest.raises((OperationalError, InterfaceError)):
        outbox.deliver()
    row = OutboxRow.objects.get()
    assert (row.attempts, row.done_at, row.error) == (0, None, "")
    cuts.append(False)
    assert outbox.deliver() == 1
    assert OutboxRow.objects.get().done_at is not None

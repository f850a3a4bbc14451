"""`verify_all` finds what is wrong: a database is damaged as its owner could damage it, and every damage is named."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, connections, transaction

from sekisho.config.database import Database
from sekisho.market.contracts import verbs as contracts
from sekisho.market.kernel import audit, grants, outbox, verification
from sekisho.market.kernel.verification import verify_all
from sekisho.market.ledger import imports, payouts, verbs
from sekisho.market.people.models import Account

CHECKS = {"contracts.escrow", "deals.bodies", "deals.chains", "kernel.audit", "kernel.guards", "kernel.idempotency",
          "kernel.outbox", "ledger.balances", "ledger.batches", "ledger.floors", "ledger.lists", "ledger.owners",
          "ledger.payouts", "ledger.statement_rows", "ledger.sum", "ledger.suspense", "ledger.transfers"}  # fmt: skip
ONE = "(SELECT {0} FROM {1} ORDER BY {0} LIMIT 1)"
RELEASE = "(SELECT id FROM ledger_transfer WHERE purpose = 'release' LIMIT 1)"
FEE = "(SELECT id FROM ledger_transfer WHERE purpose = 'fee' LIMIT 1)"
MIDDLE = "(SELECT id FROM deals_event WHERE position = 1 LIMIT 1)"
DAMAGES: dict[str, tuple[set[str], str]] = {
    "a balance is raised": ({"ledger.balances", "ledger.sum"}, "UPDATE ledger_ledgeraccount SET balance = balance + 1 WHERE kind = 'worker'"),
    "money is shifted between two accounts": ({"ledger.balances"}, """
        UPDATE ledger_ledgeraccount SET balance = balance + CASE kind WHEN 'fee' THEN -100 ELSE 100 END
        WHERE kind IN ('fee', 'fee_tax')"""),
    "the amount of a transfer is changed": ({"ledger.balances", "contracts.escrow"}, f"UPDATE ledger_transfer SET amount = amount - 1 WHERE id = {RELEASE}"),
    "a transfer is taken out of its batch": ({"ledger.balances", "ledger.batches", "contracts.escrow"}, f"DELETE FROM ledger_transfer WHERE id = {FEE}"),
    "a transfer is taken out and the balances are made to fit": ({"ledger.batches", "contracts.escrow"}, f"""
        WITH gone AS (DELETE FROM ledger_transfer WHERE id = {FEE} RETURNING debit_id, credit_id, amount)
        UPDATE ledger_ledgeraccount a SET balance = balance + CASE WHEN a.id = gone.debit_id THEN gone.amount ELSE -gone.amount END
        FROM gone WHERE a.id IN (gone.debit_id, gone.credit_id)"""),
    "a transfer of another batch is slipped in": ({"ledger.batches"}, f"UPDATE ledger_transfer SET batch = (SELECT batch FROM ledger_transfer WHERE purpose = 'deposit' LIMIT 1) WHERE id = {RELEASE}"),
    "earnings are sent to another worker, balances made to fit": ({"contracts.escrow"}, f"""
        WITH other AS (INSERT INTO ledger_ledgeraccount (id, kind, owner, balance)
                       SELECT gen_random_uuid(), 'worker', id, 0 FROM people_account WHERE display_name = 'taro' RETURNING id),
             moved AS (UPDATE ledger_transfer SET credit_id = (SELECT id FROM other) WHERE id = {RELEASE} RETURNING 1)
        SELECT 1 FROM moved"""),
    "an account is below its floor": ({"ledger.floors", "ledger.balances", "ledger.sum"}, """
        ALTER TABLE ledger_ledgeraccount DROP CONSTRAINT ledger_balance_floor;
        UPDATE ledger_ledgeraccount SET balance = -5 WHERE kind = 'fee'"""),
    "a transfer goes the wrong way for its purpose": ({"ledger.transfers"}, f"UPDATE ledger_transfer SET purpose = 'refund' WHERE id = {FEE}"),
    "a contract with money in escrow is called completed": ({"contracts.escrow"}, "UPDATE contracts_contract SET state = 'completed' WHERE state = 'funded'"),
    "a contract is called funded that never was": ({"contracts.escrow"}, "UPDATE contracts_contract SET state = 'funded' WHERE state = 'agreed'"),
    "a payout is called paid": ({"ledger.payouts"}, "UPDATE ledger_payout SET state = 'paid' WHERE state = 'sent'"),
    "a payout is turned to somebody else's bank account": ({"ledger.payouts"}, "UPDATE ledger_bankaccount SET worker_id = (SELECT id FROM people_account WHERE display_name = 'taro')"),
    "a payout is taken out of its list": ({"ledger.lists"}, "UPDATE ledger_payout SET batch_id = NULL"),
    "a deposit in suspense is called sent back": ({"ledger.suspense"}, "UPDATE ledger_unmatched SET state = 'returned'"),
    "a row of a bank statement is raised": ({"ledger.statement_rows"}, "UPDATE ledger_statementrow SET amount = amount + 1 WHERE outcome = 'credited'"),
    "a row of a bank statement is gone": ({"ledger.statement_rows"}, "DELETE FROM ledger_statementrow WHERE outcome = 'other'"),
    "the person of an account is gone": ({"ledger.owners"}, "UPDATE ledger_ledgeraccount SET owner = gen_random_uuid() WHERE kind = 'client'"),
    "an event of a deal is changed": ({"deals.chains"}, f"UPDATE deals_event SET type = 'accepted' WHERE id = {MIDDLE}"),
    "an event of a deal is gone": ({"deals.chains"}, f"DELETE FROM deals_body WHERE event_id = {MIDDLE}; DELETE FROM deals_event WHERE id = {MIDDLE}"),
    "the last event of a deal is gone": ({"deals.chains"}, """
        DELETE FROM deals_body b USING deals_event e, deals_deal d WHERE e.id = b.event_id AND d.id = e.deal_id AND e.position = d.length - 1;
        DELETE FROM deals_event e USING deals_deal d WHERE d.id = e.deal_id AND e.position = d.length - 1"""),
    "the words of an event are changed": ({"deals.chains"}, f"UPDATE deals_body SET content = content || '{{\"note\": \"x\"}}' WHERE event_id = {MIDDLE}"),
    "the words of an event are gone": ({"deals.chains"}, f"DELETE FROM deals_body WHERE event_id = {MIDDLE}"),
    "the words of an event are erased without a reason": ({"deals.bodies"}, f"UPDATE deals_body SET erased_at = now() WHERE event_id = {MIDDLE}"),
    "an entry of the audit log names another actor": ({"kernel.audit"}, "UPDATE kernel_auditentry SET actor_name = 'x' WHERE action = 'contract.accept'"),
    "a seal of the audit chain is gone": ({"kernel.audit"}, "DELETE FROM kernel_auditseal WHERE position = 3"),
    "a row of the outbox waits for nobody": ({"kernel.outbox"}, "UPDATE kernel_outboxrow SET handler = 'gone.handler'"),
    "a row of the outbox was given up": ({"kernel.outbox"}, "UPDATE kernel_outboxrow SET dead_at = now()"),
    "the result of an idempotency key is gone": ({"kernel.idempotency"}, "UPDATE kernel_idempotencykey SET result_id = gen_random_uuid()::text"),
    "an idempotency key claims what was never done": ({"kernel.idempotency"}, "UPDATE kernel_idempotencykey SET action = 'contract.settle'"),
    "a table a check needs is gone": ({"ledger.suspense"}, "DROP TABLE ledger_unmatched CASCADE"),
}  # fmt: skip


@pytest.fixture(scope="module")
def handler() -> Iterator[None]:
    """Something that waits in the outbox."""
    outbox.HANDLERS["ledger.deposited"] = {"test.handler": lambda payload: None}
    yield
    del outbox.HANDLERS["ledger.deposited"]


@pytest.fixture
def damaged(committed: Database, handler: None, agreed: Any, earned: Any, bank_file: Any, give_bank_account: Any) -> Database:
    """A database with money in every place, joined as the owner of its tables."""
    def person(name: str, **roles: bool) -> Account:
        return Account.objects.create_user(f"{name}@example.com", None, display_name=name, **roles)

    people = {"aoba": person("aoba", is_client=True), "hanako": person("hanako"), "taro": person("taro"),
              "kancho": person("kancho", is_operator=True)}  # fmt: skip
    operator = people["kancho"].actor
    code = verbs.issue_reference(people["aoba"].actor, None).code
    imports.import_statement(operator, None, content=bank_file((code, 50_000, 0, "1"), ("ﾌﾒｲ", 900, 0, "2"), ("手数料", 0, 9, "3")), key="k")
    earned(people)
    agreed(people)
    contracts.fund(people["aoba"].actor, agreed(people))
    give_bank_account(people["hanako"])
    payouts.ask_payout(people["hanako"].actor, None, amount=5_000)
    payouts.list_payouts(operator, None)
    audit.seal()
    name = connection.settings_dict["NAME"]
    connections["default"].close()
    connections["default"].settings_dict.update(committed.owner.django | {"NAME": name})
    return committed


def put_guards_aside() -> None:
    """The triggers that refuse changes, as the owner of the tables can."""
    for table in grants.append_only_tables():
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_append_only")


def test_every_damage_to_a_database_is_found_by_the_checks_it_concerns(damaged: Database) -> None:
    sound = verify_all()
    assert list(sound.lines()) == [f"{r.name}: {r.count:,} {r.things}, ok" for r in sound.results]
    assert {result.name for result in sound.results if result.count} >= CHECKS
    put_guards_aside()
    missed = {}
    for damage, (checks, sql) in DAMAGES.items():
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(sql)
            names = {result.name for result in verify_all().results if result.faults}
            transaction.set_rollback(True)
        if not checks <= names:
            missed[damage] = (checks, names)
    assert missed == {}
    left = {result.name: len(result.faults) for result in verify_all().results if result.faults}
    assert left == {"kernel.guards": len(grants.append_only_tables())}


def test_a_sound_database_is_sound_for_the_application_too(committed: Database) -> None:
    report = verify_all()
    assert report.ok
    assert CHECKS <= {result.name for result in report.results}


def test_a_check_that_breaks_off_is_a_fault_and_the_others_go_on(monkeypatch: Any) -> None:
    def broken(seen: verification.Seen) -> Iterator[str]:
        yield from (str(row) for row in verification.rows("SELECT nothing FROM nowhere"))

    verify_all()
    monkeypatch.setitem(verification.CHECKS, "a.broken", ("things", broken))
    report = verify_all()
    assert [fault[:29] for fault in report.faults] == ["a.broken: the check broke off"]


def test_of_very_many_faults_a_hundred_are_told(monkeypatch: Any) -> None:
    monkeypatch.setitem(verification.CHECKS, "a.flood", ("things", lambda seen: (f"fault {i}" for i in range(10**9))))
    result = next(result for result in verify_all().results if result.name == "a.flood")
    assert (len(result.faults), result.more) == (100, True)

"""`verify_all` finds what is wrong: a database is damaged as its owner could damage it, and every damage is named."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
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
DAMAGES = tomllib.loads(Path(__file__).with_name("damages.toml").read_text("utf-8"))["damage"]


@pytest.fixture(scope="module")
def handler() -> Iterator[None]:
    """Something that waits in the outbox."""
    outbox.HANDLERS["ledger.deposited"] = {"test.handler": print}
    yield
    del outbox.HANDLERS["ledger.deposited"]


@pytest.fixture
def damaged(
    committed: Database, handler: None, agreed: Any, earned: Any, bank_file: Any, give_bank_account: Any
) -> Database:
    """A database with money in every place, joined as the owner of its tables."""

    def person(name: str, **roles: bool) -> Account:
        return Account.objects.create_user(f"{name}@example.com", None, display_name=name, **roles)

    people = {"aoba": person("aoba", is_client=True), "hanako": person("hanako"), "taro": person("taro"),
              "kancho": person("kancho", is_operator=True)}  # fmt: skip
    operator = people["kancho"].actor
    code = verbs.issue_reference(people["aoba"].actor, None).code
    imports.import_statement(
        operator,
        None,
        content=bank_file((code, 50_000, 0, "1"), ("ﾌﾒｲ", 900, 0, "2"), ("手数料", 0, 9, "3")),
        key="k",
    )
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
    for damage in DAMAGES:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(damage["sql"])
            names = {result.name for result in verify_all().results if result.faults}
            transaction.set_rollback(True)
        if not names.issuperset(damage["found_by"]):
            missed[damage["name"]] = names
    assert missed == {}
    left = {result.name: len(result.faults) for result in verify_all().results if result.faults}
    assert left == {"kernel.guards": len(grants.append_only_tables())}


def test_a_sound_database_is_sound_for_the_application_too(committed: Database) -> None:
    report = verify_all()
    assert report.ok
    assert {result.name for result in report.results} >= CHECKS


def test_a_check_that_breaks_off_is_a_fault_and_the_others_go_on(monkeypatch: Any) -> None:
    def broken(seen: verification.Seen) -> Iterator[str]:
        yield from (str(row) for row in verification.rows("SELECT nothing FROM nowhere"))

    verify_all()
    monkeypatch.setitem(verification.CHECKS, "a.broken", ("things", broken))
    report = verify_all()
    assert [fault[:29] for fault in report.faults] == ["a.broken: the check broke off"]


def test_of_very_many_faults_a_hundred_are_told(monkeypatch: Any) -> None:
    monkeypatch.setitem(
        verification.CHECKS, "a.flood", ("things", lambda _: (f"fault {i}" for i in range(10**9)))
    )
    result = next(result for result in verify_all().results if result.name == "a.flood")
    assert (len(result.faults), result.more) == (100, True)

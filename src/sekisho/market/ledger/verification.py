"""What must hold of the ledger, recomputed from its transfers by the database alone."""

from __future__ import annotations

from collections.abc import Iterator

from sekisho.market.kernel.sealing import NotReadable, unseal
from sekisho.market.kernel.verification import Seen, checks, count, rows
from sekisho.market.ledger.purposes import fits


@checks("ledger.balances", "accounts")
def balances(seen: Seen) -> Iterator[str]:
    """Every balance is the sum of the account's transfers."""
    count(seen, "ledger_ledgeraccount")
    sql = """
        SELECT a.kind, a.owner, a.balance, coalesce(m.total, 0) FROM ledger_ledgeraccount a LEFT JOIN (
            SELECT id, sum(step) AS total FROM (
                SELECT credit_id AS id, amount AS step FROM ledger_transfer
                UNION ALL SELECT debit_id, -amount FROM ledger_transfer) s GROUP BY id
        ) m USING (id) WHERE a.balance <> coalesce(m.total, 0) ORDER BY a.id"""
    for kind, owner, balance, total in rows(sql):
        yield f"account {kind}:{owner or 'house'} says {balance}, its transfers say {total}"


@checks("ledger.sum", "accounts")
def zero(seen: Seen) -> Iterator[str]:
    """All balances together are nothing: what is not outside (bank) is somebody's."""
    count(seen, "ledger_ledgeraccount")
    for (total,) in rows("SELECT coalesce(sum(balance), 0) FROM ledger_ledgeraccount"):
        if total:
            yield f"all balances together are {total}, not 0"


@checks("ledger.floors", "accounts")
def floors(seen: Seen) -> Iterator[str]:
    """Only the bank is below zero. There is one account of a kind and owner."""
    count(seen, "ledger_ledgeraccount")
    sql = "SELECT kind, owner, balance FROM ledger_ledgeraccount WHERE balance < 0 AND kind <> 'bank'"
    yield from (
        f"account {kind}:{owner or 'house'} stands at {balance}" for kind, owner, balance in rows(sql)
    )
    sql = "SELECT kind, owner, count(*) FROM ledger_ledgeraccount GROUP BY 1, 2 HAVING count(*) > 1"
    yield from (f"there are {n} accounts {kind}:{owner or 'house'}" for kind, owner, n in rows(sql))


@checks("ledger.transfers", "transfers")
def transfers(seen: Seen) -> Iterator[str]:
    """Amounts are above 0; each joins two kinds of accounts that its purpose may join."""
    count(seen, "ledger_transfer")
    sql = """SELECT t.purpose, d.kind, c.kind, min(t.id::text), bool_or(t.amount <= 0) FROM ledger_transfer t
             JOIN ledger_ledgeraccount d ON d.id = t.debit_id JOIN ledger_ledgeraccount c ON c.id = t.credit_id
             GROUP BY 1, 2, 3"""
    for purpose, debit, credit, first, odd in rows(sql):
        if not fits(str(purpose), str(debit), str(credit)):
            yield f"transfer {first} goes from {debit} to {credit} for {purpose}"
        if odd:
            yield f"a transfer for {purpose} has an amount of 0 or less"
    sql = """SELECT t.id FROM ledger_transfer t LEFT JOIN ledger_ledgeraccount d ON d.id = t.debit_id
             LEFT JOIN ledger_ledgeraccount c ON c.id = t.credit_id WHERE d.id IS NULL OR c.id IS NULL"""
    yield from (f"transfer {pk} names an account that is gone" for (pk,) in rows(sql))


@checks("ledger.batches", "batches of transfers")
def batches(seen: Seen) -> Iterator[str]:
    """A batch has all its legs, numbered from 0, under one key, for one matter, at one time."""
    seen.count = next(int(str(n)) for (n,) in rows("SELECT count(DISTINCT batch) FROM ledger_transfer"))
    sql = """
        SELECT batch, count(*), max(legs) FROM ledger_transfer GROUP BY batch
        HAVING count(*) <> max(legs) OR min(legs) <> max(legs) OR min(at) <> max(at)
            OR count(DISTINCT coalesce(matter::text, '')) > 1
            OR count(DISTINCT regexp_replace(key, '/[0-9]+$', '')) > 1
            OR sum((regexp_replace(key, '^.*/', ''))::int) <> count(*) * (count(*) - 1) / 2
            OR count(DISTINCT key) <> count(*)"""
    yield from (
        f"batch {batch} has {n} legs of {legs}, or they do not belong together"
        for batch, n, legs in rows(sql)
    )


@checks("ledger.payouts", "payouts")
def payouts(seen: Seen) -> Iterator[str]:
    """What is asked for or sent stands in the payout's account; ended ones hold nothing and moved their amount once each way."""
    count(seen, "ledger_payout")
    sql = """
        SELECT p.id, p.state, p.amount, coalesce(a.balance, 0), coalesce(m.asked, 0), coalesce(m.paid, 0),
               coalesce(m.back, 0), coalesce(m.returned, 0)
        FROM ledger_payout p LEFT JOIN ledger_ledgeraccount a ON a.kind = 'payout' AND a.owner = p.id
        LEFT JOIN (SELECT matter, sum(amount) FILTER (WHERE purpose = 'payout') AS asked,
                          sum(amount) FILTER (WHERE purpose = 'payout_paid') AS paid,
                          sum(amount) FILTER (WHERE purpose = 'payout_failed') AS back,
                          sum(amount) FILTER (WHERE purpose = 'payout_returned') AS returned
                   FROM ledger_transfer WHERE matter IS NOT NULL GROUP BY matter) m ON m.matter = p.id ORDER BY p.id"""
    ends = {"asked": (0, 0, 0), "sent": (0, 0, 0), "paid": (1, 0, 0), "returned": (1, 0, 1)}
    for pk, state, amount, *moved in rows(sql):
        whole = int(str(amount))
        paid, back, returned = ends.get(str(state), (0, 1, 0))
        wanted = [whole * (1 - paid - back), whole, whole * paid, whole * back, whole * returned]
        if moved != wanted:
            yield f"payout {pk} is {state} with {amount}: balance, asked, paid, taken back, returned are {moved}, not {wanted}"
    sql = """SELECT a.owner FROM ledger_ledgeraccount a LEFT JOIN ledger_payout p ON p.id = a.owner
             WHERE a.kind = 'payout' AND p.id IS NULL"""
    yield from (f"an account is of payout {owner}, which is gone" for (owner,) in rows(sql))
    sql = "SELECT p.id FROM ledger_payout p JOIN ledger_bankaccount b ON b.id = p.bank_account_id WHERE b.worker_id <> p.worker"
    yield from (f"payout {pk} goes to a bank account of somebody else" for (pk,) in rows(sql))


@checks("ledger.lists", "lists for the bank")
def lists(seen: Seen) -> Iterator[str]:
    """A list for the bank has the count and total it had when it was made."""
    count(seen, "ledger_payoutbatch")
    sql = """SELECT b.id, b.count, b.total, count(p.id), coalesce(sum(p.amount), 0) FROM ledger_payoutbatch b
             LEFT JOIN ledger_payout p ON p.batch_id = b.id GROUP BY b.id
             HAVING b.count <> count(p.id) OR b.total <> coalesce(sum(p.amount), 0)"""
    for pk, n, total, has, sum_ in rows(sql):
        yield f"list {pk} was of {n} payouts and {total} yen, now of {has} and {sum_}"


@checks("ledger.suspense", "deposits without a match")
def suspense(seen: Seen) -> Iterator[str]:
    """Suspense holds what waits there, row by row."""
    count(seen, "ledger_unmatched")
    sql = """
        SELECT u.id, u.state, u.amount, coalesce(sum(t.amount) FILTER (WHERE t.purpose = 'assigned'), 0),
               coalesce(sum(t.amount) FILTER (WHERE t.purpose = 'unmatched_returned'), 0),
               coalesce(sum(t.amount) FILTER (WHERE t.purpose = 'unmatched'), 0)
        FROM ledger_unmatched u LEFT JOIN ledger_transfer t ON t.matter = u.id GROUP BY u.id ORDER BY u.id"""
    for pk, state, amount, *moved in rows(sql):
        wanted = [amount if state == "assigned" else 0, amount if state == "returned" else 0, amount]
        if moved != wanted:
            yield f"deposit {pk} is {state} with {amount}: assigned, sent back, entered are {moved}, not {wanted}"
    sql = """SELECT (SELECT coalesce(sum(balance), 0) FROM ledger_ledgeraccount WHERE kind = 'suspense'),
                    (SELECT coalesce(sum(amount), 0) FROM ledger_unmatched WHERE state = 'waiting')"""
    for stands, waits in rows(sql):
        if stands != waits:
            yield f"suspense stands at {stands}, deposits that wait are {waits}"


@checks("ledger.statement_rows", "rows of bank statements")
def statement_rows(seen: Seen) -> Iterator[str]:
    """Every row that was credited or put into suspense has its transfer of the same amount; every file has all its rows."""
    count(seen, "ledger_statementrow")
    sql = """SELECT r.id, r.outcome, r.amount, t.amount FROM ledger_statementrow r
             LEFT JOIN ledger_transfer t ON t.key = 'deposit:' || r.fingerprint || '/0'
             WHERE r.outcome IN ('credited', 'suspense') AND r.amount IS DISTINCT FROM t.amount"""
    yield from (
        f"row {pk} ({outcome}) is {one} yen, the ledger has {other}" for pk, outcome, one, other in rows(sql)
    )
    sql = """SELECT s.id, s.count, count(r.id) FROM ledger_statementimport s
             LEFT JOIN ledger_statementrow r ON r.statement_id = s.id GROUP BY s.id HAVING s.count <> count(r.id)"""
    yield from (f"statement {pk} had {n} rows, there are {has}" for pk, n, has in rows(sql))


@checks("ledger.owners", "accounts of people")
def owners(seen: Seen) -> Iterator[str]:
    """Accounts of clients and workers belong to people who are there; the house's to nobody."""
    sql = "SELECT count(*) FROM ledger_ledgeraccount WHERE kind IN ('client', 'worker')"
    seen.count = next(int(str(n)) for (n,) in rows(sql))
    sql = """SELECT a.kind, a.owner FROM ledger_ledgeraccount a LEFT JOIN people_account p ON p.id = a.owner
             WHERE (a.kind IN ('client', 'worker') AND p.id IS NULL)
                OR (a.kind IN ('bank', 'suspense', 'fee', 'fee_tax')) <> (a.owner IS NULL)"""
    yield from (f"account {kind} has the owner {owner or 'nobody'}" for kind, owner in rows(sql))


@checks("ledger.sealed", "bank accounts")
def sealed(seen: Seen) -> Iterator[str]:
    """Every bank account can be unsealed with the keys that are here."""
    for pk, token in rows("SELECT id, sealed FROM ledger_bankaccount ORDER BY id"):
        seen.count += 1
        try:
            unseal(bytes(token))  # type: ignore[call-overload]
        except NotReadable:
            yield f"bank account {pk} was sealed with a key that is not here"

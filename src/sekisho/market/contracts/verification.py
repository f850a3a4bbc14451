"""What must hold of the money of every contract, recomputed from the ledger's transfers."""

from __future__ import annotations

from collections.abc import Iterator

from sekisho.market.contracts.states import LIVE
from sekisho.market.kernel.verification import Seen, checks, count, rows

_SQL = """
    SELECT c.id, c.state, c.funded_yen, c.funded_at IS NOT NULL, coalesce(a.balance, 0), coalesce(m.funded, 0),
           coalesce(m.spent, 0), coalesce(m.astray, 0)
    FROM contracts_contract c JOIN deals_deal d ON d.id = c.deal_id
    LEFT JOIN ledger_ledgeraccount a ON a.kind = 'escrow' AND a.owner = c.id
    LEFT JOIN (
        SELECT t.matter, sum(t.amount) FILTER (WHERE t.purpose = 'fund') AS funded,
               sum(t.amount) FILTER (WHERE t.purpose IN ('release', 'fee', 'fee_tax', 'refund')) AS spent,
               count(*) FILTER (WHERE t.purpose = 'fund' AND (f.owner, o.owner) IS DISTINCT FROM (e.client_id, t.matter)
                   OR t.purpose = 'release' AND (f.owner, o.owner) IS DISTINCT FROM (t.matter, e.worker_id)
                   OR t.purpose = 'refund' AND (f.owner, o.owner) IS DISTINCT FROM (t.matter, e.client_id)
                   OR t.purpose IN ('fee', 'fee_tax') AND f.owner IS DISTINCT FROM t.matter) AS astray
        FROM ledger_transfer t JOIN ledger_ledgeraccount f ON f.id = t.debit_id
        JOIN ledger_ledgeraccount o ON o.id = t.credit_id
        JOIN contracts_contract k ON k.id = t.matter JOIN deals_deal e ON e.id = k.deal_id GROUP BY t.matter
    ) m ON m.matter = c.id ORDER BY c.id"""


@checks("contracts.escrow", "contracts")
def escrow(seen: Seen) -> Iterator[str]:
    """Escrow holds the whole price while a contract lives and nothing before and after; paid + fee + tax + refunded = funded.

    Funds come from the deal's client and go to its worker, to the house or back to its client.
    """
    count(seen, "contracts_contract")
    live = {state.value for state in LIVE}
    for pk, state, price, was_funded, held, funded, spent, astray in rows(_SQL):
        where = f"contract {pk} ({state})"
        wanted = price if state in live else 0
        if held != wanted:
            yield f"{where}: escrow holds {held}, not {wanted}"
        if funded != (price if was_funded else 0):
            yield f"{where}: {funded} was funded, not {price if was_funded else 0}"
        if spent != (0 if state in live else funded):
            yield f"{where}: paid, fee, tax and refunded are {spent} of {funded} funded"
        if astray:
            yield f"{where}: {astray} transfers between other people than its own"
    sql = """SELECT d.id FROM contracts_dispute d JOIN contracts_contract c ON c.id = d.contract_id
             LEFT JOIN contracts_settlement s ON s.dispute_id = d.id AND s.state IN ('waiting', 'done')
             WHERE d.state = 'decided' AND (s.state, c.state) IS DISTINCT FROM ('waiting', 'disputed')
               AND (s.state, c.state) IS DISTINCT FROM ('done', 'completed') ORDER BY d.id"""
    yield from (f"dispute {pk} is decided and its money neither waits nor has moved" for (pk,) in rows(sql))
    sql = """SELECT a.owner FROM ledger_ledgeraccount a LEFT JOIN contracts_contract c ON c.id = a.owner
             WHERE a.kind = 'escrow' AND c.id IS NULL"""
    yield from (f"an escrow account is of contract {owner}, which is gone" for (owner,) in rows(sql))

"""Writers, background process and PostgreSQL are killed at random moments: what was reported done is there, once."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from tests.site.faults.ordeal import Ordeal

from sekisho.config.database import open_database

ENDS = ("paid", "silence", "lapse")
FUNDED, EARNED, FEE, FEE_TAX = 11_000, 8_580, 2_200, 220


@pytest.mark.parametrize(("kills", "seed"), [(5, 1), pytest.param(100, 2, marks=pytest.mark.long)])
def test_after_kills_everything_reported_done_is_there_and_nothing_is_there_twice(
    tmp_path: Path, kills: int, seed: int
) -> None:
    with open_database(tmp_path / "d", owner=True) as database:
        ordeal = Ordeal(database, tmp_path, seed)
        try:
            ordeal.play(kills)
            nothing_lost_nothing_twice(ordeal)
            everything_told_once(ordeal)
            money_is_where_the_journals_say(ordeal)
            verified(ordeal)
        finally:
            ordeal.end()
        assert sum(ordeal.kills.values()) == kills


def nothing_lost_nothing_twice(ordeal: Ordeal) -> None:
    """Every key that was reported done is stored with the row that was reported; every key tried is done in the end."""
    stored = dict(ordeal.ask("SELECT key, result_id FROM kernel_idempotencykey"))
    done = dict(ordeal.journal("done"))
    assert done == stored
    assert {key for (key,) in ordeal.journal("try")} == done.keys()
    said = Counter(text for (text,) in ordeal.ask("SELECT split_part(text, '：', 1) FROM messaging_message"))
    assert said == Counter(key for key in done if key.endswith((":ask", ":reply")))
    acts = Counter({key.split(":")[1]: 0 for key in done})
    acts.update(key.split(":")[1] for key in done)
    audited = dict(ordeal.ask("SELECT action, count(*) FROM kernel_auditentry GROUP BY action"))
    for step, action in {"offer": "contract.offer", "agree": "contract.agree", "fund": "contract.fund",
                         "deposit": "ledger.confirm_deposit", "deliver": "contract.deliver", "accept": "contract.accept",
                         "payout": "payout.ask", "paid": "payout.confirm"}.items():  # fmt: skip
        assert audited[action] == acts[step], action


def rounds(ordeal: Ordeal) -> dict[str, tuple[str, str]]:
    """Of every round: its contract and how it ends."""
    offers = {key: row for key, row in ordeal.journal("done") if key.endswith(":offer")}
    names = {key.split(":")[0]: row for key, row in offers.items()}
    return {name: (row, ENDS[int(name.split("-")[1]) % 3]) for name, row in names.items()}


def everything_told_once(ordeal: Ordeal) -> None:
    """Each deal has one end, each timer fired once, each handler heard each thing once and needed one attempt."""
    played = list(rounds(ordeal).values())
    states = {str(pk): state for pk, state in ordeal.ask("SELECT id, state FROM contracts_contract")}
    assert states == {pk: "lapsed" if end == "lapse" else "completed" for pk, end in played}
    by = """SELECT b.content->>'contract', e.type, e.by FROM deals_event e JOIN deals_body b ON b.event_id = e.id
            WHERE e.type IN ('accepted', 'lapsed')"""
    ends = {"paid": ("accepted", "client"), "silence": ("accepted", "clock"), "lapse": ("lapsed", "clock")}
    assert Counter(ordeal.ask(by)) == Counter((pk, *ends[end]) for pk, end in played)
    heard = Counter(ordeal.ask("SELECT topic, payload->>'contract' FROM heard WHERE topic LIKE 'contract.%'"
                               " AND topic <> 'contract.reminder'"))  # fmt: skip
    funded = [pk for pk, end in played if end != "lapse"]
    assert heard == Counter(
        [("contract.agreed", pk) for pk, _ in played]
        + [(f"contract.{word}", pk) for pk in funded for word in ("funded", "delivered", "completed")]
        + [("contract.lapsed", pk) for pk, end in played if end == "lapse"]
    )  # fmt: skip
    told = ordeal.ask("SELECT topic, payload::text, count(*) FROM kernel_outboxrow WHERE handler = 'counting.hear'"
                      " GROUP BY 1, 2")  # fmt: skip
    assert sorted(told) == sorted(
        ordeal.ask("SELECT topic, payload::text, count(*) FROM heard GROUP BY 1, 2")
    )
    assert (
        max(
            Counter(ordeal.ask("SELECT payload::text FROM heard WHERE topic = 'contract.reminder'")).values(),
            default=1,
        )
        == 1
    )
    assert (
        ordeal.ask("SELECT handler, error FROM kernel_outboxrow WHERE attempts > 0 OR done_at IS NULL") == []
    )


def money_is_where_the_journals_say(ordeal: Ordeal) -> None:
    """Balances as the rounds add up."""
    ends = Counter(end for _, end in rounds(ordeal).values())
    funded = ends["paid"] + ends["silence"]
    balances = dict(ordeal.ask("SELECT kind, sum(balance)::bigint FROM ledger_ledgeraccount GROUP BY kind"))
    added = {
        "bank": -funded * FUNDED + ends["paid"] * EARNED, "worker": ends["silence"] * EARNED,
        "fee": funded * FEE, "fee_tax": funded * FEE_TAX,
    }  # fmt: skip
    assert {kind: yen for kind, yen in balances.items() if yen} == {
        kind: yen for kind, yen in added.items() if yen
    }


def verified(ordeal: Ordeal) -> None:
    """`sekisho verify` finds no fault."""
    done = subprocess.run([sys.executable, "-m", "sekisho", "verify"], env=ordeal.environment, capture_output=True,
                          text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr

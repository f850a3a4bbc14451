"""The one next step on a contract for whoever looks at it, in one sentence that every surface shows. Reads only.

That work does not start before funding is said in `next_step.toml` and nowhere else.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from sekisho.market.contracts.models import Change, Contract, Dispute, Termination
from sekisho.market.contracts.states import CONTRACT, LIVE, ContractState, DisputeState
from sekisho.market.kernel.actors import Actor

OVER = frozenset(CONTRACT.final - {ContractState.COMPLETED, ContractState.RETURNED})


@dataclass(frozen=True, slots=True)
class Step:
    """`verb`: the action that comes next (None: wait, or nothing is left); `may_work`: whether work may go on now."""

    verb: str | None
    text: Mapping[str, str]
    may_work: bool = False


@cache
def sentences() -> Mapping[str, Any]:
    """The table of `next_step.toml`."""
    return tomllib.loads(files(__package__).joinpath("next_step.toml").read_text("utf-8"))


def _step(row: Mapping[str, str], *, may_work: bool = False) -> Step:
    return Step(row.get("verb"), {lang: row[lang] for lang in ("ja", "en")}, may_work)


def next_step(contract: Contract, actor: Actor) -> Step:
    """What `actor` does next on `contract`. Raises `ValueError` for somebody who is no party."""
    side = contract.deal.side(actor.id)
    if side is None:
        raise ValueError("only a party has a next step")
    state, rows = ContractState(contract.state), sentences()
    if state is ContractState.DISPUTED:
        dispute = Dispute.objects.get(contract=contract)
        accepted = dispute.state == DisputeState.PROPOSED and dispute.accepted_by == side
        return _step(rows["dispute"]["accepted" if accepted else dispute.state])
    may_work = state is ContractState.FUNDED
    asked = _asked_of(contract, side) if state in LIVE | {ContractState.AGREED} else None
    if asked is not None:
        return _step(rows["asked"][asked], may_work=may_work)
    return _step(rows["contract"]["over" if state in OVER else state][side], may_work=may_work)


def _asked_of(contract: Contract, side: str) -> str | None:
    """What the other side waits for."""
    if Termination.objects.filter(contract=contract, state="asked").exclude(side=side).exists():
        return "termination"
    if Change.objects.filter(contract=contract, state="proposed").exclude(side=side).exists():
        return "change"
    return None


def open_verbs(contract: Contract, actor: Actor) -> tuple[str, ...]:
    """Every verb of the lifecycle open to `actor` here, for buttons; `next_step` names what comes first."""
    return tuple(f"contract.{row.verb}" for row in CONTRACT.open(contract.state, contract.relations(actor)))

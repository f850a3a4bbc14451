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

from django.db.models import OuterRef, Subquery

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


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a contract, for a caller that has it already: its dispute, and which side waits for which answer."""

    dispute: Dispute | None
    asked: Mapping[str, str]

    @classmethod
    def of(cls, contract: Contract) -> Around:
        """From the database, only what the contract's state can have."""
        if contract.state == ContractState.DISPUTED:
            return cls(Dispute.objects.get(contract=contract), {})
        if contract.state not in LIVE | {ContractState.AGREED}:
            return cls(None, {})
        waits: dict[str, tuple[Any, str]] = {"termination": (Termination, "asked"), "change": (Change, "proposed")}
        sides = {
            name: Subquery(model.objects.filter(contract=OuterRef("pk"), state=state).values("side")[:1])
            for name, (model, state) in waits.items()
        }
        found = Contract.objects.filter(pk=contract.pk).values_list(*sides.values()).first() or ("", "")
        return cls(None, {name: side for name, side in zip(waits, found, strict=True) if side})


def next_step(contract: Contract, actor: Actor, around: Around | None = None) -> Step:
    """What `actor` does next on `contract`. Raises `ValueError` for somebody who is no party. At most one query."""
    side = contract.deal.side(actor.id)
    if side is None:
        raise ValueError("only a party has a next step")
    state, rows = ContractState(contract.state), sentences()
    around = around or Around.of(contract)
    if state is ContractState.DISPUTED:
        dispute = around.dispute
        assert dispute is not None
        accepted = dispute.state == DisputeState.PROPOSED and dispute.accepted_by == side
        return _step(rows["dispute"]["accepted" if accepted else dispute.state])
    may_work = state is ContractState.FUNDED
    asked = next((name for name in ("termination", "change") if around.asked.get(name, side) != side), None)
    if asked is not None and state in LIVE | {ContractState.AGREED}:
        return _step(rows["asked"][asked], may_work=may_work)
    return _step(rows["contract"]["over" if state in OVER else state][side], may_work=may_work)


def open_verbs(contract: Contract, actor: Actor) -> tuple[str, ...]:
    """Every verb of the lifecycle open to `actor` here, for buttons; `next_step` names what comes first."""
    return tuple(f"contract.{row.verb}" for row in CONTRACT.open(contract.state, contract.relations(actor)))

"""The policy of `policy.toml` as a value."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files

from sekisho.core.rules.policy import Decider
from sekisho.market.contracts.real import contact_policy
from sekisho.market.deals.models import Deal


@dataclass(frozen=True, slots=True)
class ContactPolicy:
    """See the file for what each field means. Raises `ValueError` for a word it does not know."""

    ask: tuple[str, ...]
    suggest: tuple[str, ...]
    house_too: bool
    per_contract: int
    rest_days: int
    answer_days: int
    approval_days: int
    early_hours: int
    look_hours: int
    excused: tuple[str, ...]
    excused_rules: tuple[str, ...]
    announced: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.ask or set(self.ask) - {"client", "worker"}:
            raise ValueError(f"ask = {list(self.ask)!r}: name client, worker or both")
        if set(self.suggest) - {"client", "worker"}:
            raise ValueError(f"suggest = {list(self.suggest)!r}: name client, worker, both or nobody")

    @property
    def waits(self) -> dict[str, timedelta]:
        """The lengths of the timers by the words the lifecycle uses for them."""
        return {
            "answer": timedelta(days=self.answer_days),
            "approval": timedelta(days=self.approval_days),
            "look": timedelta(hours=self.look_hours),
        }


@cache
def policy() -> ContactPolicy:
    """The policy in force."""
    data = tomllib.loads(files(__package__).joinpath("policy.toml").read_text("utf-8"))
    return ContactPolicy(
        **data | {name: tuple(data[name]) for name in ("ask", "suggest", "excused", "excused_rules", "announced")}
    )


def approved_by(deal: Deal) -> str:
    """Who approves a request of this deal: counterparty, operator (the house), or both."""
    if contact_policy(deal).decided_by is Decider.OPERATOR:
        return "operator"
    return "both" if policy().house_too else "counterparty"


def before_contract(deal: Deal) -> bool:
    """Whether it may be asked before there is a contract that counts."""
    return contact_policy(deal).before_contract

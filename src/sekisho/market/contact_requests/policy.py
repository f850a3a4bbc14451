"""The policy of `policy.toml` as a value."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files

APPROVE = ("counterparty", "operator", "both")


@dataclass(frozen=True, slots=True)
class ContactPolicy:
    """See the file for what each field means. Raises `ValueError` for a word it does not know."""

    ask: tuple[str, ...]
    approve: str
    before_contract: bool
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
        if self.approve not in APPROVE:
            raise ValueError(f"approve = {self.approve!r}: it must be one of {', '.join(APPROVE)}")
        if not self.ask or set(self.ask) - {"client", "worker"}:
            raise ValueError(f"ask = {list(self.ask)!r}: name client, worker or both")

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
        **data | {name: tuple(data[name]) for name in ("ask", "excused", "excused_rules", "announced")}
    )

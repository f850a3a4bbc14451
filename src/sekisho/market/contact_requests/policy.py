"""The policy of `policy.toml` as a value."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class ContactPolicy:
    """See the file for what each field means."""

    ask: tuple[str, ...]
    approve: str
    before_contract: bool
    per_contract: int
    rest_days: int
    answer_days: int
    early_hours: int


@cache
def policy() -> ContactPolicy:
    """The policy in force."""
    data = tomllib.loads(files(__package__).joinpath("policy.toml").read_text("utf-8"))
    return ContactPolicy(**data | {"ask": tuple(data["ask"])})

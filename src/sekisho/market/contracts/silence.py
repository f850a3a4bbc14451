"""The silence rules of `silence.toml` as values."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Silence:
    """Days and counts; see the file for what each means."""

    fund_days: int
    accept_days: int
    send_backs: int
    send_back_days: int
    termination_days: int
    dispute_evidence_days: int
    dispute_proposal_days: int
    dispute_decision_days: int

    @property
    def waits(self) -> dict[str, timedelta]:
        """The lengths of the timers by the words the lifecycles use for them."""
        return {
            name.removesuffix("_days"): timedelta(days=getattr(self, name))
            for name in self.__slots__
            if name.endswith("_days")
        }


@cache
def silence() -> Silence:
    """The rules in force."""
    return Silence(**tomllib.loads(files(__package__).joinpath("silence.toml").read_text("utf-8")))

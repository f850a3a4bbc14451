"""The silence rules of `silence.toml` as values."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files

_UNITS = ("_days", "_hours")


@dataclass(frozen=True, slots=True)
class Silence:
    """Days, hours and counts; see the file for what each means. `remind`: days before the end of a wait, by its word."""

    fund_days: int
    accept_days: int
    send_backs: int
    send_back_days: int
    termination_days: int
    change_days: int
    dispute_evidence_days: int
    dispute_proposal_days: int
    dispute_answer_days: int
    dispute_decision_days: int
    look_hours: int
    cooling_off_hours: int
    appeal_days: int
    remind: Mapping[str, tuple[int, ...]]

    @property
    def waits(self) -> dict[str, timedelta]:
        """The lengths of the timers by the words the lifecycles use for them."""
        return {
            name.removesuffix(unit): timedelta(**{unit[1:]: getattr(self, name)})
            for name in self.__slots__
            for unit in _UNITS
            if name.endswith(unit)
        }


@cache
def silence() -> Silence:
    """The rules in force."""
    data = tomllib.loads(files(__package__).joinpath("silence.toml").read_text("utf-8"))
    return Silence(**data | {"remind": {wait: tuple(days) for wait, days in data["remind"].items()}})

"""The policy of `policy.toml` as a value."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Rung:
    """One row of the ladder: what is proposed from this severity (1..5) and this many strikes on. `days`: of a suspension."""

    severity: int
    strikes: int
    kind: str
    days: int | None = None


@dataclass(frozen=True, slots=True)
class SafetyPolicy:
    """See the file for what each field means. `categories`: severity by id, in the order in which they are offered."""

    look_hours: int
    lease_minutes: int
    appeal_days: int
    appeal_decide_days: int
    reporter_appeal: bool
    cooling_off_hours: int
    strike_days: int
    warning_days: int
    suspension_days_most: int
    cancel_after_refusal_days: int
    text_length: int
    attached: int
    break_minutes: int
    bulk_most: int
    bulk_step: int
    reports_per_day: int
    second_person: frozenset[str]
    private_note: frozenset[str]
    categories: Mapping[str, int]
    ladder: tuple[Rung, ...]
    priority: Mapping[str, int]

    @property
    def waits(self) -> dict[str, timedelta]:
        """The lengths of the timers by the words the lifecycles use. A sanction's own end is its own (`until`)."""
        return {
            "look": timedelta(hours=self.look_hours),
            "cooling_off": timedelta(hours=self.cooling_off_hours),
            "appeal": timedelta(days=self.appeal_decide_days),
            "until": timedelta(0),
            "step": timedelta(0),
        }

    def proposed(self, severity: int, strikes: int) -> Rung:
        """What the ladder proposes for a breach of `severity` by somebody with `strikes` that count, this one included."""
        fitting = (rung for rung in self.ladder if severity >= rung.severity and strikes >= rung.strikes)
        return next(fitting, self.ladder[-1])


@cache
def policy() -> SafetyPolicy:
    """The policy in force."""
    data = tomllib.loads(files(__package__).joinpath("policy.toml").read_text("utf-8"))
    categories = {row["id"]: row["severity"] for row in data.pop("category")}
    data |= {name: frozenset(data[name]) for name in ("second_person", "private_note")}
    return SafetyPolicy(**data | {"categories": categories, "ladder": tuple(Rung(**row) for row in data["ladder"])})

"""The policy of `policy.toml` as values."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class BackTestPolicy:
    """See the file for what each field means."""

    days: int
    most_days: int
    parts: int
    step_texts: int
    step_characters: int
    examples: int
    most_examples: int
    stall_minutes: int

    @property
    def waits(self) -> dict[str, timedelta]:
        """Lengths of the timers of a back-test and of a rescan."""
        return {"stall": timedelta(minutes=self.stall_minutes)}


@dataclass(frozen=True, slots=True)
class MaskPolicy:
    """See the file."""

    window: int
    unmask_minutes: int


@dataclass(frozen=True, slots=True)
class CanaryPolicy:
    """See the file. Shares are between 0 and 1."""

    watch_seconds: int
    window: int
    least: int
    stopped_above: float
    unsure_above: float

    @property
    def waits(self) -> dict[str, timedelta]:
        """Length of the timer."""
        return {"watch": timedelta(seconds=self.watch_seconds)}


@dataclass(frozen=True, slots=True)
class RescanPolicy:
    """See the file."""

    step_things: int
    most_findings: int


@dataclass(frozen=True, slots=True)
class PrecisionPolicy:
    """See the file."""

    days: int
    recent_days: int


@dataclass(frozen=True, slots=True)
class JudgingPolicy:
    """The whole file."""

    backtest: BackTestPolicy
    mask: MaskPolicy
    canary: CanaryPolicy
    rescan: RescanPolicy
    precision: PrecisionPolicy


@cache
def policy() -> JudgingPolicy:
    """The policy in force."""
    data = tomllib.loads(files(__package__).joinpath("policy.toml").read_text("utf-8"))
    return JudgingPolicy(
        BackTestPolicy(**data["backtest"]), MaskPolicy(**data["mask"]), CanaryPolicy(**data["canary"]),
        RescanPolicy(**data["rescan"]), PrecisionPolicy(**data["precision"]),
    )  # fmt: skip

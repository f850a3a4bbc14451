"""The policy of `policy.toml` as a value."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class MessagePolicy:
    """See the file for what each field means."""

    send_anyway: tuple[str, ...]
    nudges: int
    nudge_hours: int
    look_hours: int
    per_minute: int
    per_hour: int
    longest: int

    @property
    def look_within(self) -> timedelta:
        """How long a held message may wait."""
        return timedelta(hours=self.look_hours)


@cache
def policy() -> MessagePolicy:
    """The policy in force."""
    data = tomllib.loads(files(__package__).joinpath("policy.toml").read_text("utf-8"))
    return MessagePolicy(**data | {"send_anyway": tuple(data["send_anyway"])})

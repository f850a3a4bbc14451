"""The policy of `policy.toml` as a value."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class PersonalDataPolicy:
    """See the file for what each field means."""

    kinds: tuple[str, ...]
    funded: bool
    answer_days: int
    access_days: int
    purpose_length: int
    value_length: int
    recruiter_shown: str

    @property
    def waits(self) -> dict[str, timedelta]:
        """The lengths of the timers by the words the lifecycle uses."""
        return {"answer": timedelta(days=self.answer_days), "access": timedelta(days=self.access_days)}


@cache
def policy() -> PersonalDataPolicy:
    """The policy in force."""
    data = tomllib.loads(files(__package__).joinpath("policy.toml").read_text("utf-8"))
    shown = data.pop("recruiter")["shown"]
    return PersonalDataPolicy(**data | {"kinds": tuple(data["kinds"]), "recruiter_shown": shown})

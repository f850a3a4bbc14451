"""The limits of `policy.toml` as a value."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class FilePolicy:
    """See the file for what each field means."""

    quota_bytes: int
    per_hour: int
    unused_hours: int
    most: int
    name_length: int
    largest_bytes: Mapping[str, int]


@cache
def policy() -> FilePolicy:
    """The policy in force."""
    return FilePolicy(**tomllib.loads(files(__package__).joinpath("policy.toml").read_text("utf-8")))

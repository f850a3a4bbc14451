"""The policy of `policy.toml` as a value."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class TextPolicy:
    """See the file for what each field means."""

    least: int
    most: int
    alike: float
    rare: int
    bands: int


@dataclass(frozen=True, slots=True)
class PicturePolicy:
    """See the file for what each field means."""

    apart: int
    shape: int
    most: int


@dataclass(frozen=True, slots=True)
class LinkagePolicy:
    """See the file for what each field means."""

    alone: frozenset[str]
    between: frozenset[str]
    pictures: frozenset[str]
    common: int
    strong: float
    most_traits: int
    most_contacts: int
    strength: Mapping[str, float]
    text: TextPolicy
    picture: PicturePolicy
    kept_days: Mapping[str, int]

    @property
    def strong_kinds(self) -> frozenset[str]:
        """The kinds that make a candidate for ban evasion."""
        return frozenset(kind for kind, strength in self.strength.items() if strength >= self.strong)

    def kept(self, standing: str) -> timedelta:
        """How long the sightings of a deleted account are kept."""
        return timedelta(days=self.kept_days[standing])


@cache
def policy() -> LinkagePolicy:
    """The policy in force."""
    data = tomllib.loads(files(__package__).joinpath("policy.toml").read_text("utf-8"))
    words = {name: frozenset(data[name]) for name in ("alone", "between", "pictures")}
    return LinkagePolicy(
        **data | words | {"text": TextPolicy(**data["text"]), "picture": PicturePolicy(**data["picture"])}
    )

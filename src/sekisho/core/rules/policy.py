"""A pack's policy beside its verdict table: contact requests, and where it differs from the pack below. Plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

Setting = str | bool | int
"""What one field of a policy may hold."""


class Decider(StrEnum):
    """Who can approve a contact request."""

    COUNTERPARTY = "counterparty"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class ContactPolicy:
    """A pack's policy for contact requests.

    `token_contract_yen`: a contract funded with less (whole yen) never counts as contracted. With `before_contract` an
    approval counts without a contract too. Without `outside_tools` no approval counts at all. Where the operator decides,
    an approval by one of the parties approves nothing; where the other side does, one by nobody named is taken for its.
    """

    token_contract_yen: int = 1000
    before_contract: bool = False
    outside_tools: bool = True
    decided_by: Decider = Decider.COUNTERPARTY


class Grade(StrEnum):
    """How good the source of a difference is."""

    OFFICIAL = "official"
    """A page of the marketplace itself."""
    REPORTED = "reported"
    """What others say of it: plausible, not authoritative."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in which a pack differs from the one it extends, and by what right.

    `field` is the path in `pack.toml` (`table.contact_disclosure.contracted`); `was` what the pack below says. `source` is a
    web address, `seen` the year and month, or the day, on which it said so.
    """

    field: str
    value: Setting
    was: Setting
    why: Mapping[str, str]
    source: str
    grade: Grade
    seen: str

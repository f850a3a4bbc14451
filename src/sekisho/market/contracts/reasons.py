"""Why contracts end before delivery: the table of `reasons.toml`. Who bears it in his completion rate is data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sekisho.market.kernel import fields


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: who may give it (`by`), whose completion rate bears it, and its words in both languages."""

    code: str
    by: tuple[str, ...]
    bears: str
    words: Mapping[str, str]

    def borne(self, asker: str, *, agreed: bool) -> str | None:
        """`client`, `worker` or None: accusing somebody who did not agree costs him nothing."""
        return self.bears if self.bears == asker or (agreed and self.bears != "nobody") else None


@cache
def reasons() -> Mapping[str, Reason]:
    """Every reason by its code."""
    data = tomllib.loads(files(__package__).joinpath("reasons.toml").read_text("utf-8"))
    return {
        code: Reason(code, tuple(row["by"]), row["bears"], {"ja": row["ja"], "en": row["en"]})
        for code, row in data.items()
    }


def reason(code: str, side: str) -> Reason:
    """The reason `code` as `side` may give it. Raises `Problem("bad_value")`."""
    return reasons()[fields.one_of(code, "reason", tuple(c for c, r in reasons().items() if side in r.by))]

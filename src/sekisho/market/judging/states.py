"""The lifecycle of a pack on this site."""

from __future__ import annotations

from enum import StrEnum

from sekisho.market.kernel.states import Row, StateTable


class PackState(StrEnum):
    """Where a pack stands: `shadow` judges everything beside the live one, and nobody is shown what it says."""

    DRAFT = "draft"
    SHADOW = "shadow"
    LIVE = "live"
    RETIRED = "retired"


S = PackState
PACK = StateTable("pack", PackState, [
    Row(None,     "register", ("operator",), S.DRAFT),
    Row(S.DRAFT,  "shadow",   ("operator",), S.SHADOW),
    Row(S.SHADOW, "go_live",  ("operator",), S.LIVE),
    Row(S.DRAFT,  "retire",   ("operator",), S.RETIRED),
    Row(S.SHADOW, "retire",   ("operator",), S.RETIRED),
    # The live one is retired by the next that goes live: there is always one.
    Row(S.LIVE,   "replace",  ("operator",), S.RETIRED),
])  # fmt: skip

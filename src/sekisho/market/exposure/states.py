"""The lifecycle of an exposure record. It is its writer's alone; sharing is a row of its own (`Share`), not a state."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from sekisho.market.kernel.states import Row, StateTable


class ExposureState(StrEnum):
    """Where a record stands. `leaving`: its writer wants it gone, and a case it was shared with is still open."""

    KEPT = "kept"
    LEAVING = "leaving"
    ERASED = "erased"


WAITS = {"look": timedelta(days=1)}
"""How often it is looked at whether the case is over."""
S, MINE = ExposureState, ("self",)
EXPOSURE = StateTable("exposure", ExposureState, [
    Row(None,      "write",   ("member",),       S.KEPT),
    Row(S.KEPT,    "amend",   MINE,              S.KEPT),
    Row(S.KEPT,    "attach",  MINE,              S.KEPT),
    Row(S.KEPT,    "tick",    MINE,              S.KEPT),
    Row(S.KEPT,    "share",   MINE,              S.KEPT),
    Row(S.KEPT,    "unshare", MINE,              S.KEPT),
    Row(S.LEAVING, "unshare", MINE,              S.LEAVING),
    Row(S.KEPT,    "erase",   ("self", "clock"), S.ERASED),
    # What erasing comes to while a case it was shared with is open.
    Row(S.KEPT,    "leave",   ("self", "clock"), S.LEAVING),
    Row(S.LEAVING, "keep",    MINE,              S.KEPT),
    Row(S.LEAVING, "wait",    ("clock",),        S.LEAVING, after="look"),
    Row(S.LEAVING, "finish",  ("clock",),        S.ERASED,  after="look"),
])  # fmt: skip
TABLES = (EXPOSURE,)

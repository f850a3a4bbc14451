"""The lifecycles of a pack on this site, of a back-test and of a rescan."""

from __future__ import annotations

from enum import StrEnum

from sekisho.market.kernel.states import Row, StateTable


class PackState(StrEnum):
    """Where a pack stands.

    `shadow` judges everything beside the live one, without effect. `canary` judges a share of the accounts, with effect.
    """

    DRAFT = "draft"
    SHADOW = "shadow"
    CANARY = "canary"
    LIVE = "live"
    RETIRED = "retired"


class BackTestState(StrEnum):
    """Where a back-test stands."""

    ASKED = "asked"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class RescanState(StrEnum):
    """Where a rescan of what is open stands. Nothing is told to anybody before it is confirmed."""

    RUNNING = "running"
    PREVIEWED = "previewed"
    TELLING = "telling"
    TOLD = "told"
    FAILED = "failed"
    DROPPED = "dropped"


S, B, R = PackState, BackTestState, RescanState
PACK = StateTable("pack", PackState, [
    Row(None,     "register", ("operator",), S.DRAFT),
    Row(S.DRAFT,  "shadow",   ("operator",), S.SHADOW),
    Row(S.DRAFT,  "canary",   ("operator",), S.CANARY),
    Row(S.SHADOW, "canary",   ("operator",), S.CANARY),
    Row(S.CANARY, "widen",    ("operator",), S.CANARY),
    Row(S.CANARY, "stop",     ("operator",), S.DRAFT),
    # It holds too much, or is unsure too often: everybody is judged by the live one again.
    Row(S.CANARY, "stop_by_policy", ("clock",), S.DRAFT, after="watch"),
    Row(S.SHADOW, "go_live",  ("operator",), S.LIVE),
    Row(S.CANARY, "go_live",  ("operator",), S.LIVE),
    Row(S.DRAFT,  "retire",   ("operator",), S.RETIRED),
    Row(S.SHADOW, "retire",   ("operator",), S.RETIRED),
    # The live one is retired by the next that goes live: there is always one.
    Row(S.LIVE,   "replace",  ("operator",), S.RETIRED),
])  # fmt: skip
BACKTEST = StateTable("backtest", BackTestState, [
    Row(None,      "ask",    ("operator",), B.ASKED),
    Row(B.ASKED,   "begin",  ("clock",),    B.RUNNING),
    Row(B.ASKED,   "cancel", ("operator",), B.CANCELLED),
    Row(B.RUNNING, "cancel", ("operator",), B.CANCELLED),
    Row(B.RUNNING, "finish", ("clock",),    B.DONE),
    Row(B.ASKED,   "fail",   ("clock",),    B.FAILED, after="stall"),
    Row(B.RUNNING, "fail",   ("clock",),    B.FAILED, after="stall"),
])  # fmt: skip
RESCAN = StateTable("rescan", RescanState, [
    Row(None,        "ask",     ("operator",), R.RUNNING),
    Row(R.RUNNING,   "show",    ("clock",),    R.PREVIEWED),
    Row(R.RUNNING,   "drop",    ("operator",), R.DROPPED),
    Row(R.RUNNING,   "fail",    ("clock",),    R.FAILED, after="stall"),
    Row(R.PREVIEWED, "confirm", ("operator",), R.TELLING, needs=("is_live", "something_found")),
    Row(R.PREVIEWED, "drop",    ("operator",), R.DROPPED),
    Row(R.TELLING,   "finish",  ("clock",),    R.TOLD),
    Row(R.TELLING,   "fail",    ("clock",),    R.FAILED, after="stall"),
], {"is_live": lambda rescan: rescan.version.state == S.LIVE,
    "something_found": lambda rescan: rescan.findings.exists()})  # fmt: skip
TABLES = (PACK, BACKTEST, RESCAN)

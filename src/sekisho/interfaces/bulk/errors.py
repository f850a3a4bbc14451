"""Why a whole scan stops. A single bad row never stops one: it is a `Refusal` (see `rows`)."""

from __future__ import annotations


class ScanError(ValueError):
    """The input, the output or the state of an earlier run cannot be used. `hint` says what to do ("" when there is nothing)."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class InputDamaged(ScanError):
    """The input turned out to be unreadable half-way; nothing of the run is worth keeping."""


class ScanInterrupted(Exception):
    """The user stopped the run; what is done so far can be resumed. `rows` counts the rows already dealt with."""

    def __init__(self, rows: int) -> None:
        super().__init__(f"stopped after {rows} rows")
        self.rows = rows

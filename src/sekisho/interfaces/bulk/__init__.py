"""Columns: many texts judged on one machine. `judge` is the column function, `scan` the file to file run.

Knows files, batches and processes; nothing of how a text is judged. Arrow is imported only by what needs it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sekisho.interfaces.bulk.columns import judge
    from sekisho.interfaces.bulk.scan import scan

__all__ = ["judge", "scan"]


def __getattr__(name: str) -> object:
    if name == "judge":
        from sekisho.interfaces.bulk.columns import judge

        return judge
    if name == "scan":
        from sekisho.interfaces.bulk.scan import scan

        return scan
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

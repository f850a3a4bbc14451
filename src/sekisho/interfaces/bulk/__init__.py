"""Columns: many texts judged on one machine or a cluster. `judge` is the column function; `scan.scan` takes a file to a file.

Knows files, batches and where work is done; nothing of how a text is judged. Arrow is imported only by what needs it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sekisho.interfaces.bulk.columns import judge

__all__ = ["judge"]


def __getattr__(name: str) -> object:
    if name != "judge":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from sekisho.interfaces.bulk.columns import judge

    return judge

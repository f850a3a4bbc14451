"""Handles written backwards, where the text says that something is: `逆から読んで → 7140_uysneh`."""

from __future__ import annotations

import re

CUES = (
    "逆から", "逆さ", "逆に(?:読|よ)", "逆順", "反対から", "(?:後|うし)ろから", "ひっくり返", "backwards?", "reversed",
    "in reverse", "(?:flip|reverse) (?:it|them|that|this)",
)  # fmt: skip
_CUE = re.compile("|".join(CUES))
_HANDLE = re.compile(r"[a-z0-9_][a-z0-9_.\-]{3,62}[a-z0-9_]")
_MOST = 64


def read_reversed(folded_text: str) -> list[tuple[str, int, int]]:
    """(run turned round, start, end) of up to 64 runs of five or more of `a-z0-9_.-`, if the text has a cue; else [].

    Offsets are code points of `folded_text`.
    """
    if _CUE.search(folded_text) is None:
        return []
    found: list[tuple[str, int, int]] = []
    for run in _HANDLE.finditer(folded_text):
        if len(found) == _MOST:
            break
        if not _CUE.fullmatch(run[0]):
            found.append((run[0][::-1], run.start(), run.end()))
    return found

"""Names of files as their writers gave them, made safe to show and to offer. Not judged here."""

from __future__ import annotations

import unicodedata

from sekisho.market.files.policy import policy

_UNSAFE = set('<>:"|?*\\/')
_RESERVED = {"con", "prn", "aux", "nul", *(f"{p}{n}" for p in ("com", "lpt") for n in range(1, 10))}


def clean_name(name: str) -> str:
    """A name without folders, control and direction characters, of at most `name_length` code points, its ending kept.

    Directions matter: with U+202E the name `fdp.exe` can be shown as `exe.pdf`.
    """
    last = name.encode("utf-8", "replace").decode("utf-8").replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(c for c in last if unicodedata.category(c)[0] != "C" and c not in _UNSAFE)
    shown = " ".join(shown.split()).strip(". ")
    stem, dot, ending = shown.rpartition(".")
    if not dot:
        stem, ending = shown, ""
    if not stem or stem.lower() in _RESERVED:
        stem = f"file-{stem}".rstrip("-")
    ending = ending[:20]
    room = policy().name_length - len(ending) - len(dot)
    return f"{stem[:room]}{dot}{ending}"

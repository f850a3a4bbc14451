"""References in the text of a transfer: digits, since those are what every bank lets a person write there.

12 digits: one that says what for (1 deposit, 2 payout), nine at random, two check digits (ISO 7064 MOD 97-10: any one wrong
digit and any two swapped neighbours are noticed). Shown as 1234-5678-9012; hyphens and spaces do not count.
"""

from __future__ import annotations

import re
import secrets
import unicodedata

DEPOSIT, PAYOUT = "1", "2"
LENGTH = 12
# Looked for at every digit that begins a run; the window is bounded, so the search is linear.
_RUN = re.compile(r"(?<![0-9])(?=([0-9](?:[- ]?[0-9]){11})(?![0-9]))")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−ーｰ－"), "-")


def fresh(kind: str) -> str:
    """A new code of `kind`."""
    return closed(f"{kind}{secrets.randbelow(10**9):09d}")


def closed(digits: str) -> str:
    """`digits` with their two check digits.

    >>> closed("1000000001")
    '100000000190'
    """
    return f"{digits}{(98 - int(digits) * 100 % 97) % 97:02d}"


def found(text: str) -> tuple[str, ...]:
    """Every different well-formed code in `text`, in order; full-width digits and dashes are folded."""
    folded = unicodedata.normalize("NFKC", text.translate(_DASHES))
    runs = (re.sub("[- ]", "", match.group(1)) for match in _RUN.finditer(folded))
    return tuple(
        dict.fromkeys(run for run in runs if run[0] in (DEPOSIT, PAYOUT) and run == closed(run[:-2]))
    )


def shown(code: str) -> str:
    """As people read and write it: 1234-5678-9012."""
    return "-".join(code[i : i + 4] for i in range(0, LENGTH, 4))

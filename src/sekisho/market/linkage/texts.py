"""Texts that are nearly the same: MinHash by `rensa` over pieces of three letters, in 32 bands kept only as keyed hashes.

Numbers and addresses are taken out before: the same template with another telephone number is the same text, and no number
could be tried out against what is kept. Of the bands of two texts about the fourth power of their likeness are equal.
"""

from __future__ import annotations

import re
import struct

from rensa import RMinHash

from sekisho.core.text import fold
from sekisho.market.linkage.keys import chain, hashes, numbers
from sekisho.market.linkage.policy import policy
from sekisho.market.linkage.seen import TEXT, Seen

BANDS, ROWS, PIECE = 32, 4, 3
LEAST_PIECES = 60
"""Different pieces; a text of fewer repeats itself."""
_SEED = 7
_WORD = re.compile(r"[!-~]+")
_TELLING = re.compile(r"[0-9@]")


def text_seen(text: str) -> Seen | None:
    """A text to be compared; None for one that is too short or repeats itself. Linear, up to the policy's `most`."""
    limits = policy().text
    bare = _bare(text[: limits.most])
    if len(bare) < limits.least:
        return None
    pieces = {bare[i : i + PIECE] for i in range(len(bare) - PIECE + 1)}
    if len(pieces) < LEAST_PIECES:
        return None
    sketch = RMinHash(num_perm=BANDS * ROWS, seed=_SEED)
    sketch.update(sorted(pieces))
    return Seen(TEXT, hashes(TEXT, bare.encode("utf-8", "replace")), chain().newest, _bands(sketch.digest()))


def likeness(shared: int, bands: int) -> float:
    """The share of common pieces of two texts that have `shared` of `bands` bands in common."""
    return float((shared / bands) ** (1 / ROWS))


def _bare(text: str) -> str:
    whole = "".join(fold(text).text.split())
    return _WORD.sub(lambda word: "#" if _TELLING.search(word[0]) else word[0], whole)


def _bands(digest: list[int]) -> tuple[tuple[int, ...], ...]:
    # Sketches of another algorithm of the library have other bands: they are never taken for the same.
    kind = f"text band {RMinHash.ALGORITHM_VERSION}"
    return tuple(
        numbers(kind, struct.pack(f">B{ROWS}I", number, *digest[number * ROWS : (number + 1) * ROWS]))
        for number in range(BANDS)
    )

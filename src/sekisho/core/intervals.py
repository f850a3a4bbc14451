"""95 % intervals of shares. Closed formulas: nothing random, so the same counts give the same interval."""

from __future__ import annotations

from math import sqrt

Interval = tuple[float, float]
_Z = 1.959963984540054
"""The 97.5 % point of the normal distribution."""


def wilson(part: int, whole: int) -> Interval | None:
    """Wilson's score interval of `part` in `whole`; None when `whole` is 0. Honest at 0 and 1, unlike a bootstrap."""
    if not whole:
        return None
    share, square = part / whole, _Z * _Z / whole
    middle = (share + square / 2) / (1 + square)
    half = _Z * sqrt(share * (1 - share) / whole + square / (4 * whole)) / (1 + square)
    return (0.0 if part == 0 else middle - half), (1.0 if part == whole else middle + half)


def f1_interval(hits: int, errors: int) -> Interval | None:
    """The interval of F1 with `errors` misses and false alarms; None when there is neither hit nor error.

    F1 = 2j / (1 + j) rises with j, the share of hits among hits and errors, which is an ordinary share: its Wilson
    interval, carried over.
    """
    interval = wilson(hits, hits + errors)
    if interval is None:
        return None
    low, high = interval
    return 2 * low / (1 + low), 2 * high / (1 + high)

"""Cuts a text into what the second reader weighs of an act: its sentence, and that with its neighbours. Knows no letters."""

from __future__ import annotations

from collections.abc import Sequence

SHORTEST_SENTENCE = 8
"""Code points of a sentence that stands by itself; a shorter one is read with the next."""

Span = tuple[int, int]


def stretches(ends: Sequence[int], length: int) -> list[tuple[Span, Span]]:
    """For every sentence of a text of `length` code points, whose sentences end at `ends`: with its neighbours, and alone."""
    cuts: list[int] = []
    for end in ends:
        if end - (cuts[-1] if cuts else 0) >= SHORTEST_SENTENCE:
            cuts.append(end)
    if cuts:
        cuts[-1] = length
    else:
        cuts = [length]
    starts = [0, *cuts[:-1]]
    last = len(cuts) - 1
    return [
        ((starts[max(at - 1, 0)], cuts[min(at + 1, last)]), (starts[at], cuts[at])) for at in range(len(cuts))
    ]

"""Contacts split over several messages."""

from __future__ import annotations

from sekisho.core.detection.judge import Context, Judge
from sekisho.core.detection.threads.events import Event
from sekisho.core.detection.threads.state import PIECE_POINTS, PIECES, Piece, ThreadState
from sekisho.core.detection.threads.verdict import ThreadFinding


def remembered(pieces: tuple[Piece, ...], event: int, text: str) -> tuple[Piece, ...]:
    """`pieces` with the end of `text`; the oldest go when there are too many or they are too long."""
    start = max(0, len(text) - PIECE_POINTS)
    kept = [*pieces, Piece(event, start, text[start:])][-PIECES:]
    while sum(len(piece.text) for piece in kept) > PIECE_POINTS and len(kept) > 1:
        kept.pop(0)
    return tuple(kept)


def completed(judge: Judge, state: ThreadState, event: Event, context: Context) -> list[ThreadFinding]:
    return []

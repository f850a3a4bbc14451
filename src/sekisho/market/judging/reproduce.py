"""Judging again what was judged, from what was kept: the same input and the same digest give the same record."""

from __future__ import annotations

from typing import Any

from sekisho.market.judging.asking import ask
from sekisho.market.judging.models import Judgement
from sekisho.market.kernel.problems import Kind, Problem, Row, describe

describe({
    "words_erased": Row(Kind.CONFLICT, "元の文章が消去されているため、判定し直せません。",
                        "The words were erased, so that they cannot be judged again."),
})  # fmt: skip


def again(judgement: Judgement, pack: str | None = None) -> dict[str, Any]:
    """The record (digest, verdict, action, findings, unsure) that the same pack, or another one, gives now.

    It equals `judgement.record` when its digest does: pack and engine are the same. Raises `Problem("words_erased")`.
    """
    if judgement.erased_at is not None:
        raise Problem("words_erased")
    answer = ask(judgement.kind, judgement.text, judgement.context, pack or judgement.pack)
    return {name: answer.record[name] for name in ("digest", "verdict", "action", "findings", "unsure")}

"""How an example of a back-test is shown: masked, or whole to whoever has given a purpose lately. It stores no words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sekisho.market.judging.masking import masked
from sekisho.market.judging.models import BackTestExample
from sekisho.market.judging.policy import policy


@dataclass(frozen=True, slots=True)
class ShownExample:
    """`text` is masked unless `whole`; `evidence` (start, end, rule) counts its code points. Erased words are ""."""

    example: BackTestExample
    text: str
    evidence: tuple[dict[str, Any], ...]
    whole: bool
    erased: bool


def shown(example: BackTestExample, account: UUID | None) -> ShownExample:
    """As `account` may read it now."""
    text, whole = example.judgement.text, example.readable_to(account)
    if not whole:
        spans = [(start, end) for start, end, _ in example.evidence]
        text = masked(text, spans, map(tuple, example.contacts), policy().mask.window)
    evidence = tuple(
        {"start": start, "end": end, "rule": rule}
        for start, end, rule in example.evidence
        if end <= len(text)
    )
    return ShownExample(example, text, evidence, whole, example.judgement.erased_at is not None)

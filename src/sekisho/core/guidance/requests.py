"""The four things to look at before a contact request is approved. Advice only: approving is free, and so is declining."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sekisho.core.detection import UnknownValue, check
from sekisho.core.guidance.library import load_guide
from sekisho.core.guidance.model import Criterion, Guide, Speech
from sekisho.core.rules.model import Label, Outcome
from sekisho.core.text import fold


class Met(StrEnum):
    """How a criterion stands."""

    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"


_MARKS = {Met.MET: "○", Met.UNMET: "×", Met.UNKNOWN: "?"}
_FACTS: dict[str, Speech] = {
    "unknown": {"ja": "わかりません", "en": "not known"},
    "rating": {"ja": "評価 {rating}(件数 {reviews})", "en": "rating {rating} from {reviews} reviews"},
    "orders": {"ja": "発注実績 {orders}件", "en": "{orders} orders"},
    "no_purpose": {"ja": "目的が書かれていません", "en": "no purpose is given"},
    "vague_purpose": {"ja": "目的があいまいです:「{purpose}」", "en": "the purpose is vague: \"{purpose}\""},
    "wrong_purpose": {
        "ja": "目的に、申請では認められないことが含まれています:「{quote}」",
        "en": "the purpose holds what a request cannot allow: \"{quote}\"",
    },
    "purpose": {"ja": "目的:「{purpose}」", "en": "purpose: \"{purpose}\""},
    "terms": {"ja": "契約の内容と仮払いがサイト上にあります", "en": "the terms and the escrow are on the platform"},
    "no_terms": {"ja": "サイト上の契約か仮払いがありません", "en": "there is no contract or no escrow on the platform"},
}  # fmt: skip
_EXCUSED = {Label.CHANNEL_SOLICITATION, Label.INTERVIEW_OFFPLATFORM}
"""What a contact request is for is no fault in its purpose."""

QUOTED = 60
"""Code points of a purpose that a fact repeats."""


@dataclass(frozen=True, slots=True)
class Row:
    """One criterion with the fact that decides it."""

    criterion: Criterion
    met: Met
    title: Speech
    fact: Speech


@dataclass(frozen=True, slots=True)
class RequestReview:
    """Four rows in the article's order; `approve` only when all are met."""

    rows: tuple[Row, ...]
    approve: bool
    advice: Speech

    def text(self, lang: str = "ja") -> str:
        """The rows and the advice, to read."""
        lines = [f"{_MARKS[row.met]} {row.title[lang]} — {row.fact[lang]}" for row in self.rows]
        return "\n".join([*lines, "", self.advice[lang]])


def review_contact_request(
    request: Mapping[str, Any],
    client: Mapping[str, Any] | None = None,
    *,
    contract_agreed: bool | None = None,
    escrow_funded: bool | None = None,
    pack: str | os.PathLike[str] = "standard",
) -> RequestReview:
    """Look at a contact request: `request` {"tools", "purpose"}, `client` {"rating" (0–5), "reviews", "orders"}.

    What is left out is unknown.

    Raises `UnknownValue` for a value of the wrong kind, `TextTooLong` for a purpose beyond the limit.
    """
    guide = load_guide(pack)
    facts = client or {}
    purpose = request.get("purpose")
    if purpose is not None and not isinstance(purpose, str):
        raise UnknownValue(f"`purpose` must be a string, not {type(purpose).__name__}")
    found = (
        _rating(guide, _number(facts, "rating"), _number(facts, "reviews")),
        _record(guide, _number(facts, "orders")),
        _purpose(guide, purpose, pack),
        _terms(contract_agreed, escrow_funded),
    )
    rows = tuple(
        Row(criterion, met, guide.criteria[criterion], fact)
        for criterion, (met, fact) in zip(Criterion, found, strict=True)
    )
    approve = all(row.met is Met.MET for row in rows)
    return RequestReview(rows, approve, guide.advice["approve" if approve else "decline"])


def _number(facts: Mapping[str, Any], key: str) -> float | None:
    value = facts.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or value < 0:
        raise UnknownValue(f"`client.{key}` must be a number of 0 or more, not {value!r}")
    return value


def _said(name: str, **values: object) -> Speech:
    return {lang: sentence.format(**values) for lang, sentence in _FACTS[name].items()}


def _rating(guide: Guide, rating: float | None, reviews: float | None) -> tuple[Met, Speech]:
    if rating is None and reviews is None:
        return Met.UNKNOWN, _FACTS["unknown"]
    limits = guide.thresholds
    low = rating is not None and rating < limits.rating
    few = reviews is not None and reviews < limits.reviews
    met = Met.UNMET if low or few else Met.UNKNOWN if rating is None or reviews is None else Met.MET
    told = {key: "?" if value is None else f"{value:g}" for key, value in (("rating", rating), ("reviews", reviews))}
    return met, _said("rating", **told)


def _record(guide: Guide, orders: float | None) -> tuple[Met, Speech]:
    if orders is None:
        return Met.UNKNOWN, _FACTS["unknown"]
    return (Met.MET if orders >= guide.thresholds.orders else Met.UNMET), _said("orders", orders=f"{orders:g}")


def _purpose(guide: Guide, purpose: str | None, pack: str | os.PathLike[str]) -> tuple[Met, Speech]:
    if purpose is None:
        return Met.UNKNOWN, _FACTS["unknown"]
    told = " ".join(purpose.split())
    if not told:
        return Met.UNMET, _FACTS["no_purpose"]
    verdict = check(purpose, kind="contact_request", stage="contracted", pack=pack)
    for finding in verdict.findings:
        if finding.verdict is Outcome.VIOLATION and finding.label not in _EXCUSED:
            return Met.UNMET, _said("wrong_purpose", quote=_cut(finding.quote))
    if verdict.verdict is Outcome.UNSURE:
        return Met.UNKNOWN, _said("purpose", purpose=_cut(told))
    if len(fold(told).text) < guide.thresholds.purpose_length:
        return Met.UNMET, _said("vague_purpose", purpose=_cut(told))
    return Met.MET, _said("purpose", purpose=_cut(told))


def _cut(text: str) -> str:
    return text if len(text) <= QUOTED else text[: QUOTED - 1] + "…"


def _terms(agreed: bool | None, funded: bool | None) -> tuple[Met, Speech]:
    if agreed is False or funded is False:
        return Met.UNMET, _FACTS["no_terms"]
    if agreed is None or funded is None:
        return Met.UNKNOWN, _FACTS["unknown"]
    return Met.MET, _FACTS["terms"]

"""Guidance: what to do about a verdict. Refusals, reactions to them, report draft, exposure plan, contact-request review."""

from __future__ import annotations

from sekisho.core.guidance.exposure import ExposurePlan, exposure_plan
from sekisho.core.guidance.model import Exposed, Point, Reaction, ReactionKind, Refusal, Risk, Situation
from sekisho.core.guidance.refusing import reaction, read_reaction, refusal, refusals
from sekisho.core.guidance.reporting import ReportDraft, report_draft
from sekisho.core.guidance.requests import Met, RequestReview, review_contact_request
from sekisho.core.guidance.risks import risks_of

__all__ = [
    "Exposed",
    "ExposurePlan",
    "Met",
    "Point",
    "Reaction",
    "ReactionKind",
    "Refusal",
    "ReportDraft",
    "RequestReview",
    "Risk",
    "Situation",
    "exposure_plan",
    "reaction",
    "read_reaction",
    "refusal",
    "refusals",
    "report_draft",
    "review_contact_request",
    "risks_of",
]

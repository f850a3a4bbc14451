"""Judges a whole posting: (title, body, category, pay, client; pack) -> PostingVerdict."""

from __future__ import annotations

from sekisho.core.detection.postings.judging import check_posting
from sekisho.core.detection.postings.policy import Category, ClientSign, Part, Unit
from sekisho.core.detection.postings.reading import BadPosting
from sekisho.core.detection.postings.verdict import (
    Field,
    PostingContact,
    PostingFinding,
    PostingPay,
    PostingVerdict,
    Standing,
)

__all__ = [
    "BadPosting",
    "Category",
    "ClientSign",
    "Field",
    "Part",
    "PostingContact",
    "PostingFinding",
    "PostingPay",
    "PostingVerdict",
    "Standing",
    "Unit",
    "check_posting",
]

"""Sekisho (関所): finds off-platform solicitation (外部誘導) in postings and messages, and says why.

    >>> import sekisho
    >>> sekisho.check("詳細はLINEで", kind="message", sender="client", stage="pre_contract").verdict
    <Outcome.VIOLATION: 'violation'>
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sekisho.core.detection import Contact, Finding, UnknownValue, Verdict, check
    from sekisho.core.detection.pay import Pay, parse_pay
    from sekisho.core.detection.postings import BadPosting, PostingVerdict, check_posting
    from sekisho.core.guidance import (
        exposure_plan,
        reaction,
        read_reaction,
        refusal,
        refusals,
        report_draft,
        review_contact_request,
        risks_of,
    )
    from sekisho.core.rules.errors import PackError
    from sekisho.core.text import TextTooLong

__version__ = "0.1.0"
__all__ = [
    "BadPosting",
    "Contact",
    "Finding",
    "PackError",
    "Pay",
    "PostingVerdict",
    "TextTooLong",
    "UnknownValue",
    "Verdict",
    "__version__",
    "check",
    "check_posting",
    "exposure_plan",
    "parse_pay",
    "reaction",
    "read_reaction",
    "refusal",
    "refusals",
    "report_draft",
    "review_contact_request",
    "risks_of",
]

_GUIDANCE = (
    "exposure_plan",
    "reaction",
    "read_reaction",
    "refusal",
    "refusals",
    "report_draft",
    "review_contact_request",
    "risks_of",
)

_HOME = dict.fromkeys(("Contact", "Finding", "UnknownValue", "Verdict", "check"), "sekisho.core.detection")
_HOME |= dict.fromkeys(("BadPosting", "PostingVerdict", "check_posting"), "sekisho.core.detection.postings")
_HOME |= dict.fromkeys(("Pay", "parse_pay"), "sekisho.core.detection.pay")
_HOME |= dict.fromkeys(_GUIDANCE, "sekisho.core.guidance")
_HOME |= {"PackError": "sekisho.core.rules.errors", "TextTooLong": "sekisho.core.text"}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for, so that a room can be used without loading the rooms above it."""
    if name not in _HOME:
        raise AttributeError(f"module 'sekisho' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)

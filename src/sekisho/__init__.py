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
    from sekisho.core.detection.threads import (
        BadEvent,
        BadState,
        Thread,
        ThreadFinding,
        ThreadVerdict,
        check_thread,
    )
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
    "BadEvent", "BadPosting", "BadState", "Contact", "Finding", "PackError", "Pay", "PostingVerdict",
    "TextTooLong", "Thread", "ThreadFinding", "ThreadVerdict", "UnknownValue", "Verdict", "__version__",
    "check", "check_posting", "check_thread", "exposure_plan", "parse_pay", "reaction", "read_reaction",
    "refusal", "refusals", "report_draft", "review_contact_request", "risks_of",
]  # fmt: skip

_ROOMS = {
    "sekisho.core.detection": ("Contact", "Finding", "UnknownValue", "Verdict", "check"),
    "sekisho.core.detection.pay": ("Pay", "parse_pay"),
    "sekisho.core.detection.postings": ("BadPosting", "PostingVerdict", "check_posting"),
    "sekisho.core.detection.threads": (
        "BadEvent", "BadState", "Thread", "ThreadFinding", "ThreadVerdict", "check_thread",
    ),
    "sekisho.core.guidance": (
        "exposure_plan", "reaction", "read_reaction", "refusal", "refusals", "report_draft",
        "review_contact_request", "risks_of",
    ),
}  # fmt: skip
_HOME = {name: room for room, names in _ROOMS.items() for name in names}
_HOME |= {"PackError": "sekisho.core.rules.errors", "TextTooLong": "sekisho.core.text"}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for, so that a room can be used without loading the rooms above it."""
    if name not in _HOME:
        raise AttributeError(f"module 'sekisho' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)

"""The article's risks that a finding leads to, in sentences."""

from __future__ import annotations

import os

from sekisho.core.detection import Finding
from sekisho.core.guidance.library import load_guide
from sekisho.core.guidance.model import Risk


def risks_of(finding: Finding, *, pack: str | os.PathLike[str] = "standard") -> tuple[Risk, ...]:
    """The risks of a finding's rule, in the rule's order; each says what may happen in ja and en."""
    risks = load_guide(pack).risks
    return tuple(risks[risk] for risk in finding.risks)

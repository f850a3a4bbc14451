"""The answer: a verdict with its findings. Values only; how they are reached is in `judge`."""

from __future__ import annotations

from dataclasses import dataclass

from sekisho.core.rules.model import Action, Label, Level, Outcome, Risk, Sender


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule, the exact characters that show it, and what it means at this stage.

    `start` and `end` are code points of the text as given; `quote` is that substring. `by` is the side that solicits.
    `tool` is the outside tool concerned ("" when none is named), `frames` the frames that matched, strongest first.
    """

    label: Label
    verdict: Outcome
    rule: str
    severity: Level
    confidence: Level
    start: int
    end: int
    quote: str
    by: Sender
    risks: tuple[Risk, ...]
    tool: str = ""
    frames: tuple[str, ...] = ()
    reasons: tuple[tuple[str, str], ...] = ()

    def why(self, lang: str = "ja") -> str:
        """The rule's reason in `lang` ("ja" or "en"). Raises `KeyError` for a language the rule does not have."""
        return dict(self.reasons)[lang]


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact identifier in the text. `canonical` is the same however it is written; secrets keep their last digits only."""

    kind: str
    start: int
    end: int
    canonical: str
    tool: str
    checked: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the text is (`verdict`) and what is done with it (`action`); `digest` names pack and engine exactly."""

    verdict: Outcome
    action: Action
    findings: tuple[Finding, ...]
    contacts: tuple[Contact, ...]
    pack: str
    digest: str
    unsure: tuple[str, ...] = ()

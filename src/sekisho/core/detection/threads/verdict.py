"""The answer about a thread: a verdict per event, findings with all their parts. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sekisho.core.detection.threads.events import EventType
from sekisho.core.detection.verdict import Contact
from sekisho.core.rules.model import Action, Label, Level, Outcome, Risk, Sender, Stage


class Part(NamedTuple):
    """A stretch of an event's text (code points), and exactly those characters."""

    event: int
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class ThreadFinding:
    """A rule, the event at which it counts, and every part of the thread that shows it, the earliest first.

    A finding that no words show (a cancellation, a request without a purpose) may have no part in its own event. `by` is the
    side that solicits; `lured` says that the writer of the event is not that side: such a finding is always `clear`.
    """

    event: int
    parts: tuple[Part, ...]
    label: Label
    verdict: Outcome
    rule: str
    severity: Level
    confidence: Level
    by: Sender
    risks: tuple[Risk, ...]
    tool: str = ""
    lured: bool = False
    frames: tuple[str, ...] = ()
    reasons: tuple[tuple[str, str], ...] = ()

    def why(self, lang: str = "ja") -> str:
        """The rule's reason in `lang` ("ja" or "en"). Raises `KeyError` for a language the rule does not have."""
        return dict(self.reasons)[lang]


@dataclass(frozen=True, slots=True)
class EventVerdict:
    """What one event is. `index` counts from 0, `stage` and `approved_tools` are as they stand after it; `at`, `id` as given.

    `contacts` are the contact identifiers in its own text, allowed or not.
    """

    index: int
    type: EventType
    verdict: Outcome
    action: Action
    stage: Stage
    approved_tools: tuple[str, ...]
    findings: tuple[ThreadFinding, ...] = ()
    unsure: tuple[str, ...] = ()
    at: str = ""
    id: str = ""
    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True)
class ThreadVerdict:
    """What a thread is: the gravest of its events. `stage` and `approved_tools` are those after the last event."""

    verdict: Outcome
    action: Action
    stage: Stage
    approved_tools: tuple[str, ...]
    findings: tuple[ThreadFinding, ...]
    events: tuple[EventVerdict, ...]
    pack: str
    digest: str
    unsure: tuple[str, ...] = ()

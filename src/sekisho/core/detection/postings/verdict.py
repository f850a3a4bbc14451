"""The answer about a posting: a verdict with its findings, the client signs, the pay against the going rate. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sekisho.core.detection.pay import Pay
from sekisho.core.detection.postings.policy import ClientSign, Going, Part, Speech
from sekisho.core.rules.model import Action, Label, Level, Outcome, Risk, Sender


class Field(StrEnum):
    """Where in a posting a span stands; `client` and `posting` have none."""

    TITLE = "title"
    BODY = "body"
    PAY = "pay"
    CLIENT = "client"
    POSTING = "posting"


class Standing(StrEnum):
    """How pay compares with the going rate."""

    FAR_BELOW = "far_below"
    BELOW = "below"
    WITHIN = "within"
    ABOVE = "above"
    OUT_OF_PROPORTION = "out_of_proportion"


@dataclass(frozen=True, slots=True)
class PostingFinding:
    """Why a posting is what it is. `start` and `end` are code points of `field`, `quote` is that substring ("" without one).

    `rule` is a rule of the pack, or one of the findings about the posting as a whole (see `Reason`); those about low pay and
    the client have no `label`.
    """

    label: Label | None
    verdict: Outcome
    rule: str
    severity: Level
    confidence: Level
    field: Field
    start: int
    end: int
    quote: str
    by: Sender
    risks: tuple[Risk, ...]
    title: Speech
    instead: Speech
    tool: str = ""
    frames: tuple[str, ...] = ()
    reasons: tuple[tuple[str, str], ...] = ()

    def why(self, lang: str = "ja") -> str:
        """The reason in `lang` ("ja" or "en"). Raises `KeyError` for another language."""
        return dict(self.reasons)[lang]


@dataclass(frozen=True, slots=True)
class PostingContact:
    """A contact identifier in a posting, as `Contact`, with the field it stands in."""

    kind: str
    field: Field
    start: int
    end: int
    canonical: str
    tool: str
    checked: bool


@dataclass(frozen=True, slots=True)
class PostingPay(Pay):
    """Pay as `Pay`, in `field`, with its standing against the going rate (None where the pack has no rate for it)."""

    field: Field = Field.PAY
    standing: Standing | None = None
    going: Going | None = None


@dataclass(frozen=True, slots=True)
class PostingVerdict:
    """What a posting is, what is done with it, and why; `findings` in order of weight.

    `pay_implausible` when some pay is out of proportion to the work or, as `pay_too_low` tells, absurdly low for it. `vague`
    when it does not say what the work is. `missing` are the parts stated nowhere. `digest` names pack and engine exactly.
    """

    verdict: Outcome
    action: Action
    findings: tuple[PostingFinding, ...]
    signs: tuple[ClientSign, ...]
    pay: tuple[PostingPay, ...]
    pay_implausible: bool
    pay_too_low: bool
    vague: bool
    missing: tuple[Part, ...]
    contacts: tuple[PostingContact, ...]
    pack: str
    digest: str
    unsure: tuple[str, ...] = ()

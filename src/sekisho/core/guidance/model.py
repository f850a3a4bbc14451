"""What guidance is made of: sentences in both languages, and values that quote them. No files, no texts of users."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

Speech = Mapping[str, str]
"""One sentence per language, `ja` and `en`."""


class Situation(StrEnum):
    """When a refusal is sent."""

    FIRST = "first"
    REPEATED = "repeated"
    ALREADY_OUTSIDE = "already_outside"
    REQUEST_DECLINED = "request_declined"
    PAYMENT_DECLINED = "payment_declined"


class ReactionKind(StrEnum):
    """How a client takes a refusal."""

    AGREES = "agrees"
    ASKS_WHY = "asks_why"
    ASKS_AGAIN = "asks_again"
    PRESSES = "presses"
    CHANGES_TONE = "changes_tone"
    CANCELS = "cancels"
    SILENT = "silent"
    UNKNOWN = "unknown"


class Sign(StrEnum):
    """Whether a reaction speaks for or against the client."""

    GOOD = "good"
    NEUTRAL = "neutral"
    BAD = "bad"


class Exposed(StrEnum):
    """Kinds of data that are given away."""

    REAL_NAME = "real_name"
    ADDRESS = "address"
    PHONE = "phone"
    EMAIL = "email"
    BANK = "bank"
    MY_NUMBER = "my_number"
    ID_DOCUMENT = "id_document"
    MONEY = "money"


class Criterion(StrEnum):
    """What to look at before a contact request is approved, in the article's order."""

    RATING = "rating"
    RECORD = "record"
    PURPOSE = "purpose"
    TERMS = "terms"


class Origin(StrEnum):
    """Where a wording comes from: quoted from the source article, or ours."""

    ARTICLE = "article"
    OURS = "ours"


class Confirmed(StrEnum):
    """Whether the page of the point itself was read, or only what others wrote of it."""

    OFFICIAL = "official"
    SECONDARY = "secondary"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A short answer to send; `say` has the platform's name filled in."""

    situation: Situation
    when: Speech
    say: Speech
    origin: Origin

    def text(self, lang: str = "ja") -> str:
        """The sentence to send. Raises `KeyError` for a language other than ja or en."""
        return self.say[lang]


@dataclass(frozen=True, slots=True)
class Reaction:
    """What a client's reaction means and what to do next; `refusal` is the answer that fits, if one does."""

    kind: ReactionKind
    sign: Sign
    title: Speech
    means: Speech
    next: Speech
    refusal: Situation | None
    cues: tuple[str, ...] = ()

    def text(self, lang: str = "ja") -> str:
        """Three lines: reaction, meaning, next step."""
        return "\n".join((self.title[lang], self.means[lang], self.next[lang]))


@dataclass(frozen=True, slots=True)
class Risk:
    """One of the article's four risks."""

    id: str
    title: Speech
    what: Speech


@dataclass(frozen=True, slots=True)
class Point:
    """Where to ask for help. `phone` and `url` may be "", `checked` is the month (YYYY-MM) its facts were looked up."""

    id: str
    name: Speech
    for_: Speech
    hours: Speech
    phone: str
    url: str
    country: str
    source: str
    confirmed: Confirmed
    checked: str


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do; `urgency` 3 is today, 2 within days, 1 when there is time."""

    id: str
    do: Speech
    urgency: int


@dataclass(frozen=True, slots=True)
class ExposureKind:
    """A kind of data: what may happen, what to do, whom to ask."""

    kind: Exposed
    title: Speech
    may: Speech
    steps: tuple[str, ...]
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From where on a client's rating (stars), reviews and orders count as enough, and a purpose (code points) as told."""

    rating: float
    reviews: int
    orders: int
    purpose_length: int


@dataclass(frozen=True, slots=True)
class ReportWords:
    """The headings, blanks and phrases of a report draft."""

    category: Speech
    where: Speech
    headings: Mapping[str, Speech]
    blanks: Mapping[str, Speech]
    stages: Mapping[str, Speech]
    attachments: Mapping[str, Speech]
    did: Mapping[str, Speech]
    events: Mapping[str, Speech]


@dataclass(frozen=True, slots=True)
class Guide:
    """All guidance of a pack."""

    sites: Mapping[str, Speech]
    refusals: Mapping[Situation, Refusal]
    reactions: Mapping[ReactionKind, Reaction]
    risks: Mapping[str, Risk]
    points: Mapping[str, Point]
    steps: Mapping[str, Step]
    always: tuple[str, ...]
    exposures: Mapping[Exposed, ExposureKind]
    criteria: Mapping[Criterion, Speech]
    advice: Mapping[str, Speech]
    thresholds: Thresholds
    report: ReportWords

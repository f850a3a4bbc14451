"""What a pack says about whole postings: client signs, what must be stated, simple work, going rates. Values only, no files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sekisho.core.rules.model import Label, Level, Risk

Speech = Mapping[str, str]
"""One sentence per language, `ja` and `en`."""


class Category(StrEnum):
    """What kind of work a posting offers."""

    WRITING = "writing"
    DATA_ENTRY = "data_entry"
    DESIGN = "design"
    WEB = "web"
    APP_DEV = "app_dev"
    VIDEO = "video"
    TRANSLATION = "translation"
    TRANSCRIPTION = "transcription"
    VIRTUAL_ASSISTANT = "virtual_assistant"
    MARKETING = "marketing"
    SURVEY = "survey"
    PHOTO = "photo"
    VOICE = "voice"
    SALES = "sales"
    CONSULTING = "consulting"
    OTHER = "other"


class Unit(StrEnum):
    """What pay is per."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    ITEM = "item"
    CHARACTER = "character"
    WORD = "word"
    PAGE = "page"
    MINUTE = "minute"
    PROJECT = "project"


class ClientSign(StrEnum):
    """A fact about the client's track record that calls for care."""

    NO_REVIEWS = "no_reviews"
    FEW_REVIEWS = "few_reviews"
    LOW_RATING = "low_rating"
    FEW_ORDERS = "few_orders"
    EMPTY_PROFILE = "empty_profile"
    NEW_ACCOUNT = "new_account"


class Part(StrEnum):
    """What a posting must say."""

    CONTENT = "content"
    DEADLINE = "deadline"
    PAY = "pay"
    SKILLS = "skills"


class Reason(StrEnum):
    """Findings about a posting as a whole; their texts are the pack's."""

    PAY_OUT_OF_PROPORTION = "pay-out-of-proportion"
    PAY_FAR_BELOW = "pay-far-below"
    TELLS_TOO_LITTLE = "tells-too-little"
    CLIENT_SIGNS = "client-signs"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Below these a client's reviews, rating (stars) and orders are few or low.

    An account is new for `new_days` after registration; `caution_at` signs make a caution.
    """

    reviews: int
    rating: float
    orders: int
    new_days: int
    caution_at: int


@dataclass(frozen=True, slots=True)
class Going:
    """The going rate: `low` to `high` is what is commonly offered, below `floor` and from `absurd` on it is implausible.

    Whole units of `currency`; `source` and `seen` (YYYY-MM) say where the figures come from.
    """

    floor: float
    low: float
    usual: float
    high: float
    absurd: float
    currency: str
    unit: Unit
    source: Speech
    seen: str


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates of one currency by (category or "any" or "unskilled", unit); `per` counts other currencies in this one."""

    currency: str
    per: Mapping[str, float]
    hours: Mapping[Unit, float]
    rows: Mapping[tuple[str, Unit], Going]


@dataclass(frozen=True, slots=True)
class Asked:
    """Work of a size that has a floor of its own, in its categories: by currency."""

    categories: tuple[Category, ...]
    words: re.Pattern[str]
    floor: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Text:
    """What is told about one `Reason`."""

    label: Label | None
    severity: Level
    confidence: Level
    risks: tuple[Risk, ...]
    title: Speech
    why: Speech
    instead: Speech


@dataclass(frozen=True, slots=True)
class Content:
    """`names` name work outright. What names none; `enough_ja` code points or `enough_en` words besides are content."""

    enough_ja: int
    enough_en: int
    empty: re.Pattern[str]
    empty_en: frozenset[str]
    names: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class PostingPolicy:
    """Everything a pack says about whole postings."""

    thresholds: Thresholds
    filler: re.Pattern[str]
    signs: Mapping[ClientSign, Speech]
    parts: Mapping[Part, Speech]
    deferred: re.Pattern[str]
    content: Content
    stated: Mapping[Part, re.Pattern[str]]
    unskilled: re.Pattern[str]
    simple: re.Pattern[str]
    simple_categories: tuple[Category, ...]
    skilled: re.Pattern[str]
    asked: tuple[Asked, ...]
    rates: Mapping[str, Rates]
    texts: Mapping[Reason, Text]

"""What a pack is made of, as plain frozen values. Not how it is read (loader), checked (checker) or compiled (compiler)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sekisho.core.rules.course import Fact, Signal
from sekisho.core.rules.policy import ContactPolicy, Difference


class Label(StrEnum):
    """The closed list of signs (DESIGN §2); used by rules, corpora, reports and statistics."""

    CHANNEL_SOLICITATION = "channel_solicitation"
    CONTACT_DISCLOSURE = "contact_disclosure"
    INTERVIEW_OFFPLATFORM = "interview_offplatform"
    PERSONAL_INFO_REQUEST = "personal_info_request"
    AGE_SEX_RESTRICTION = "age_sex_restriction"
    TOO_GOOD_PAY = "too_good_pay"
    UPFRONT_FEE = "upfront_fee"
    DIRECT_CONTRACT = "direct_contract"
    DIRECT_PAYMENT = "direct_payment"
    FEE_AVOIDANCE = "fee_avoidance"
    APPROVAL_PRESSURE = "approval_pressure"
    VAGUE_POSTING = "vague_posting"
    UPSELL_OR_RECRUIT = "upsell_or_recruit"


class Stage(StrEnum):
    """Where the deal stands; derived from facts by the caller, never from the text."""

    PRE_CONTRACT = "pre_contract"
    CONTRACTED = "contracted"
    CONTACT_APPROVED = "contact_approved"


class Kind(StrEnum):
    """What is being judged."""

    POSTING = "posting"
    MESSAGE = "message"
    CONTACT_REQUEST = "contact_request"
    APPLICATION = "application"
    PROFILE = "profile"
    DELIVERY = "delivery"
    DISPUTE = "dispute"
    REVIEW = "review"
    FILE_NAME = "file_name"


class Sender(StrEnum):
    """Who wrote the text."""

    CLIENT = "client"
    WORKER = "worker"


class Outcome(StrEnum):
    """A verdict, for people. `unsure` means a check could not finish; it is never `clear`."""

    CLEAR = "clear"
    CAUTION = "caution"
    VIOLATION = "violation"
    UNSURE = "unsure"


class Action(StrEnum):
    """What the platform does with the text."""

    ALLOW = "allow"
    NUDGE = "nudge"
    HOLD = "hold"
    REFUSE = "refuse"


class Risk(StrEnum):
    """The article's four risks of following a solicitation."""

    UNPAID = "unpaid"
    DATA_MISUSE = "data_misuse"
    CHARGES = "charges"
    FRAUD = "fraud"


class Level(StrEnum):
    """For severity (how bad, if true) and confidence (how often a hit is true)."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Status(StrEnum):
    """Life of a rule. Only `testing` and `stable` rules judge; `retired` keeps its page."""

    DRAFT = "draft"
    TESTING = "testing"
    STABLE = "stable"
    RETIRED = "retired"


class Reach(StrEnum):
    """How far apart the slots of a frame, or a frame and a scope marker, may stand."""

    CLAUSE = "clause"
    SENTENCE = "sentence"
    NEIGHBOURS = "neighbours"
    TEXT = "text"


class Side(StrEnum):
    """On which side of the frame's words a scope marker counts."""

    BEFORE = "before"
    AFTER = "after"
    EITHER = "either"
    AROUND = "around"


class Expect(StrEnum):
    """What an example proves."""

    HIT = "hit"
    CLEAR = "clear"
    KNOWN_MISS = "known-miss"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands in a pack file; `line` and `column` count from 1."""

    file: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class WordClass:
    """A class of words that read the same; the only kind of token the frames know.

    `words` are written as people write them (the compiler folds them; Latin words get word boundaries). `patterns` are
    bounded regular expressions over folded text. A token inside an occurrence of a `not_in` text is dropped. With `evade`
    the class is also looked for in split, masked and look-alike spellings. `tool` is what a contact request would name.
    A `common` class is so frequent in ordinary talk that it never alone makes a text worth a look.
    """

    id: str
    about: str
    words: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    not_in: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    tool: str = ""
    evade: bool = False
    common: bool = False
    place: Place = Place("")


@dataclass(frozen=True, slots=True)
class Scope:
    """Words around a frame that take its force away: refused, forbidden, quoted, the work itself, …

    `markers` are classes or groups. A marker counts when it stands on `side` of the frame's words, at most `gap` code points
    away, inside the same `reach`, with no `barriers` class between. `AROUND` means the frame stands between an opening and
    a closing quotation mark and the marker is anywhere in the reach.
    """

    id: str
    about: str
    markers: tuple[str, ...]
    side: Side = Side.EITHER
    reach: Reach = Reach.SENTENCE
    gap: int = 1000
    barriers: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    place: Place = Place("")


@dataclass(frozen=True, slots=True)
class Frame:
    """An unordered set of classes that together make an act, within a reach.

    A slot names one class or group, or several joined by `|`. `near` bounds the distance between the first slot's token and
    each other slot's token (code points). Weight 1.0 is a finding by itself; frames of the same rule whose weights add
    up to 1.0 or more inside neighbouring sentences are one, if at least two different frames take part. `signals` tell a
    thread what the words mean for its course; such a frame needs no rule.
    """

    id: str
    about: str
    slots: tuple[str, ...]
    reach: Reach = Reach.SENTENCE
    near: int = 60
    ordered: bool = False
    weight: float = 1.0
    unless: tuple[str, ...] | None = None
    despite: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    senders: tuple[Sender, ...] = ()
    stages: tuple[Stage, ...] = ()
    signals: tuple[Signal, ...] = ()
    place: Place = Place("")


@dataclass(frozen=True, slots=True)
class Example:
    """A text and what the whole pack must say of it for this rule; `span` as a reader sees it, in the unfolded text."""

    text: str
    expect: Expect
    span: str = ""
    why: str = ""
    kind: Kind = Kind.MESSAGE
    sender: Sender = Sender.CLIENT
    stage: Stage = Stage.PRE_CONTRACT
    approved_tools: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    place: Place = Place("")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule comes from."""

    title: str
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """What a person reads and decides by: one file, its stem the id, the id the offence.

    With `when` it counts only in threads, where all those facts hold; without frames the facts alone are the finding.
    """

    id: str
    label: Label
    severity: Level
    confidence: Level
    status: Status
    since: str
    frames: tuple[str, ...]
    risks: tuple[Risk, ...]
    title: Mapping[str, str]
    what: Mapping[str, str]
    why: Mapping[str, str]
    instead: Mapping[str, str]
    misses: Mapping[str, str]
    techniques: tuple[str, ...]
    sources: tuple[Source, ...]
    examples: tuple[Example, ...]
    when: tuple[Fact, ...] = ()
    place: Place = Place("")


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of the verdict table: what a finding of `label` means at each stage, and what is done about it."""

    label: Label
    at: Mapping[Stage, Outcome]
    approved_tool: Outcome
    first: Action
    repeated: Action


RuleRows = Mapping[str, Mapping[str, Outcome]]
"""By rule: the outcomes that differ from those of its label, by stage or `approved_tool`."""


@dataclass(frozen=True, slots=True)
class Pack:
    """A policy as data. `table` has a row for every label; `default_unless` are the scopes a frame has if it names none.

    `always_unless` are scopes that every frame has besides, but for those it names in `despite`. `rule_rows` stand
    over the rows of labels. `proved_under` has for each rule the table of the pack it was written in: its examples hold there.
    `differences` are those this pack explains.
    """

    id: str
    version: str
    languages: tuple[str, ...]
    title: Mapping[str, str]
    table: Mapping[Label, TableRow]
    unsure_action: Action
    default_unless: tuple[str, ...]
    always_unless: tuple[str, ...]
    classes: Mapping[str, WordClass]
    scopes: Mapping[str, Scope]
    frames: Mapping[str, Frame]
    rules: Mapping[str, Rule]
    contact_request: ContactPolicy = field(default_factory=ContactPolicy)
    rule_rows: RuleRows = field(default_factory=dict)
    proved_under: Mapping[str, tuple[Mapping[Label, TableRow], RuleRows]] = field(default_factory=dict)
    differences: tuple[Difference, ...] = ()
    place: Place = Place("")

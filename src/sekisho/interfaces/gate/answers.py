"""What is answered, as msgspec types: the source of the OpenAPI document. The values are made by the core's records."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from sekisho.core.detection.postings import ClientSign, Part, Standing, Unit
from sekisho.core.detection.postings.verdict import Field
from sekisho.core.rules.model import Action, Label, Level, Outcome, Risk, Sender, Stage

_Count = Annotated[int, Meta(ge=0)]
_Currency = Literal["JPY", "USD", "EUR", "GBP"]


class FindingAnswer(msgspec.Struct):
    """A rule and the exact characters that show it; places in code points and in UTF-16 units."""

    rule: str
    label: Label
    verdict: Outcome
    start: _Count
    end: _Count
    start_utf16: _Count
    end_utf16: _Count
    quote: str
    severity: Level
    confidence: Level
    by: Sender
    risks: list[Risk]
    tool: str
    frames: list[str]
    why: Annotated[dict[str, str], Meta(description="The rule's reason by language.")]


class ContactAnswer(msgspec.Struct):
    """A contact identifier in the text, part of a finding or not."""

    kind: str
    start: _Count
    end: _Count
    start_utf16: _Count
    end_utf16: _Count
    canonical: str
    tool: str
    checked: bool


class VerdictAnswer(msgspec.Struct):
    """The verdict on one text: the record of `sekisho check --json`."""

    schema: Literal["sekisho.verdict/1"]
    verdict: Outcome
    action: Action
    pack: str
    digest: Annotated[
        str, Meta(description="Names pack and engine exactly: same digest and input, same answer.")
    ]
    unsure: list[str]
    findings: list[FindingAnswer]
    contacts: list[ContactAnswer]


class Speech(msgspec.Struct):
    """The same in both languages."""

    ja: str
    en: str


class PlaceAnswer(msgspec.Struct):
    """Where in a posting something stands: code points and UTF-16 units of `field` as given."""

    field: Literal["title", "body", "pay"]
    start: _Count
    end: _Count
    start_utf16: _Count
    end_utf16: _Count


class PostingFindingAnswer(PlaceAnswer):
    """Why a posting is what it is; `field` is `client` or `posting` where no text shows it."""

    field: Field  # type: ignore[assignment]
    rule: Annotated[str, Meta(description="Id of a rule, or one of the findings about the posting as a whole.")]
    label: Annotated[Label | None, Meta(description="null for pay far below the going rate and for the client's signs.")]
    verdict: Outcome
    quote: str
    severity: Level
    confidence: Level
    by: Sender
    risks: list[Risk]
    tool: str
    frames: list[str]
    title: Speech
    why: Speech
    instead: Speech


class GoingAnswer(msgspec.Struct):
    """The going rate, in whole units of `currency` per `unit`; `seen` is the month (YYYY-MM) of its source."""

    low: float
    usual: float
    high: float
    currency: _Currency
    unit: Unit
    source: Speech
    seen: Annotated[str, Meta(pattern="^20[0-9]{2}-[01][0-9]$")]


class PayAnswer(PlaceAnswer):
    """Pay that a posting offers, in whole units of `currency`; null for an open end. `effort` in minutes per `effort_per`."""

    amount_min: float | None
    amount_max: float | None
    currency: _Currency
    unit: Unit | None
    effort: Annotated[int, Meta(ge=1)] | None
    effort_per: Literal["day", "week", "item"] | None
    standing: Annotated[Standing | None, Meta(description="Against the going rate; null where the pack has none.")]
    going: GoingAnswer | None


class PostingContactAnswer(PlaceAnswer):
    """A contact identifier in a posting, part of a finding or not."""

    kind: str
    canonical: str
    tool: str
    checked: bool


class PostingAnswer(msgspec.Struct):
    """The verdict on a posting: the record of `sekisho check --posting --json`."""

    schema: Literal["sekisho.posting/1"]
    verdict: Outcome
    action: Action
    pack: str
    digest: str
    unsure: list[str]
    findings: Annotated[list[PostingFindingAnswer], Meta(description="Gravest first.")]
    signs: Annotated[list[ClientSign], Meta(description="What is to be seen of the client.")]
    pay: list[PayAnswer]
    pay_implausible: bool
    pay_too_low: bool
    vague: bool
    missing: Annotated[list[Part], Meta(description="What is stated nowhere.")]
    contacts: list[PostingContactAnswer]


class PartAnswer(msgspec.Struct):
    """Characters of one event that a finding rests on."""

    event: _Count
    start: _Count
    end: _Count
    start_utf16: _Count
    end_utf16: _Count
    quote: str


class ThreadFindingAnswer(msgspec.Struct):
    """A rule and the parts that show it; `event` is the index of the event that completes it."""

    event: _Count
    rule: str
    label: Label
    verdict: Outcome
    parts: list[PartAnswer]
    severity: Level
    confidence: Level
    by: Sender
    lured: bool
    risks: list[Risk]
    tool: str
    frames: list[str]
    why: dict[str, str]


class EventAnswer(msgspec.Struct):
    """What one event is, and where the deal stands after it; `id` and `at` as given."""

    index: _Count
    type: str
    verdict: Outcome
    action: Action
    stage: Stage
    approved_tools: list[str]
    unsure: list[str]
    id: str | UnsetType = UNSET
    at: str | UnsetType = UNSET


class ThreadAnswer(msgspec.Struct):
    """The verdict on a thread: the record of `sekisho check --thread --json`."""

    schema: Literal["sekisho.thread/1"]
    verdict: Outcome
    action: Action
    stage: Stage
    approved_tools: list[str]
    pack: str
    digest: str
    unsure: list[str]
    findings: list[ThreadFindingAnswer]
    events: list[EventAnswer]


class Problem(msgspec.Struct):
    """An RFC 9457 problem. `code` is the last part of `type`; `at` a JSON path in the request."""

    type: str
    title: str
    status: int
    code: str
    detail: str | UnsetType = UNSET
    at: str | UnsetType = UNSET


class PackProblem(msgspec.Struct):
    """A mistake in the pack; `file` under the pack's folder, line 0 for the whole file."""

    file: str
    line: _Count
    column: _Count
    message: str


class RefusedPack(msgspec.Struct):
    """The pack that stands in the folder and was refused; the one before is in use."""

    digest: str
    count: _Count
    problems: Annotated[list[PackProblem], Meta(description="The first few.")]


class Health(msgspec.Struct):
    """The process answers."""

    status: Literal["alive"]


class Ready(msgspec.Struct):
    """The pack in use, and the one refused if there is one."""

    status: Literal["ready"]
    pack: str
    digest: str
    refused: RefusedPack | None

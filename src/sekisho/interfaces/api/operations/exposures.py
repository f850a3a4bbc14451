"""Exposure records: what was given away, to whom, when, by which tool; the plan, sharing, erasing. Values have no field here."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from sekisho.interfaces.api.operation import (
    Ask,
    Asked,
    Op,
    Shown,
    Text,
    Yen,
    act,
    every,
    found,
    many,
    most,
    one,
    seen,
)
from sekisho.market.exposure import sharing, verbs
from sekisho.market.exposure.entries import KINDS, MOST, TOOLS
from sekisho.market.exposure.models import Exposure
from sekisho.market.exposure.reading import Whole, plan_for, whole
from sekisho.market.kernel.actors import Actor

Kind = Literal[KINDS]  # type: ignore[valid-type]
Tool = Literal[TOOLS]  # type: ignore[valid-type]


class GivenOut(Shown):
    """One thing that was given: `to_id` is an account, `to_words` what somebody else is called; null or empty: not known."""

    kind: str
    on: date | None
    tool: str
    to_id: UUID | None
    to_words: str
    amount_yen: int | None


class WordsOut(Schema):
    """Words of a deal, as the deal has them; `digest` is their link of its chain."""

    deal_id: UUID
    event_id: UUID
    at: datetime
    by: str
    text: str
    digest: str


class ExposureListed(Shown):
    """A record of what was given away, by its name."""

    id: UUID
    state: str
    title: str
    made_at: datetime
    amended_at: datetime | None


class ExposureOut(Shown):
    """A record of what was given away. `ticked`: when each step of the plan was done; `shared`: the matters it is shared with."""

    id: UUID
    state: str
    title: str
    story: str
    made_at: datetime
    amended_at: datetime | None
    given: list[GivenOut] = []
    words: list[WordsOut] = []
    ticked: dict[str, datetime] = {}
    shared: list[UUID] = []

    @classmethod
    def of(cls, row: Exposure, actor: Actor) -> ExposureOut:
        """With everything that belongs to it."""
        return cls.whole(whole(row))

    @classmethod
    def whole(cls, record: Whole) -> ExposureOut:
        """A record that was read already."""
        row = record.exposure
        words = [
            WordsOut(deal_id=w.deal, event_id=w.event.id, at=w.event.at, by=w.event.by, text=w.said, digest=w.digest)
            for w in record.words
        ]
        return cls(
            id=row.id, state=row.state, title=row.title, story=row.story, made_at=row.made_at, amended_at=row.amended_at,
            given=[GivenOut.from_orm(g) for g in record.given], words=words, ticked=dict(record.ticked),
            shared=[share.matter for share in record.shares],
        )  # fmt: skip


class GivenIn(Asked):
    """One thing that was given. Money has its amount, nothing else has one."""

    kind: Kind
    on: date | None = None
    tool: Tool | None = None
    to: UUID | None = None
    to_words: Annotated[Text, most(80)] = ""
    amount_yen: Yen | None = None


class ExposureIn(Asked):
    """A record. Texts that hold a contact identifier or a number are refused."""

    given: Annotated[list[GivenIn], Field(min_length=1, max_length=MOST)]
    title: Annotated[Text, most(80)] = ""
    story: Annotated[Text, most(2000)] = ""


class TickIn(Asked):
    """A step of the plan, done or not."""

    step: Annotated[Text, most(40)]
    done: bool = True


class AttachIn(Asked):
    """Which events of one deal belong to the record: these, and no others of that deal."""

    deal: UUID
    events: Annotated[list[UUID], Field(max_length=verbs.MOST_WORDS)]


class MatterIn(Asked):
    """One of one's own reports."""

    matter: UUID


class WhyIn(Asked):
    """Why a moderator reads it; it stands in the audit chain."""

    because: Annotated[Text, most(1000)]


class StepOut(Schema):
    """One thing to do; `urgency` 3 is today, 2 within days, 1 when there is time."""

    id: str
    ja: str
    en: str
    urgency: int
    done_at: datetime | None


class PointOut(Schema):
    """Where to ask; `checked` is the month its facts were looked up."""

    id: str
    ja: str
    en: str
    phone: str
    url: str
    checked: str


class PlanOut(Schema):
    """What to do, most urgent first, and where to ask."""

    steps: list[StepOut]
    points: list[PointOut]


def _plan(ask: Ask) -> PlanOut:
    record = whole(found(MINE, ask.actor, ask.pk))
    plan, done = plan_for(record.kinds), record.ticked
    return PlanOut(
        steps=[StepOut(id=s.id, ja=s.do["ja"], en=s.do["en"], urgency=s.urgency, done_at=done.get(s.id)) for s in plan.steps],
        points=[PointOut(id=p.id, ja=p.name["ja"], en=p.name["en"], phone=p.phone, url=p.url, checked=p.checked)
                for p in plan.points],
    )  # fmt: skip


def _inspect(ask: Ask) -> Any:
    record = sharing.inspect(ask.actor, found(every(Exposure), ask.actor, ask.pk), **ask.body)
    return ExposureOut.whole(record)


MINE = seen(Exposure)
OPERATIONS = (
    many("exposures.list", "/exposures", MINE, ExposureListed, by="made_at"),
    one("exposures.get", "/exposures/{id}", MINE, ExposureOut),
    Op(name="exposures.plan", method="GET", path="/exposures/{id}/plan", about="What to do about it, and where to ask.",
       out=PlanOut, answer=_plan),
    act("exposures.write", "/exposures", verbs.write, body=ExposureIn, out=ExposureOut, status=201),
    act("exposures.amend", "/exposures/{id}", verbs.amend, MINE, body=ExposureIn, out=ExposureOut, method="PUT"),
    act("exposures.tick", "/exposures/{id}/steps", verbs.tick, MINE, body=TickIn, out=ExposureOut),
    act("exposures.attach", "/exposures/{id}/words", verbs.attach, MINE, body=AttachIn, out=ExposureOut, method="PUT"),
    act("exposures.share", "/exposures/{id}/share", sharing.share, MINE, body=MatterIn, out=ExposureOut),
    act("exposures.unshare", "/exposures/{id}/unshare", sharing.unshare, MINE, body=MatterIn, out=ExposureOut),
    act("exposures.erase", "/exposures/{id}", verbs.erase, MINE, out=ExposureOut, method="DELETE"),
    act("exposures.keep", "/exposures/{id}/keep", verbs.keep, MINE, out=ExposureOut),
    Op(name="exposures.inspect", does="exposure.inspect", method="POST",
       path="/exposures/{id}/inspect", out=ExposureOut, body=WhyIn, answer=_inspect,
       about="A moderator reads a record that its writer shares.", words=frozenset({"moderator"})),
)  # fmt: skip

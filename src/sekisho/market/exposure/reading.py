"""A record with everything that belongs to it, its plan, and its time line: what pages, print and API show."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.timezone import localtime

from sekisho.core.detection.threads.record import text_of
from sekisho.core.guidance import exposure_plan
from sekisho.core.guidance.library import load_guide
from sekisho.core.guidance.model import ExposureKind, Point, Step
from sekisho.market.deals.models import Event
from sekisho.market.deals.reading import EventRow, row
from sekisho.market.exposure.models import Exposure, Given, Share
from sekisho.market.judging.judge import pack


@dataclass(frozen=True, slots=True)
class Words:
    """An event of a deal as the deal has it; `digest` is its link of the deal's chain, in hexadecimal."""

    deal: UUID
    title: str
    event: EventRow
    digest: str

    @property
    def said(self) -> str:
        """Its words; "" once they were erased (`event.erased` says why)."""
        return text_of(self.event.body or {})


@dataclass(frozen=True, slots=True)
class Whole:
    """A record and what belongs to it. `ticked`: when each step was done, by its id."""

    exposure: Exposure
    given: tuple[Given, ...]
    words: tuple[Words, ...]
    ticked: Mapping[str, datetime]
    shares: tuple[Share, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """Each kind once."""
        return tuple(dict.fromkeys(given.kind for given in self.given))


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of thing with its own steps and points; `steps` most urgent first."""

    kind: ExposureKind
    steps: tuple[Step, ...]
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """`first`: what is to be done whatever was given; then kind by kind. `steps` and `points`: all, each once."""

    first: tuple[Step, ...]
    sections: tuple[Section, ...]
    steps: tuple[Step, ...]
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the time line: a day (None: not known), perhaps a time, and what happened (`what` says what `thing` is)."""

    day: date | None
    at: datetime | None
    what: str
    thing: Any


def whole(exposure: Exposure) -> Whole:
    """Everything of a record, in six queries."""
    attached = exposure.attached.select_related("event__body", "event__author", "event__deal")
    return Whole(
        exposure,
        tuple(exposure.given.select_related("to").order_by("number")),
        tuple(_words(one.event) for one in attached.order_by("event__at", "event__position")),
        dict(exposure.ticked.values_list("step", "at")),
        tuple(exposure.shares.filter(ended_at=None).order_by("at")),
    )


def _words(event: Event) -> Words:
    return Words(event.deal_id, event.deal.title, row(event), bytes(event.digest).hex())


def titles() -> dict[str, Mapping[str, str]]:
    """What each kind is called, in both languages, in the order of the guidance."""
    return {kind.value: one.title for kind, one in load_guide(pack()).exposures.items()}


def plan_for(kinds: Collection[str]) -> Plan:
    """The guidance of the pack that is live, kind by kind. Raises `UnknownValue` for no kind or an unknown one."""
    live = pack()
    plan, guide = exposure_plan(kinds, pack=live), load_guide(live)
    sections = tuple(
        Section(kind, _ordered(plan.steps, kind.steps), tuple(guide.points[name] for name in kind.points))
        for kind in plan.kinds
    )
    return Plan(_ordered(plan.steps, guide.always), sections, plan.steps, plan.points)


def _ordered(steps: Iterable[Step], names: Collection[str]) -> tuple[Step, ...]:
    return tuple(step for step in steps if step.id in names)


def timeline(given: Sequence[Any], words: Sequence[Words] = (), ticked: Mapping[str, datetime] | None = None,
             steps: Iterable[Step] = ()) -> tuple[Moment, ...]:  # fmt: skip
    """What was given, said and done, in order; what has no day comes last. `given`: rows or `entries.Entry` values."""
    moments = [Moment(one.on, None, "gave", one) for one in given]
    moments += [_at(one.event.at, "said", one) for one in words]
    moments += [_at(ticked[step.id], "did", step) for step in steps if ticked and step.id in ticked]
    return tuple(
        sorted(moments, key=lambda m: (m.day is None, m.day or date.min, m.at is None, _clock(m.at)))
    )


def _at(at: datetime, what: str, thing: Any) -> Moment:
    return Moment(localtime(at).date(), at, what, thing)


def _clock(at: datetime | None) -> float:
    return at.timestamp() if at else 0.0

"""Rules under control: packs and their states, back-tests, rescans of what is open, precision of rules."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from sekisho.interfaces.api.operation import Ask, Asked, Op, Shown, Text, act, every, found, many, most, one
from sekisho.interfaces.api.operations.desk import ReasonIn
from sekisho.market.judging import backtests, packs, precision, rescans
from sekisho.market.judging.examples import shown
from sekisho.market.judging.models import BackTest, BackTestExample, PackVersion, Rescan, RescanFinding
from sekisho.market.judging.policy import policy
from sekisho.market.judging.replaying import holds_a_day
from sekisho.market.judging.shadowing import shadow_report
from sekisho.market.judging.states import BackTestState, PackState, RescanState
from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import Actor

HOUSE: dict[str, Any] = {"words": frozenset({"moderator", "operator"}), "scope": "desk"}


class PackOut(Shown):
    """A pack on this site. `percent`: of the accounts it judges as a canary. `digest`: of pack and engine when registered."""

    id: UUID
    pack: str
    version: str
    digest: str
    state: PackState
    percent: int
    stopped_because: str
    stopped_by_policy: dict[str, Any]
    made_at: datetime
    live_at: datetime | None
    ended_at: datetime | None


class PackIn(Asked):
    """The id of a built-in pack, or a folder on the server."""

    pack: Annotated[Text, most(200)]


class ShareIn(Asked):
    """How many of a hundred accounts."""

    percent: Annotated[int, Field(strict=True, ge=1, le=packs.MOST_PERCENT)]


class GoLiveIn(Asked):
    """Why; and, where no back-test against the live pack is done, why not."""

    because: Annotated[Text, most(1000)]
    untested: Annotated[Text, most(1000)] = ""


class VerdictChangeOut(Schema):
    """So many texts went from one verdict and action to another."""

    before: str
    after: str
    count: int


class RuleChangeOut(Schema):
    """Texts in which a rule finds something now and did not, or did and does not."""

    rule: str
    gained: int
    lost: int


class ShadowReportOut(Schema):
    """What a pack in shadow says beside the live one."""

    texts: int
    differs: int
    since: datetime | None
    holds_before: int
    holds_after: int
    changes: list[VerdictChangeOut]
    rules: list[RuleChangeOut]


class DiffOut(Schema):
    """What would change. Holds a day are those the packs themselves ask for. `not_replayed`: by reason."""

    texts: int
    differs: int
    holds_a_day_before: float
    holds_a_day_after: float
    changes: list[VerdictChangeOut]
    rules: list[RuleChangeOut]
    not_replayed: dict[str, int]


class BackTestOut(Shown):
    """A back-test: how far it is (`looked_at` of `total` judgements), and what would change once it is done."""

    id: UUID
    version_id: UUID
    state: BackTestState
    against: str
    since: datetime
    until: datetime
    total: int
    looked_at: int = 0
    error: str
    at: datetime
    ended_at: datetime | None
    diff: DiffOut | None = None

    @classmethod
    def of(cls, row: BackTest, actor: Actor) -> BackTestOut:
        """With its diff."""
        told: BackTestOut = cls.from_orm(row)
        told.diff = _diff(row) if row.result else None
        return told


class BackTestIn(Asked):
    """How many days of judgements; the policy's number without."""

    days: Annotated[int, Field(strict=True, ge=1)] | None = None


class ExampleOut(Shown):
    """A text that comes out differently, masked unless its reader gave a purpose (`whole`). Evidence: code points of `text`."""

    id: UUID
    judgement_id: UUID
    change: str
    before: dict[str, Any]
    after: dict[str, Any]
    text: str = ""
    evidence: list[dict[str, Any]] = []
    whole: bool = False
    at: datetime

    @classmethod
    def of(cls, row: BackTestExample, actor: Actor) -> ExampleOut:
        """As `actor` may read it."""
        seen = shown(row, actor.id)
        return cls.model_construct(
            id=row.id, judgement_id=row.judgement_id, change=row.change, before=row.before, after=row.after,
            text=seen.text, evidence=list(seen.evidence), whole=seen.whole, at=row.at,
        )  # fmt: skip


class PurposeIn(Asked):
    """What a text is read whole for; kept in the record."""

    purpose: Annotated[Text, most(1000)]


class UnmaskingOut(Shown):
    """Until when an example can be read whole."""

    example_id: UUID
    until: datetime


class RescanOut(Shown):
    """What is open, judged by a pack: `count` of `total` so far."""

    id: UUID
    version_id: UUID
    state: RescanState
    count: int
    total: int
    error: str
    at: datetime
    ended_at: datetime | None


class RescanFindingOut(Schema):
    """Something open that would not be opened today. `judgement_id` once it was told; `gone`: closed or mended meanwhile."""

    source: str
    subject: UUID
    verdict: str
    rules: list[str]
    judgement_id: UUID | None
    gone: bool


class RescanFindingsOut(Schema):
    """All of them: their number is bounded by the policy."""

    items: list[RescanFindingOut]


class RulePrecisionOut(Schema):
    """The share of a rule's findings that people confirmed, with its 95 % interval (Wilson)."""

    rule: str
    confirmed: int
    refuted: int
    share: float
    low: float
    high: float


class PrecisionOut(Schema):
    """Every rule about which something was decided."""

    items: list[RulePrecisionOut]


class WorseOut(Schema):
    """A rule that got worse."""

    rule: str
    before: RulePrecisionOut
    recent: RulePrecisionOut


class WorseListOut(Schema):
    """Worst first."""

    items: list[WorseOut]


class DaysAsked(Asked):
    """Outcomes of so many days; the policy's number without."""

    days: Annotated[int, Field(ge=1, le=3660)] | None = None


def _diff(test: BackTest) -> DiffOut:
    result, (before, after) = test.result, holds_a_day(test)
    changes = [(*change.split(">"), count) for change, count in result["changes"].items()]
    return DiffOut(
        texts=result["texts"], differs=result["differs"], holds_a_day_before=before, holds_a_day_after=after,
        changes=[VerdictChangeOut(before=a, after=b, count=n) for a, b, n in changes], not_replayed=result["not_replayed"],
        rules=[RuleChangeOut(rule=r, gained=n[1], lost=n[2]) for r, n in sorted(result["rules"].items()) if n[1] or n[2]],
    )  # fmt: skip


def _shadow(ask: Ask) -> ShadowReportOut:
    told = shadow_report(found(PACKS, ask.actor, ask.pk))
    return ShadowReportOut(
        texts=told.texts, differs=told.differs, since=told.since, holds_before=told.holds_before, holds_after=told.holds_after,
        changes=[VerdictChangeOut(before=a, after=b, count=n) for a, b, n in told.changes],
        rules=[RuleChangeOut(rule=rule, gained=gained, lost=lost) for rule, gained, lost in told.rules],
    )  # fmt: skip


def _findings(ask: Ask) -> Any:
    return {"items": RescanFinding.objects.filter(rescan=found(RESCANS, ask.actor, ask.pk)).order_by("pk")}


def _precision(ask: Ask) -> Any:
    days = ask.query.days or policy().precision.days
    return {"items": precision.precision(clock.now() - timedelta(days=days))}


PACKS, TESTS, EXAMPLES = every(PackVersion), every(BackTest, "version"), every(BackTestExample, "judgement")
RESCANS = every(Rescan, "version")
OPERATIONS = (
    many("packs.list", "/house/packs", PACKS, PackOut, by="made_at", **HOUSE),
    one("packs.get", "/house/packs/{id}", PACKS, PackOut, **HOUSE),
    act("packs.register", "/house/packs", packs.register, body=PackIn, out=PackOut, status=201),
    act("packs.shadow", "/house/packs/{id}/shadow", packs.shadow, PACKS, out=PackOut),
    act("packs.canary", "/house/packs/{id}/canary", packs.canary, PACKS, body=ShareIn, out=PackOut),
    act("packs.widen", "/house/packs/{id}/widen", packs.widen, PACKS, body=ShareIn, out=PackOut),
    act("packs.stop", "/house/packs/{id}/stop", packs.stop, PACKS, body=ReasonIn, out=PackOut),
    act("packs.go_live", "/house/packs/{id}/go-live", packs.go_live, PACKS, body=GoLiveIn, out=PackOut),
    act("packs.retire", "/house/packs/{id}/retire", packs.retire, PACKS, out=PackOut),
    Op(name="packs.shadow_report", method="GET", path="/house/packs/{id}/shadow-report", answer=_shadow, out=ShadowReportOut,
       about="What a pack in shadow says beside the live one.", **HOUSE),
    many("backtests.list", "/house/packs/{id}/backtests", TESTS, BackTestOut, under=("version", PACKS), **HOUSE),
    act("backtests.ask", "/house/packs/{id}/backtests", backtests.ask, PACKS, body=BackTestIn, out=BackTestOut, status=201),
    one("backtests.get", "/house/backtests/{id}", TESTS, BackTestOut, **HOUSE),
    act("backtests.cancel", "/house/backtests/{id}/cancel", backtests.cancel, TESTS, out=BackTestOut),
    many("backtests.examples", "/house/backtests/{id}/examples", EXAMPLES, ExampleOut, under=("backtest", TESTS), **HOUSE),
    act("backtests.unmask", "/house/examples/{id}/unmask", backtests.unmask, EXAMPLES, body=PurposeIn, out=UnmaskingOut,
        status=201),
    many("rescans.list", "/house/packs/{id}/rescans", RESCANS, RescanOut, under=("version", PACKS), **HOUSE),
    act("rescans.ask", "/house/packs/{id}/rescans", rescans.ask, PACKS, out=RescanOut, status=201),
    one("rescans.get", "/house/rescans/{id}", RESCANS, RescanOut, **HOUSE),
    Op(name="rescans.findings", method="GET", path="/house/rescans/{id}/findings", answer=_findings, out=RescanFindingsOut,
       about="What a rescan found.", **HOUSE),
    act("rescans.confirm", "/house/rescans/{id}/confirm", rescans.confirm, RESCANS, out=RescanOut),
    act("rescans.drop", "/house/rescans/{id}/drop", rescans.drop, RESCANS, out=RescanOut),
    Op(name="rules.precision", method="GET", path="/house/rules/precision", answer=_precision, out=PrecisionOut, query=DaysAsked,
       about="How often people confirm what each rule finds.", **HOUSE),
    Op(name="rules.worse", method="GET", path="/house/rules/worse", out=WorseListOut, about="Rules whose precision fell.",
       answer=lambda _: {"items": precision.worse()}, **HOUSE),
)  # fmt: skip

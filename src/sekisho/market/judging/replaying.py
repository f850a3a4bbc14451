"""Running a back-test in the background: a step a time, each in one transaction with its place, so that a kill loses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sekisho.core.detection import Contact, check, load
from sekisho.core.rules.errors import PackError
from sekisho.core.rules.model import Label
from sekisho.market.judging.asking import Glance, ask, glance
from sekisho.market.judging.backtests import begin
from sekisho.market.judging.models import BackTest, BackTestExample, BackTestPart, Judgement
from sekisho.market.judging.policy import policy
from sekisho.market.judging.states import BACKTEST, BackTestState
from sekisho.market.judging.tally import Tally
from sekisho.market.kernel import clock
from sekisho.market.kernel.outbox import handles, tell
from sekisho.market.kernel.sweep import timer

_UNREADABLE = (ValueError, KeyError, TypeError, IndexError)
"""What the core raises for an input that it cannot take (any more): counted, and the replay goes on."""
_ROW = ("pk", "at", "kind", "text", "context", "digest", "verdict", "action", "findings", "erased_at")


@dataclass(frozen=True, slots=True)
class Pair:
    """The two packs of a back-test."""

    new: str
    old: str
    old_digest: str


@handles("backtest.asked")
def start(payload: dict[str, Any]) -> None:
    """Cut a back-test into parts."""
    test = (
        BackTest.objects.select_for_update(of=("self",)).select_related("version").get(pk=payload["backtest"])
    )
    if test.state == BackTestState.ASKED and _still(test):
        begin(test)


@handles("backtest.part")
def step(payload: dict[str, Any]) -> None:
    """Replay the next judgements of a part, and leave word to go on."""
    part = (
        BackTestPart.objects.select_for_update(of=("self",))
        .select_related("backtest__version")
        .get(pk=payload["part"])
    )
    test = part.backtest
    if test.state != BackTestState.RUNNING or part.done_at is not None or not _still(test):
        return
    tally, most = Tally.of(part.tally), policy().backtest.examples
    pair, count = Pair(test.version.pack, test.against, test.against_digest), 0
    for row in _next(part):
        replay(row, pair, tally, most)
        part.cursor, count = row[0], count + 1
    part.tally, part.count, part.moved_at = tally.plain(), part.count + count, clock.now()
    if not count:
        part.done_at = part.moved_at
    part.save()
    if count:
        tell("backtest.part", part=part.pk)
    else:
        _finish(test)


def _next(part: BackTestPart) -> Iterator[tuple[Any, ...]]:
    rules, left = policy().backtest, policy().backtest.step_characters
    rows = Judgement.objects.filter(pk__gte=part.first, pk__lt=part.last)
    if part.cursor is not None:
        rows = rows.filter(pk__gt=part.cursor)
    for row in rows.order_by("pk").values_list(*_ROW)[: rules.step_texts]:
        yield row
        left -= len(row[3])
        if left <= 0:
            return


def replay(row: tuple[Any, ...], pair: Pair, tally: Tally, most: int) -> None:
    """Judge one stored input by the new pack, and by the old one unless it is what judged it."""
    pk, at, kind, text, context, digest, verdict, action, findings, erased_at = row
    if erased_at is not None:
        tally.skip("erased")
        return
    try:
        after = glance(kind, text, context, pair.new)
        if digest == pair.old_digest:
            before = Glance.of_record(verdict, action, findings)
        else:
            before = glance(kind, text, context, pair.old)
    except PackError:
        raise
    except _UNREADABLE as error:
        tally.skip(type(error).__name__)
        return
    day = at.astimezone(UTC).date().isoformat()
    tally.count(id_=pk, kind=kind, day=day, before=before, after=after, most=most)


def _still(test: BackTest) -> bool:
    """Whether both packs are what they were; else it fails and says so."""
    for name, digest in ((test.version.pack, test.version.digest), (test.against, test.against_digest)):
        try:
            same = load(name).digest == digest
        except PackError as error:
            _fail(test, f"bad_pack: {str(error).splitlines()[0]}")
            return False
        if not same:
            _fail(test, "changed")
            return False
    return True


def _fail(test: BackTest, error: str) -> None:
    BACKTEST.move(
        test,
        "fail",
        ("clock",),
        policy().backtest.waits,
        error=error[:1000],
        ended_at=clock.now(),
        due_at=None,
    )
    tell("backtest.failed", backtest=test.pk)


def _finish(test: BackTest) -> None:
    """Add the parts up when the last is done. The row is locked first: of two that end at once the second sees both."""
    test = BackTest.objects.select_for_update(of=("self",)).select_related("version").get(pk=test.pk)
    if test.state != BackTestState.RUNNING or test.parts.filter(done_at=None).exists():
        return
    rules, whole = policy().backtest, Tally()
    for part in test.parts.order_by("first"):
        whole.add(Tally.of(part.tally), rules.examples)
    for judgement, change in whole.chosen(rules.most_examples):
        _example(test, judgement, change)
    whole.samples = {}
    BACKTEST.move(
        test, "finish", ("clock",), rules.waits, result=whole.plain(), ended_at=clock.now(), due_at=None
    )
    tell("backtest.done", backtest=test.pk)


def _example(test: BackTest, judgement: str, change: str) -> None:
    row = Judgement.objects.get(pk=judgement)
    if row.erased_at is not None:
        return
    answers = [ask(row.kind, row.text, row.context, pack) for pack in (test.against, test.version.pack)]
    records = [answer.record for answer in answers]
    before, after = (Glance.of_record(r["verdict"], r["action"], r["findings"]) for r in records)
    found = [f for record in records for f in record["findings"] if f["verdict"] != "clear"]
    spans = {(*span, f["rule"]) for f in found if (span := _span(row, f))}
    # A contact is hidden wherever it is seen: in the text by itself, in its thread, or as a piece of one sent in several.
    contacts = {(c.start, c.end) for c in check(row.text, pack=test.version.pack).contacts}
    contacts |= {(c.start, c.end) for answer in answers for c in answer.contacts if isinstance(c, Contact)}
    contacts |= {span for f in found if f["label"] == Label.CONTACT_DISCLOSURE and len(f.get("events", ())) > 1
                 and (span := _span(row, f))}  # fmt: skip
    BackTestExample.objects.create(
        backtest=test, judgement=row, change=change, before=before.plain, after=after.plain,
        evidence=sorted(spans), contacts=sorted(contacts),
    )  # fmt: skip


def _span(row: Judgement, found: dict[str, Any]) -> tuple[int, int] | None:
    """Where in the judgement's text a finding stands: a posting's title comes before its body."""
    start, end = found.get("start"), found.get("end")
    if start is None or end is None:
        # Pictures have boxes and quotes, no places.
        quote = str(found.get("quote") or "")
        place = row.text.find(quote) if quote else -1
        return None if place < 0 else (place, place + len(quote))
    offset = 0
    if row.context["form"] == "posting":
        title = str(row.context["posting"].get("title") or "")
        offsets = {"title": 0, "body": len(title) + 1}
        offset = offsets.get(found.get("field", ""), -1)
    return None if offset < 0 or start == end else (offset + start, offset + end)


def _stalled(test: BackTest) -> None:
    """Its parts have not moved for long: their steps were given up."""
    wait = timedelta(minutes=policy().backtest.stall_minutes)
    moved = max([test.at, *test.parts.values_list("moved_at", flat=True)])
    if moved + wait > clock.now():
        BackTest.objects.filter(pk=test.pk).update(due_at=moved + wait)
    else:
        _fail(test, "stalled")


timer(BackTest, _stalled)


def holds_a_day(test: BackTest) -> tuple[float, float]:
    """Texts a day that the old pack holds or refuses, and that the new one would, over the days in which something was judged."""
    days = test.result.get("days", {})
    if not days:
        return 0.0, 0.0
    first = min(datetime.fromisoformat(day).replace(tzinfo=UTC) for day in days)
    span = max(1.0, (test.until - max(first, test.since)) / timedelta(days=1))
    return sum(d[1] for d in days.values()) / span, sum(d[2] for d in days.values()) / span

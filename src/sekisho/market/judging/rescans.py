"""What is open, judged by a pack: a list of what would be found, then, when an operator confirms it, word to the rooms above.

Nothing is taken down by it. For each finding the topic `judging.rescanned` is told: `rescan`, `kind` (the source's name:
job), `subject` (its row), `account` (whose it is), `judgement` (kept now, by the pack that is live), `rules`.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sekisho.core.rules.errors import PackError
from sekisho.market.judging.asking import Glance, glance
from sekisho.market.judging.judge import keep
from sekisho.market.judging.models import PackVersion, Rescan, RescanFinding
from sekisho.market.judging.packs import loaded
from sekisho.market.judging.policy import policy
from sekisho.market.judging.rescanning import SOURCES, OpenText
from sekisho.market.judging.states import RESCAN, PackState, RescanState
from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.outbox import handles, tell
from sekisho.market.kernel.problems import Kind, Problem, Row, describe
from sekisho.market.kernel.sweep import timer
from sekisho.market.kernel.verbs import current, verb

describe({
    "not_live": Row(Kind.CONFLICT, "公開中のルール集の結果だけを確定できます。先に公開してください。",
                    "Only what the live pack finds can be confirmed. Let it go live first."),
    "rescan_running": Row(Kind.CONFLICT, "このルール集での募集中の案件の確認は、すでに進行中です。",
                          "Open postings are being looked at by this pack already."),
})  # fmt: skip
_STOPPING = frozenset({"violation", "unsure"})
"""What would not be opened today without a person having looked."""


@verb("rescan.ask")
def ask(actor: Actor, version: PackVersion) -> Rescan:
    """Look at everything that is open as `version` would; a list comes of it and nothing else."""
    if version.state == PackState.RETIRED:
        raise Problem("pack_ended")
    if Rescan.objects.filter(version=version, state__in=[RescanState.RUNNING, RescanState.TELLING]).exists():
        raise Problem("rescan_running")
    loaded(version)
    now = clock.now()
    rescan = Rescan.objects.create(
        version=version, asked_by=actor.me, due_at=now + policy().backtest.waits["stall"],
        total=sum(source.count() for source in SOURCES.values()), source=min(SOURCES, default=""),
    )  # fmt: skip
    tell("rescan.step", rescan=rescan.id)
    return rescan


@verb("rescan.confirm")
def confirm(actor: Actor, rescan: Rescan) -> Rescan:
    """Tell the rooms above what was found, for people to look at. Only of the pack that is live by now."""
    RESCAN.find(rescan.state, "confirm", current().held)
    if rescan.version.state != PackState.LIVE:
        raise Problem("not_live")
    RESCAN.move(rescan, "confirm", current().held, policy().backtest.waits, moved_at=clock.now())
    tell("rescan.tell", rescan=rescan.id)
    return rescan


@verb("rescan.drop")
def drop(actor: Actor, rescan: Rescan) -> Rescan:
    """Put the list away: nobody is told."""
    RESCAN.move(rescan, "drop", current().held, policy().backtest.waits, ended_at=clock.now(), due_at=None)
    return rescan


@handles("rescan.step")
def step(payload: dict[str, Any]) -> None:
    """Look at the next open things, and leave word to go on."""
    rescan = (
        Rescan.objects.select_for_update(of=("self",)).select_related("version").get(pk=payload["rescan"])
    )
    if rescan.state != RescanState.RUNNING:
        return
    rules = policy().rescan
    source = SOURCES.get(rescan.source)
    rows = source.after(rescan.cursor, rules.step_things) if source else []
    try:
        for row in rows:
            if found := newly_found(row, rescan.version.pack):
                RescanFinding.objects.create(rescan=rescan, source=rescan.source, subject=row.subject, writer=row.writer,
                                             verdict=found.verdict, rules=sorted(found.rules))  # fmt: skip
    except PackError as error:
        _fail(rescan, f"bad_pack: {str(error).splitlines()[0]}")
        return
    if rescan.findings.count() > rules.most_findings:
        _fail(rescan, "too_many")
        return
    following = next((name for name in sorted(SOURCES) if name > rescan.source), None)
    if rows:
        rescan.cursor = rows[-1].subject
    elif following is not None:
        rescan.source, rescan.cursor = following, None
    rescan.count, rescan.moved_at = rescan.count + len(rows), clock.now()
    rescan.save(update_fields=["cursor", "source", "count", "moved_at"])
    if rows or following is not None:
        tell("rescan.step", rescan=rescan.pk)
    else:
        RESCAN.move(rescan, "show", ("clock",), policy().backtest.waits, due_at=None)
        tell("rescan.previewed", rescan=rescan.pk)


def newly_found(row: OpenText, pack: str) -> Glance | None:
    """What `pack` says of it, if it would not be opened today and not only for what somebody has let pass already."""
    said = glance(row.kind, row.text, row.context, pack)
    if said.verdict not in _STOPPING or (row.verdict in _STOPPING and said.rules <= row.known):
        return None
    return said


@handles("rescan.tell")
def say(payload: dict[str, Any]) -> None:
    """Tell of the next findings that still hold: what was closed or put right meanwhile is marked as gone."""
    rescan = (
        Rescan.objects.select_for_update(of=("self",)).select_related("version").get(pk=payload["rescan"])
    )
    if rescan.state != RescanState.TELLING:
        return
    waiting = list(
        rescan.findings.filter(judgement=None, gone=False).order_by("pk")[: policy().rescan.step_things]
    )
    for finding in waiting:
        _tell(finding, rescan)
    if waiting:
        Rescan.objects.filter(pk=rescan.pk).update(moved_at=clock.now())
        tell("rescan.tell", rescan=rescan.pk)
    else:
        RESCAN.move(rescan, "finish", ("clock",), policy().backtest.waits, ended_at=clock.now(), due_at=None)


def _tell(finding: RescanFinding, rescan: Rescan) -> None:
    row = SOURCES[finding.source].one(finding.subject)
    if row is None or newly_found(row, rescan.version.pack) is None:
        finding.gone = True
    else:
        finding.judgement = keep(None, kind=row.kind, text=row.text, context=row.context, subject=row.subject,
                                 writer=row.writer, by=rescan.version.pack)  # fmt: skip
        tell("judging.rescanned", rescan=rescan.pk, kind=finding.source, subject=row.subject, account=row.writer,
             judgement=finding.judgement.pk, rules=finding.rules)  # fmt: skip
    finding.save(update_fields=["gone", "judgement"])


def _fail(rescan: Rescan, error: str) -> None:
    RESCAN.move(
        rescan,
        "fail",
        ("clock",),
        policy().backtest.waits,
        error=error[:1000],
        ended_at=clock.now(),
        due_at=None,
    )


def _stalled(rescan: Rescan) -> None:
    """It has not moved for long: its steps were given up."""
    wait = timedelta(minutes=policy().backtest.stall_minutes)
    if rescan.moved_at + wait > clock.now():
        Rescan.objects.filter(pk=rescan.pk).update(due_at=rescan.moved_at + wait)
    else:
        _fail(rescan, "stalled")


timer(Rescan, _stalled)

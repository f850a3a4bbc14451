"""Taking the events of a marketplace that keeps its own contracts: judged, then appended as given. What to do is advice."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sekisho.core.detection.threads import BadEvent
from sekisho.core.detection.threads.events import Event as CoreEvent
from sekisho.core.detection.threads.events import read_event
from sekisho.market.deals import log
from sekisho.market.deals.chain import canonical
from sekisho.market.deals.models import Deal
from sekisho.market.external.models import LONGEST, ExternalDeal, ExternalEvent, ExternalParty
from sekisho.market.external.order import missing
from sekisho.market.judging.judge import keep_event
from sekisho.market.judging.models import Judgement
from sekisho.market.kernel import clock, fields
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.ids import new_id
from sekisho.market.kernel.locks import alone
from sekisho.market.kernel.problems import Kind, Problem, Row, describe
from sekisho.market.kernel.verbs import verb
from sekisho.market.people.models import Account

AHEAD = timedelta(minutes=5)
"""How far another house's clock may be before ours."""
_KINDS = {
    "message": "message",
    "posting": "posting",
    "application": "application",
    "contact_request": "contact_request",
}
describe({
    "bad_event": Row(Kind.INVALID, "イベントの「{field}」を確認してください（{problem}。{hint}）。",
                     "Check `{field}` of the event: {problem}; {hint}."),
    "out_of_order": Row(Kind.CONFLICT, "順序が前後しています。先に「{first}」のイベントを送ってください。",
                        "Out of order: send the event `{first}` first."),
    "event_too_early": Row(Kind.CONFLICT, "この取引の直前の記録（{last}）より前の時刻です。時刻の順に送ってください。",
                           "This is before the last event of the deal ({last}). Send events in the order of their times."),
    "event_in_future": Row(Kind.INVALID, "時刻「at」が未来になっています。", "The time `at` lies in the future."),
    "event_reused": Row(Kind.CONFLICT, "このイベントIDは、別の内容ですでに受け付けています。",
                        "This event id was already used for another event."),
    "other_parties": Row(Kind.CONFLICT, "この取引は、別の当事者の取引として登録されています。",
                         "This deal is known with other parties."),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Taken:
    """The answer: the event's place, what was seen in it, and where the deal stands now. `known`: it had been sent before."""

    event: UUID
    position: int
    verdict: str
    action: str
    findings: tuple[dict[str, Any], ...]
    unsure: tuple[str, ...]
    stage: str
    approved_tools: tuple[str, ...]
    digest: str
    known: bool


@verb("deal.take_event")
def take_event(
    actor: Actor, thing: None, *, deal: str, client: str, worker: str, event_id: str, event: Mapping[str, Any]
) -> Taken:
    """Judge an event of another marketplace's deal and add it to the log.

    `deal`, `client`, `worker` and `event_id` are that marketplace's own ids (at most 100 code points). `event` is in
    `check_thread`'s words; its `at` may not go back. The same id with the same event again gets the same answer. Raises
    `Problem` bad_event, out_of_order, event_too_early, event_in_future, event_reused, other_parties.
    """
    names = [fields.line(v, f, LONGEST) for f, v in (("deal", deal), ("client", client), ("worker", worker))]
    read = _read(event)
    mine = _deal(actor.me, *names)
    ours = log.lock(mine.deal_id)
    name, body = (
        fields.line(event_id, "event_id", LONGEST),
        hashlib.sha256(canonical(_content(read))).digest(),
    )
    before = ExternalEvent.objects.select_related("event", "judgement").filter(of=mine, external=name).first()
    if before is not None:
        if bytes(before.body) != body:
            raise Problem("event_reused")
        return _answer(before, known=True)
    return _answer(_added(mine, ours, read, (name, body)))


def _read(event: Mapping[str, Any]) -> CoreEvent:
    try:
        return read_event(event, 0)
    except BadEvent as error:
        raise Problem("bad_event", field=error.field, problem=error.problem, hint=error.hint) from None


def _content(event: CoreEvent) -> dict[str, Any]:
    """The fields that are kept, by the names the log uses. What the core does not know is not kept."""
    text = "purpose" if event.type == "contact_request" else "text"
    words = fields.text(event.text, text, 10_000, blank=True)
    content: dict[str, Any] = {
        "type": event.type.value,
        "by": event.by.value if event.by else None,
        "at": event.at,
    }
    content |= {text: words} if event.type in _KINDS else {}
    content |= {"tools": list(event.tools)} if event.type == "contact_request" else {}
    return content | ({"amount_yen": event.amount_yen} if event.amount_yen is not None else {})


def _added(mine: ExternalDeal, deal: Deal, read: CoreEvent, named: tuple[str, bytes]) -> ExternalEvent:
    content = _content(read)
    type_, by, at = content.pop("type"), content.pop("by"), _moment(content.pop("at"), deal)
    side = by or ("client" if type_ == "escrow_funded" else "worker" if type_ == "delivered" else "operator")
    seen = log.foresee(deal, type_, by=side, content=content)
    first = missing(type_, seen.before)
    if first is not None:
        raise Problem("out_of_order", first=first)
    author = deal.client_id if side == "client" else deal.worker_id if side == "worker" else None
    judgement = None
    if type_ in _KINDS:
        words = content.get("text", content.get("purpose", ""))
        judgement = keep_event(words, seen, kind=_KINDS[type_], subject=deal.id, writer=author)
    event, _ = log.append(deal, type_, by=side, author=author, content=content, seen=seen, at=at)
    return ExternalEvent.objects.create(
        of=mine, external=named[0], body=named[1], event=event, judgement=judgement or _bare(seen, deal, type_),
        stage=deal.stage, approved_tools=deal.approved_tools,
    )  # fmt: skip


def _bare(seen: log.Seen, deal: Deal, type_: str) -> Judgement | None:
    """The judgement of an event without words, where it is not clear (a cancellation after a refusal)."""
    return (
        None
        if seen.verdict == "clear"
        else keep_event("", seen, kind="message", subject=deal.id, writer=None)
    )


def _moment(at: str, deal: Deal) -> datetime:
    now = clock.now()
    moment = datetime.fromisoformat(at) if at else now
    try:
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError:  # the first or the last day there is, in a zone that is ahead or behind
        raise Problem("bad_event", field="at", problem="is no time", hint="write a time of this century") from None
    if moment > now + AHEAD:
        raise Problem("event_in_future")
    if deal.length and moment < deal.moved_at:
        raise Problem("event_too_early", last=deal.moved_at.isoformat())
    return moment


def _deal(source: UUID, deal: str, client: str, worker: str) -> ExternalDeal:
    """The deal by its ids, made at its first event. Raises `Problem("other_parties")`."""
    rows = ExternalDeal.objects.select_related("deal").filter(source=source, external=deal)
    known = rows.first()
    if known is None:
        alone(f"external deals of {source}")  # two first events at once make one deal
        known = rows.first() or _opened(source, deal, client, worker)
    sides = {known.deal.client_id: client, known.deal.worker_id: worker}
    named = dict(ExternalParty.objects.filter(account__in=sides).values_list("account_id", "external"))
    if named != sides:
        raise Problem("other_parties")
    return known


def _opened(source: UUID, deal: str, client: str, worker: str) -> ExternalDeal:
    if client == worker:
        raise Problem("other_parties")
    ours = log.open_deal(_party(source, client), _party(source, worker), new_id(), deal)
    return ExternalDeal.objects.create(source=source, external=deal, deal=ours)


def _party(source: UUID, external: str) -> UUID:
    known = ExternalParty.objects.filter(source=source, external=external).first()
    if known is None:
        id_ = new_id()
        account = Account.objects.create_user(
            f"{id_.hex}@external.invalid",
            None,
            id=id_,
            display_name=external[:60],
            is_active=False,
            is_worker=False,
        )
        known = ExternalParty.objects.create(source=source, external=external, account=account)
    return known.account_id


def _answer(row: ExternalEvent, *, known: bool = False) -> Taken:
    said = row.judgement
    return Taken(
        row.event_id, row.event.position, said.verdict if said else "clear", said.action if said else "allow",
        tuple(said.findings) if said else (), tuple(said.unsure) if said else (), row.stage, tuple(row.approved_tools),
        bytes(row.event.digest).hex(), known,
    )  # fmt: skip

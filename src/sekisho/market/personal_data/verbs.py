"""Asking for personal data, giving it, reading it. No value ever stands in the log, in an audit row or in a message."""

from __future__ import annotations

from collections.abc import Mapping

from sekisho.market.contracts.models import Contract
from sekisho.market.contracts.states import LIVE
from sekisho.market.deals import log
from sekisho.market.deals.models import Deal
from sekisho.market.judging.judge import judge_text
from sekisho.market.judging.models import Judgement
from sekisho.market.kernel import clock, fields
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.outbox import tell
from sekisho.market.kernel.problems import Kind, Problem, Row, describe
from sekisho.market.kernel.verbs import current, verb
from sekisho.market.personal_data.models import DataAccess, PersonalDataRequest, PersonalDatum
from sekisho.market.personal_data.policy import policy
from sekisho.market.personal_data.states import DATA, DataState

EXPECTED = "personal_info_request"
"""What the purpose of such a request naturally is; it counts against nobody here."""
describe({
    "data_asked_already": Row(Kind.CONFLICT, "回答を待っている依頼があります。", "A request is waiting for an answer already."),
    "data_before_contract": Row(Kind.CONFLICT, "個人情報の提供は、仮払い済みの契約がある間だけ依頼できます。",
                                "Personal data can be asked for only while a contract is funded."),
    "data_gone": Row(Kind.CONFLICT, "提供された情報は、いまは閲覧できません。", "What was given cannot be read now."),
    "data_kinds_differ": Row(Kind.INVALID, "依頼された項目をすべて入力してください（{kinds}）。",
                             "Give exactly what was asked for ({kinds})."),
})  # fmt: skip


@verb("personal_data.ask")
def ask(actor: Actor, deal: Deal, *, kinds: tuple[str, ...], purpose: str) -> PersonalDataRequest:
    """Ask the worker for personal data that the work needs. `kinds` are words of `policy.toml`.

    A purpose that steers outside or asks for money is kept and never shown to her: the request's state is then `refused`.
    """
    rules = policy()
    names = tuple(dict.fromkeys(fields.one_of(kind, "kinds", rules.kinds) for kind in kinds))
    if not names:
        raise Problem("blank", field="kinds")
    words = fields.text(purpose, "purpose", rules.purpose_length)
    contract = Contract.objects.filter(deal=deal, state__in=LIVE).order_by("-number").first()
    # A block mutes chat; what a funded contract needs still passes, and who is blocked cannot tell.
    if contract is None and rules.funded:
        raise Problem("data_before_contract")
    if PersonalDataRequest.objects.filter(deal=deal, state=DataState.ASKED).exists():
        raise Problem("data_asked_already")
    judgement = judge_text(words, kind="message", sender="client", subject=deal.id, writer=actor.id, stage=deal.stage,
                           approved_tools=tuple(deal.approved_tools))  # fmt: skip
    row = DATA.find(None, "refuse" if _steers(judgement) else "ask", current().held)
    due = clock.now() + rules.waits["answer"] if row.to == DataState.ASKED else None
    request = PersonalDataRequest.objects.create(
        deal=deal,
        contract=contract,
        kinds=list(names),
        purpose=words,
        state=row.to,
        due_at=due,
        judgement=judgement,
    )
    if row.to == DataState.ASKED:
        _said(request, "client", actor, "asked", kinds=list(names), purpose=words)
        tell("personal_data.asked", personal_data=request.id)
    return request


def _steers(judgement: Judgement) -> bool:
    return any(f["verdict"] == "violation" and f["label"] != EXPECTED for f in judgement.findings)


def _said(request: PersonalDataRequest, by: str, actor: Actor, step: str, **content: object) -> None:
    log.append(log.lock(request.deal_id), "personal_data", by=by, author=actor.id,
               content={"step": step, "request": str(request.id), **content})  # fmt: skip


@verb("personal_data.approve")
def approve(actor: Actor, request: PersonalDataRequest, *, values: Mapping[str, str]) -> PersonalDataRequest:
    """The worker gives what was asked for, each kind once. The client can read it until it runs out."""
    if set(values) != set(request.kinds):
        raise Problem("data_kinds_differ", kinds=", ".join(request.kinds))
    rows = [
        PersonalDatum(
            request=request, kind=kind, value=fields.text(values[kind], kind, policy().value_length)
        )
        for kind in request.kinds
    ]
    _moved(request, "approve", answered_at=clock.now())
    PersonalDatum.objects.bulk_create(rows)
    _said(request, "worker", actor, "approved", kinds=list(request.kinds))
    tell("personal_data.approved", personal_data=request.id)
    return request


@verb("personal_data.decline")
def decline(actor: Actor, request: PersonalDataRequest) -> PersonalDataRequest:
    """Say no. Nothing in the contract changes."""
    _moved(request, "decline", answered_at=clock.now())
    _said(request, "worker", actor, "declined")
    tell("personal_data.declined", personal_data=request.id)
    return request


@verb("personal_data.withdraw")
def withdraw(actor: Actor, request: PersonalDataRequest) -> PersonalDataRequest:
    """The client no longer needs it."""
    return _over(actor, request, "withdraw")


@verb("personal_data.expire")
def expire(actor: Actor, request: PersonalDataRequest) -> PersonalDataRequest:
    """Nobody answered in time."""
    return _over(actor, request, "expire")


@verb("personal_data.end")
def end(actor: Actor, request: PersonalDataRequest) -> PersonalDataRequest:
    """Either side ends it; what was given is deleted."""
    return _over(actor, request, "end")


@verb("personal_data.run_out")
def run_out(actor: Actor, request: PersonalDataRequest) -> PersonalDataRequest:
    """Its time is over; what was given is deleted."""
    return _over(actor, request, "run_out")


@verb("personal_data.read")
def read(actor: Actor, request: PersonalDataRequest) -> dict[str, str]:
    """What the worker gave, by kind. Every look is written down, and she can see it."""
    if request.state != DataState.APPROVED:
        raise Problem("data_gone")
    found = dict(PersonalDatum.objects.filter(request=request).values_list("kind", "value"))
    DataAccess(request=request, reader_id=actor.me, kinds=sorted(found)).save(force_insert=True)
    return {kind: found[kind] for kind in request.kinds}


def _over(actor: Actor, request: PersonalDataRequest, name: str) -> PersonalDataRequest:
    _moved(request, name)
    PersonalDatum.objects.filter(request=request).delete()
    _said(request, request.deal.side(actor.id) or "clock", actor, request.state)
    tell(f"personal_data.{name}", personal_data=request.id)
    return request


def _moved(request: PersonalDataRequest, name: str, **changes: object) -> None:
    DATA.move(request, name, current().held, policy().waits, **changes)

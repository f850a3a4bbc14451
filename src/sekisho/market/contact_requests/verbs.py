"""Asking for an outside tool, answering, ending. Declining changes nothing in the contract."""

from __future__ import annotations

from datetime import timedelta

from sekisho.market.contact_requests.models import ContactRequest
from sekisho.market.contact_requests.policy import policy
from sekisho.market.contact_requests.states import REQUEST, RequestState
from sekisho.market.contracts.models import Contract
from sekisho.market.contracts.states import LIVE
from sekisho.market.deals import log
from sekisho.market.deals.models import Deal
from sekisho.market.judging.judge import keep_event
from sekisho.market.kernel import clock, fields
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.outbox import tell
from sekisho.market.kernel.problems import Kind, Problem, Row, describe
from sekisho.market.kernel.verbs import current, verb

TOOLS = (
    "chatwork",
    "slack",
    "zoom",
    "meet",
    "teams",
    "email",
    "phone",
    "line",
    "discord",
    "whatsapp",
    "skype",
    "wordpress",
    "github",
)
"""Tools that can be asked for, by the core's names."""
describe({
    "no_contract_yet": Row(Kind.CONFLICT, "サービス外連絡申請は、仮払いが済んだ契約でのみ行えます。",
                           "A contact request needs a contract whose escrow is funded."),
    "asked_enough": Row(Kind.TOO_MANY, "この契約での申請は{most}回までです。",
                        "On one contract it may be asked at most {most} times."),
    "at_rest": Row(Kind.TOO_MANY, "辞退された申請は、{until}まで再び行えません。",
                   "After a refusal nobody may ask again until {until}."),
    "asked_already": Row(Kind.CONFLICT, "回答を待っている申請があります。", "A request is waiting for its answer."),
})  # fmt: skip


@verb("contact_request.ask")
def ask(actor: Actor, deal: Deal, *, tools: tuple[str, ...], purpose: str) -> ContactRequest:
    """Ask to use outside tools for communication on the live contract of a deal."""
    names = tuple(dict.fromkeys(fields.one_of(tool, "tools", TOOLS) for tool in tools))
    if not names:
        raise Problem("blank", field="tools")
    words, rules, side = fields.text(purpose, "purpose", 1000), policy(), deal.side(actor.id)
    assert side is not None
    contract = Contract.objects.filter(deal=deal, state__in=LIVE).order_by("-number").first()
    if contract is None and not rules.before_contract:
        raise Problem("no_contract_yet")
    _restrained(deal, contract)
    content = {"tools": list(names), "purpose": words}
    _, verdict = log.append(deal, "contact_request", by=side, author=actor.id, content=content)
    assert verdict is not None
    early = (
        contract is not None
        and contract.funded_at is not None
        and clock.now() - contract.funded_at < timedelta(hours=rules.early_hours)
    )
    request = ContactRequest.objects.create(
        deal=deal, contract=contract, asker=side, tools=list(names), purpose=words, early=early,
        due_at=clock.now() + timedelta(days=rules.answer_days),
        judgement=keep_event(words, verdict, kind="contact_request", subject=deal.id, writer=actor.id),
    )  # fmt: skip
    tell("contact_request.asked", request=request.id)
    return request


def _restrained(deal: Deal, contract: Contract | None) -> None:
    """Raise `Problem` when it may not be asked now."""
    rules, before = policy(), ContactRequest.objects.filter(deal=deal, contract=contract)
    if before.filter(state=RequestState.ASKED).exists():
        raise Problem("asked_already")
    if before.count() >= rules.per_contract:
        raise Problem("asked_enough", most=rules.per_contract)
    refused = before.filter(state=RequestState.DECLINED).order_by("-answered_at").first()
    if (
        refused
        and refused.answered_at
        and clock.now() < (rest := refused.answered_at + timedelta(days=rules.rest_days))
    ):
        raise Problem("at_rest", until=f"{rest:%Y-%m-%d %H:%M}")


@verb("contact_request.approve")
def approve(actor: Actor, request: ContactRequest) -> ContactRequest:
    """Allow these tools on this contract, for communication only: never for payment or contracts."""
    return _ended(request, actor, "approve", "contact_request_approved")


@verb("contact_request.decline")
def decline(actor: Actor, request: ContactRequest) -> ContactRequest:
    """Say no. The contract goes on as it is."""
    return _ended(request, actor, "decline", "contact_request_declined")


@verb("contact_request.withdraw")
def withdraw(actor: Actor, request: ContactRequest) -> ContactRequest:
    """The asker takes it back."""
    return _ended(request, actor, "withdraw", "contact_request_ended")


@verb("contact_request.expire")
def expire(actor: Actor, request: ContactRequest) -> ContactRequest:
    """Nobody answered in time."""
    return _ended(request, actor, "expire", "contact_request_ended")


@verb("contact_request.end")
def end(actor: Actor, request: ContactRequest) -> ContactRequest:
    """Take an approval back: from now on everything stays inside."""
    return _ended(request, actor, "end", "contact_request_ended")


@verb("contact_request.suggest")
def suggest(actor: Actor, deal: Deal) -> None:
    """The worker asks the client to file a request, where only clients may."""
    tell("contact_request.suggested", deal=deal.id)


def _ended(request: ContactRequest, actor: Actor, name: str, type_: str) -> ContactRequest:
    REQUEST.move(
        request,
        name,
        current().held,
        {"answer": timedelta(days=policy().answer_days)},
        answered_at=clock.now(),
    )
    by = request.deal.side(actor.id) or ("clock" if "clock" in actor.roles else "operator")
    log.append(log.lock(request.deal_id), type_, by=by, author=actor.id, content={"request": str(request.id)})
    tell(f"contact_request.{name}", request=request.id)
    return request

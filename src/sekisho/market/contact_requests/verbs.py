"""Asking for an outside tool, answering, ending. Declining changes nothing in the contract."""

from __future__ import annotations

from datetime import timedelta

from sekisho.core.rules.model import Outcome
from sekisho.market.contact_requests.models import ContactRequest
from sekisho.market.contact_requests.policy import before_contract, policy
from sekisho.market.contact_requests.states import REQUEST, WAITING, RequestState
from sekisho.market.contracts.models import Contract
from sekisho.market.contracts.real import contact_policy, counts, live_contract
from sekisho.market.deals import log
from sekisho.market.deals.log import Seen
from sekisho.market.deals.models import Deal, Event
from sekisho.market.judging.judge import keep_event
from sekisho.market.judging.models import Judgement
from sekisho.market.kernel import clock, fields
from sekisho.market.kernel.actors import Actor, Standing
from sekisho.market.kernel.ids import new_id
from sekisho.market.kernel.outbox import tell
from sekisho.market.kernel.permits import STANDINGS
from sekisho.market.kernel.problems import Kind, Problem, Row, describe
from sekisho.market.kernel.verbs import current, verb

TOOLS = (
    "chatwork", "slack", "zoom", "meet", "teams", "email", "phone", "line", "discord", "whatsapp", "skype", "wordpress",
    "github",
)  # fmt: skip
"""Tools that can be asked for, by the core's names."""
describe({
    "no_contract_yet": Row(Kind.CONFLICT, "サービス外連絡申請は、仮払いが済んだ契約でのみ行えます。",
                           "A contact request needs a contract whose escrow is funded."),
    "asked_enough": Row(Kind.TOO_MANY, "この契約での申請は{most}回までです。",
                        "On one contract it may be asked at most {most} times."),
    "at_rest": Row(Kind.TOO_MANY, "辞退された申請は、{until}まで再び行えません。",
                   "After a refusal nobody may ask again until {until}."),
    "asked_already": Row(Kind.CONFLICT, "回答を待っている申請があります。", "A request is waiting for its answer."),
    "not_the_asker": Row(Kind.FORBIDDEN, "このサイトでは、申請は相手側から行います。「申請をお願いする」をご利用ください。",
                         "Here the other side files the request. Use “ask for a request”."),
    "no_outside_tools": Row(Kind.CONFLICT, "このサイトでは、サイト外のツールは使えません。やり取りはサイト内でお願いします。",
                            "The rules here allow no outside tools; please stay on the site."),
    "not_the_suggester": Row(Kind.FORBIDDEN, "申請のお願いは、相手側からのみ行えます。",
                             "Only the other side may suggest a request."),
    "suggested_lately": Row(Kind.TOO_MANY, "申請のお願いは1日に1回までです。", "A request can be suggested once a day."),
    "asker_restricted": Row(Kind.CONFLICT, "申請した方は現在、サイト外の連絡を始められません。辞退はできます。",
                            "Whoever asked cannot use outside contact at present. You can decline, not approve."),
    "no_longer": Row(Kind.CONFLICT, "この申請の対象の契約は終わっています。", "The contract this was asked on has ended."),
})  # fmt: skip


@verb("contact_request.ask")
def ask(actor: Actor, deal: Deal, *, tools: tuple[str, ...], purpose: str) -> ContactRequest:
    """Ask to use outside tools for communication on the live contract of a deal.

    The returned request's `state` tells what came of it: asked; returned (its purpose is not for a request) or held.
    """
    names = tuple(dict.fromkeys(fields.one_of(tool, "tools", TOOLS) for tool in tools))
    if not names:
        raise Problem("blank", field="tools")
    words, side = fields.text(purpose, "purpose", 1000), deal.side(actor.id)
    if side not in policy().ask:
        raise Problem("not_the_asker")
    if not contact_policy(deal).outside_tools:
        raise Problem("no_outside_tools")
    contract = live_contract(deal)
    if contract is None and not before_contract(deal):
        raise Problem("no_contract_yet")
    _restrained(deal, contract)
    request = ContactRequest(
        id=new_id(), deal=deal, contract=contract, asker=side, tools=list(names), purpose=words, early=_early(contract),
        announced=_announced(deal, actor),
    )  # fmt: skip
    verdict = log.foresee(deal, "contact_request", by=side, content={"tools": list(names), "purpose": words})
    request.judgement = keep_event(
        words, verdict, kind="contact_request", subject=deal.id, writer=actor.id
    )
    row = REQUEST.find(None, _comes_to(verdict), current().held)
    wait = {RequestState.ASKED: "answer", RequestState.HELD: "look"}.get(RequestState(row.to))
    request.state, request.due_at = row.to, clock.now() + policy().waits[wait] if wait else None
    if row.to == RequestState.RETURNED:
        request.answered_at = clock.now()
    request.save(force_insert=True)
    if row.to == RequestState.ASKED:
        _filed(request)
    else:
        tell(f"contact_request.{row.to}", request=request.id)
    return request


def _early(contract: Contract | None) -> bool:
    soon = timedelta(hours=policy().early_hours)
    return bool(contract and contract.funded_at and clock.now() - contract.funded_at < soon)


def _announced(deal: Deal, actor: Actor) -> bool:
    """Whether the asker has spoken of it as if it were agreed already: what was judged in this deal says so."""
    judged = Judgement.objects.filter(subject=deal.id, writer=actor.id).exclude(verdict="clear")
    return any(
        finding["rule"] in policy().announced and finding["verdict"] != Outcome.CLEAR
        for findings in judged.values_list("findings", flat=True)
        for finding in findings
    )


def _comes_to(verdict: Seen) -> str:
    """ask, return or hold: by the pack's action, if anything in the purpose is more than what a request is for."""
    guilty = [
        finding for finding in verdict.findings
        if finding.verdict is not Outcome.CLEAR
        and finding.label.value not in policy().excused
        and finding.rule not in policy().excused_rules
    ]  # fmt: skip
    actions = {"allow": "ask", "nudge": "return", "refuse": "return", "hold": "hold"}
    return actions[verdict.action.value] if guilty else "ask"


def _filed(request: ContactRequest) -> None:
    content = {"tools": request.tools, "purpose": request.purpose, "request": str(request.id)}
    deal = log.lock(request.deal_id)
    author = deal.client_id if request.asker == "client" else deal.worker_id
    log.append(deal, "contact_request", by=request.asker, author=author, content=content)
    tell("contact_request.asked", request=request.id)


def _restrained(deal: Deal, contract: Contract | None) -> None:
    """Raise `Problem` when it may not be asked now."""
    rules, before = policy(), ContactRequest.objects.filter(deal=deal, contract=contract)
    if ContactRequest.objects.filter(deal=deal, state__in=WAITING).exists():
        raise Problem("asked_already")
    if before.exclude(state=RequestState.RETURNED).count() >= rules.per_contract:
        raise Problem("asked_enough", most=rules.per_contract)
    refused = (
        ContactRequest.objects.filter(deal=deal, state=RequestState.DECLINED).order_by("-answered_at").first()
    )
    if refused is not None and refused.answered_at is not None:
        rest = refused.answered_at + timedelta(days=rules.rest_days)
        if clock.now() < rest:
            raise Problem("at_rest", until=f"{rest:%Y-%m-%d %H:%M}")


@verb("contact_request.release")
def release(actor: Actor, request: ContactRequest) -> ContactRequest:
    """A moderator lets a held request pass to the other side."""
    _not_own(request, actor)
    _move(request, "release")
    _filed(request)
    return request


@verb("contact_request.withhold")
def withhold(actor: Actor, request: ContactRequest, *, because: str) -> ContactRequest:
    """A moderator keeps a held request back; its asker is told why."""
    _not_own(request, actor)
    current().because = fields.text(because, "because", 1000)
    _move(request, "withhold", answered_at=clock.now())
    tell("contact_request.withheld", request=request.id, because=because)
    return request


@verb("contact_request.overdue")
def overdue(actor: Actor, request: ContactRequest) -> ContactRequest:
    """Nobody has looked at a held request in time: it escalates, and again after as long."""
    _move(request, "overdue")
    tell("contact_request.overdue", request=request.id)
    return request


@verb("contact_request.approve")
def approve(actor: Actor, request: ContactRequest) -> ContactRequest:
    """Allow these tools on this contract, for communication only: never for payment or contracts.

    Where the policy wants both approvals, the first of them leaves it half approved.
    """
    if request.contract is not None and not counts(request.contract):
        raise Problem("no_longer")
    asker = request.deal.client if request.asker == "client" else request.deal.worker
    if "ask_contact" not in STANDINGS[Standing(asker.standing)]:
        raise Problem("asker_restricted")
    which = "counterparty" if request.deal.side(actor.id) else "house"
    if "first_approver" in current().held:
        _move(request, "approve", half_by=which)
        tell("contact_request.half_approved", request=request.id)
        return request
    until = clock.now() + policy().waits["approval"] if policy().approval_days else None
    _move(request, "approve", answered_at=clock.now(), due_at=until)
    _noted(request, actor, "contact_request_approved")
    tell("contact_request.approved", request=request.id)
    return request


@verb("contact_request.decline")
def decline(actor: Actor, request: ContactRequest) -> ContactRequest:
    """Say no. The contract goes on as it is, and nobody may ask again for a while."""
    _move(request, "decline", answered_at=clock.now())
    _noted(request, actor, "contact_request_declined")
    tell("contact_request.declined", request=request.id)
    return request


@verb("contact_request.withdraw")
def withdraw(actor: Actor, request: ContactRequest) -> ContactRequest:
    """The asker takes it back."""
    return _dropped(request, actor, "withdraw")


@verb("contact_request.expire")
def expire(actor: Actor, request: ContactRequest) -> ContactRequest:
    """Nobody answered in time."""
    return _dropped(request, actor, "expire")


def _dropped(request: ContactRequest, actor: Actor, name: str) -> ContactRequest:
    """A request that came to nothing. The end of a request would end what is approved beside it: then it is only noted."""
    filed = request.state != RequestState.HELD
    _move(request, name, answered_at=clock.now())
    if filed:
        beside = bool(log.lock(request.deal_id).approved_tools)
        _noted(request, actor, "contact_request_withdrawn" if beside else "contact_request_ended")
    tell(f"contact_request.{request.state}", request=request.id)
    return request


@verb("contact_request.end")
def end(actor: Actor, request: ContactRequest) -> ContactRequest:
    """Take the approval back: from now on everything stays inside. Every approval of the deal ends with it."""
    return _over(request, actor, "end")


@verb("contact_request.run_out")
def run_out(actor: Actor, request: ContactRequest) -> ContactRequest:
    """The time the policy gives an approval is over."""
    return _over(request, actor, "run_out")


def _over(request: ContactRequest, actor: Actor, name: str) -> ContactRequest:
    _move(request, name, answered_at=clock.now())
    for other in ContactRequest.objects.filter(deal=request.deal, state=RequestState.APPROVED):
        REQUEST.move(other, "end", ("clock",), policy().waits, answered_at=clock.now())
        tell("contact_request.ended", request=other.id)
    _noted(request, actor, "contact_request_ended")
    tell("contact_request.ended", request=request.id)
    return request


@verb("contact_request.pause")
def pause(actor: Actor, request: ContactRequest) -> ContactRequest:
    """On an authority (a sanction of one of the two): what was approved does not hold for as long as that does."""
    _move(request, "pause", due_at=request.due_at)
    _noted(request, actor, "contact_request_ended")
    tell("contact_request.paused", request=request.id)
    return request


@verb("contact_request.resume")
def resume(actor: Actor, request: ContactRequest) -> ContactRequest:
    """On an authority: it holds again. The deal says so in the words of a request and its approval, marked as restored."""
    _move(request, "resume", due_at=request.due_at)
    deal, other = log.lock(request.deal_id), "worker" if request.asker == "client" else "client"
    content = {"request": str(request.id), "tools": request.tools, "purpose": request.purpose, "restored": True}
    log.append(deal, "contact_request", by=request.asker, author=None, content=content)
    log.append(deal, "contact_request_approved", by=other, author=None,
               content={"request": str(request.id), "restored": True})  # fmt: skip
    tell("contact_request.resumed", request=request.id)
    return request


@verb("contact_request.suggest")
def suggest(actor: Actor, deal: Deal) -> Deal:
    """Ask the other side to file a request: one word of it a day, in the deal and to the other side. By policy the worker only:

    a client who wants an outside tool files a request, which the worker can decline; a bare word of it would be pressure.
    """
    if deal.side(actor.id) not in policy().suggest:
        raise Problem("not_the_suggester")
    since = clock.now() - timedelta(days=1)
    if Event.objects.filter(deal=deal, type="contact_suggested", author_id=actor.id, at__gt=since).exists():
        raise Problem("suggested_lately")
    side = deal.side(actor.id)
    assert side is not None
    log.append(log.lock(deal.id), "contact_suggested", by=side, author=actor.id, content={})
    tell("contact_request.suggested", deal=deal.id, by=side)
    return deal


def _not_own(request: ContactRequest, actor: Actor) -> None:
    if request.deal.side(actor.id):
        raise Problem("own_matter")


def _move(request: ContactRequest, name: str, **changes: object) -> None:
    REQUEST.move(request, name, current().held, policy().waits, **changes)


def _noted(request: ContactRequest, actor: Actor, type_: str) -> None:
    by = request.deal.side(actor.id) or ("clock" if "clock" in actor.roles else "operator")
    content = {"request": str(request.id)}
    log.append(log.lock(request.deal_id), type_, by=by, author=actor.id, content=content)

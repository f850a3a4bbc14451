"""Things and the page each is shown on, by who looks: parties see theirs, the house its desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sekisho.market.contact_requests.models import ContactRequest
from sekisho.market.contact_requests.states import REQUEST
from sekisho.market.contracts.models import (
    Change,
    Contract,
    Dispute,
    Review,
    Settlement,
    Statement,
    Termination,
)
from sekisho.market.contracts.states import (
    CHANGE,
    CONTRACT,
    DISPUTE,
    REVIEW,
    SETTLEMENT,
    STATEMENT,
    TERMINATION,
)
from sekisho.market.deals.models import Deal
from sekisho.market.files.models import Upload
from sekisho.market.jobs.models import Application, Invitation, Job, Revision
from sekisho.market.jobs.states import APPLICATION, INVITATION, JOB, REVISION
from sekisho.market.judging.models import BackTest, BackTestExample, PackVersion, Rescan
from sekisho.market.judging.states import BACKTEST, PACK, RESCAN
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.states import StateTable
from sekisho.market.ledger.models import Payout, Unmatched
from sekisho.market.ledger.states import PAYOUT, UNMATCHED
from sekisho.market.messaging.models import Message
from sekisho.market.messaging.states import MESSAGE
from sekisho.market.notices.models import Delivery
from sekisho.market.people.models import Account, Token
from sekisho.market.personal_data.models import PersonalDataRequest
from sekisho.market.personal_data.states import DATA
from sekisho.market.profiles.models import Profile
from sekisho.market.safety.models import Appeal, Bulk, Case, Decision, Report
from sekisho.market.safety.states import APPEAL, BULK, CASE, DECISION, REPORT


@dataclass(frozen=True, slots=True)
class Thing:
    """One kind of thing: its place in addresses, its model, its lifecycle if it has one, where the house handles it."""

    plural: str
    model: Any
    table: StateTable | None = None
    desk: str = "/house"


THINGS: dict[str, Thing] = {
    "job": Thing("jobs", Job, JOB),
    "revision": Thing("revisions", Revision, REVISION),
    "application": Thing("applications", Application, APPLICATION),
    "invitation": Thing("invitations", Invitation, INVITATION),
    "deal": Thing("deals", Deal),
    "message": Thing("messages", Message, MESSAGE),
    "contract": Thing("contracts", Contract, CONTRACT),
    "termination": Thing("terminations", Termination, TERMINATION),
    "change": Thing("changes", Change, CHANGE),
    "dispute": Thing("disputes", Dispute, DISPUTE),
    "settlement": Thing("settlements", Settlement, SETTLEMENT),
    "statement": Thing("statements", Statement, STATEMENT),
    "review": Thing("reviews", Review, REVIEW),
    "contact_request": Thing("contact-requests", ContactRequest, REQUEST),
    "payout": Thing("payouts", Payout, PAYOUT, "/house/money"),
    "unmatched": Thing("unmatched", Unmatched, UNMATCHED, "/house/money"),
    "profile": Thing("profiles", Profile),
    "account": Thing("people", Account),
    "token": Thing("tokens", Token),
    "pack": Thing("packs", PackVersion, PACK),
    "backtest": Thing("backtests", BackTest, BACKTEST),
    "example": Thing("examples", BackTestExample),
    "rescan": Thing("rescans", Rescan, RESCAN),
    "file": Thing("files", Upload),
    "personal_data": Thing("personal-data", PersonalDataRequest, DATA),
    "webhook": Thing("webhook-deliveries", Delivery),
    "report": Thing("reports", Report, REPORT),
    "case": Thing("cases", Case, CASE, "/house/cases"),
    "decision": Thing("decisions", Decision, DECISION, "/house/cases"),
    "appeal": Thing("appeals", Appeal, APPEAL, "/house/appeals"),
    "bulk": Thing("bulk", Bulk, BULK, "/house/bulk"),
}
_OWN: dict[str, Callable[[Any], str]] = {
    "pack": lambda pack: f"/house/rules/packs/{pack.pk}",
    "backtest": lambda test: f"/house/rules/backtests/{test.pk}",
    "example": lambda example: f"/house/rules/backtests/{example.backtest_id}",
    "rescan": lambda rescan: f"/house/rules/rescans/{rescan.pk}",
    "bulk": lambda bulk: f"/house/bulk/{bulk.pk}",
}
"""Things that are shown on a page of their own, to the house alone."""
_NAMES = {row.model: name for name, row in THINGS.items()}


_LISTS = {"token": "/me/tokens", "file": "/me/files"}
"""Things that have no page of their own but stand in a list of their owner's."""


def name_of(thing: Any) -> str:
    """`contract` for a contract, and so on: the first word of its actions."""
    return _NAMES[thing._meta.model]


def _concerns(thing: Any, name: str, actor: Actor) -> bool:
    """Whether `thing` is a matter of `actor`'s own, not only his work for the house."""
    if name in ("dispute", "settlement", "contact_request"):
        whole = thing.deal if name == "contact_request" else thing.contract
        return bool(whole.relations(actor))
    return bool(thing.relations(actor))


def _of_safety(thing: Any, name: str, actor: Actor) -> str:
    """Reports and decisions on the pages of whom they concern; cases and appeals at the console."""
    if name == "report":
        of_house = actor.id != thing.reporter_id and actor.roles & {"moderator", "operator"}
        return f"/house/cases/{thing.case_id}" if of_house and thing.case_id else f"/reports/{thing.pk}"
    if name == "case":
        return f"/house/cases/{thing.pk}"
    if name == "decision":
        return f"/decisions/{thing.pk}" if thing.case.subject_id == actor.id else f"/house/cases/{thing.case_id}"
    if thing.appellant_id != actor.id:
        return f"/house/appeals/{thing.pk}"
    return f"/reports/{thing.report_id}" if thing.report_id else f"/decisions/{thing.decision_id}"


def place(thing: Any, actor: Actor) -> str:
    """The address where `actor` sees `thing`."""
    name = name_of(thing)
    if name == "account":
        return "/me" if thing.pk == actor.id else f"/people/{thing.pk}"
    if name in _LISTS:
        return _LISTS[name]
    if name == "webhook":
        return f"/me/webhooks/{thing.endpoint_id}"
    if name in _OWN:
        return _OWN[name](thing)
    if name in ("report", "case", "decision", "appeal"):
        return _of_safety(thing, name, actor)
    if not _concerns(thing, name, actor):
        case = {"dispute": thing.pk, "settlement": getattr(thing, "dispute_id", None)}.get(name)
        return f"/house/disputes/{case}" if case else THINGS[name].desk
    if name in ("job", "deal", "contract", "personal_data"):
        return f"/{THINGS[name].plural}/{thing.pk}"
    for field, plural in (("contract_id", "contracts"), ("deal_id", "deals"), ("job_id", "jobs")):
        if name != "contact_request" or field == "deal_id":
            there = getattr(thing, field, None)
            if there is not None:
                return f"/{plural}/{there}"
    return "/money"

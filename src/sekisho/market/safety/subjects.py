"""What can be reported, and what the record says of it: whom it is about, in which matter, at which stage, by which means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sekisho.market.contact_requests.models import ContactRequest
from sekisho.market.contracts.models import Contract
from sekisho.market.deals.models import Deal
from sekisho.market.jobs.models import Job
from sekisho.market.judging.models import Judgement
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.problems import Problem
from sekisho.market.messaging.models import Message
from sekisho.market.people.models import Account
from sekisho.market.safety.policy import policy


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a report from some thing is about. `matter`: the job, else the deal, else the account itself."""

    account: UUID
    matter: UUID
    deal: UUID | None = None
    stage: str = "pre_contract"
    judgement: Judgement | None = None
    name: str = ""

    @property
    def labels(self) -> tuple[str, ...]:
        """What the judgement of the thing found, gravest first, each label once."""
        findings = self.judgement.findings if self.judgement is not None else ()
        weights = policy().categories
        labels = dict.fromkeys(str(finding["label"]) for finding in findings)
        return tuple(sorted(labels, key=lambda label: -weights.get(label, 0)))


def _of_deal(deal: Deal, account: UUID, judgement: Judgement | None = None) -> Subject:
    return Subject(account, deal.matter or deal.id, deal.id, deal.stage, judgement, deal.title)


def _other(deal: Deal, actor: Actor) -> UUID:
    return deal.worker_id if actor.id == deal.client_id else deal.client_id


def _job(actor: Actor, pk: UUID) -> Subject:
    job = Job.objects.visible_to(actor).select_related("judgement").get(pk=pk)
    return Subject(job.client_id, job.id, judgement=job.judgement, name=job.title)


def _message(actor: Actor, pk: UUID) -> Subject:
    message = Message.objects.visible_to(actor).select_related("deal", "judgement").get(pk=pk)
    return _of_deal(message.deal, message.author_id, message.judgement)


def _profile(actor: Actor, pk: UUID) -> Subject:
    account = Account.objects.get(pk=pk, is_active=True)
    return Subject(account.id, account.id, name=account.display_name)


def _deal(actor: Actor, pk: UUID) -> Subject:
    deal = Deal.objects.visible_to(actor).get(pk=pk)
    return _of_deal(deal, _other(deal, actor))


def _contract(actor: Actor, pk: UUID) -> Subject:
    deal = Contract.objects.visible_to(actor).select_related("deal").get(pk=pk).deal
    return _of_deal(deal, _other(deal, actor))


def _contact_request(actor: Actor, pk: UUID) -> Subject:
    request = ContactRequest.objects.visible_to(actor).select_related("deal").get(pk=pk)
    deal = request.deal
    return _of_deal(deal, deal.client_id if request.asker == "client" else deal.worker_id)


ABOUT: Mapping[str, Callable[[Actor, UUID], Subject]] = {
    "job": _job, "message": _message, "profile": _profile, "deal": _deal, "contract": _contract,
    "contact_request": _contact_request,
}  # fmt: skip
"""By the word of a thing, how it is found for who reports: she can report only what she sees."""


def subject(actor: Actor, about: str, pk: UUID) -> Subject:
    """What the thing is about. Raises `Problem` not_found for what she does not see, own_report for her own."""
    find = ABOUT.get(about)
    if find is None:
        raise Problem("bad_value", field="about", choices=", ".join(ABOUT))
    try:
        found = find(actor, pk)
    except (Job.DoesNotExist, Message.DoesNotExist, Account.DoesNotExist, Deal.DoesNotExist, Contract.DoesNotExist,
            ContactRequest.DoesNotExist):  # fmt: skip
        raise Problem("not_found") from None
    if found.account == actor.id:
        raise Problem("own_report")
    return found


def name_of_matter(matter: UUID) -> str:
    """What a matter is called: the job's or the deal's title, or the account's name."""
    job = Job.objects.filter(pk=matter).first()
    if job is not None:
        return job.title
    deal = Deal.objects.filter(pk=matter).first() or Deal.objects.filter(matter=matter).first()
    if deal is not None:
        return deal.title
    account = Account.objects.filter(pk=matter).first()
    return account.display_name if account is not None else ""


def facts(found: Subject) -> dict[str, Any]:
    """What the form is filled with beforehand: stage, and the categories that the record suggests."""
    return {"stage": found.stage, "labels": list(found.labels)}

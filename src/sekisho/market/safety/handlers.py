"""What the rooms below tell joins cases here: held texts and strong findings, endings after a refusal, links, rescans."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sekisho.market.contact_requests.models import ContactRequest
from sekisho.market.contracts.models import Contract, Review, Statement
from sekisho.market.deals.models import Event
from sekisho.market.jobs.models import Application, Job, Revision
from sekisho.market.judging.models import Judgement
from sekisho.market.kernel import clock
from sekisho.market.kernel.outbox import handles
from sekisho.market.messaging.models import Message
from sekisho.market.profiles.models import Profile
from sekisho.market.safety.fairness import only_answered
from sekisho.market.safety.folding import fold, settle
from sekisho.market.safety.policy import policy


def category_of(judgement: Judgement | None) -> str:
    """The gravest label of a judgement that is a category, else `other`."""
    known = policy().categories
    labels = [str(finding["label"]) for finding in judgement.findings] if judgement is not None else []
    return max((label for label in labels if label in known), key=lambda label: known[label], default="other")


def _text(
    kind: str, row: Any, *, writer: UUID, deal: Any = None, matter: UUID | None = None, category: str = ""
) -> None:
    """A text that was held or found joins a case of its writer, unless he only answered somebody who began."""
    judgement = getattr(row, "judgement", None)
    if deal is not None and only_answered(writer, deal.id):
        return
    fold(
        kind, row.pk, subject=writer, matter=matter or (deal.matter or deal.id if deal else writer),
        category=category or category_of(judgement), deal=deal.id if deal else None,
        judgement=judgement.id if judgement is not None else None, facts={"thing": row._meta.model_name},
    )  # fmt: skip


def _message(payload: dict[str, Any], kind: str) -> None:
    message = Message.objects.select_related("deal", "judgement").get(pk=payload["message"])
    _text(kind, message, writer=message.author_id, deal=message.deal)


@handles("message.held")
def message_held(payload: dict[str, Any]) -> None:
    """A message waits for a moderator."""
    _message(payload, "held")


@handles("message.refused")
def message_refused(payload: dict[str, Any]) -> None:
    """A message was refused: nobody read it, but it was tried."""
    _message(payload, "finding")


@handles("message.delivered")
def message_delivered(payload: dict[str, Any]) -> None:
    """Sent anyway after a warning, or released: the first joins a case, the second was harmless."""
    message = Message.objects.select_related("deal", "judgement").get(pk=payload["message"])
    if message.anyway and message.judgement.verdict == "violation":
        _text("finding", message, writer=message.author_id, deal=message.deal)
    elif message.held_at is not None:
        settle("held", message.id, "harmless")


@handles("job.held")
def job_held(payload: dict[str, Any]) -> None:
    """A job waits for a moderator."""
    job = Job.objects.select_related("judgement").get(pk=payload["job"])
    _text("held", job, writer=job.client_id, matter=job.id)


@handles("revision.held")
def revision_held(payload: dict[str, Any]) -> None:
    """An edit of an open job waits for a moderator."""
    revision = Revision.objects.select_related("judgement", "job").get(pk=payload["revision"])
    _text("held", revision, writer=revision.job.client_id, matter=revision.job_id)


@handles("application.held")
def application_held(payload: dict[str, Any]) -> None:
    """An application waits for a moderator."""
    row = Application.objects.select_related("judgement", "deal").get(pk=payload["application"])
    _text("held", row, writer=row.worker_id, deal=row.deal, matter=row.job_id)


@handles("contact_request.held")
def contact_request_held(payload: dict[str, Any]) -> None:
    """A contact request waits for a moderator."""
    row = ContactRequest.objects.select_related("deal").get(pk=payload["request"])
    asker = row.deal.client_id if row.asker == "client" else row.deal.worker_id
    _text("held", row, writer=asker, deal=row.deal)


@handles("statement.held")
def statement_held(payload: dict[str, Any]) -> None:
    """What somebody said in a contract waits for a moderator."""
    row: Any = Statement.objects.select_related("judgement", "contract__deal").get(pk=payload["statement"])
    _text("held", row, writer=row.author, deal=row.contract.deal)


@handles("review.hidden")
def review_hidden(payload: dict[str, Any]) -> None:
    """A review that breaks the rules, or was written after its writer was refused, is looked at first."""
    row: Any = Review.objects.select_related("judgement", "contract__deal").get(pk=payload["review"])
    category = "retaliation" if row.why == "after_refusal" else ""
    _text("held", row, writer=row.author, deal=row.contract.deal, category=category)


@handles("profile.held")
def profile_held(payload: dict[str, Any]) -> None:
    """A profile waits for a moderator."""
    profile = Profile.objects.get(pk=payload["account"])
    judgement = Judgement.objects.get(pk=payload["judgement"])
    fold(
        "held", judgement.id, subject=profile.account_id, matter=profile.account_id, category=category_of(judgement),
        judgement=judgement.id, facts={"thing": "profile"},
    )  # fmt: skip


_HARMLESS = {
    "job.opened": "job", "application.made": "application", "contact_request.asked": "request", "review.shown": "review",
    "statement.released": "statement",
}  # fmt: skip
"""What says that a held text was let pass, by the key of its id."""


def _let_pass(key: str) -> Callable[[dict[str, Any]], None]:
    def handler(payload: dict[str, Any]) -> None:
        settle("held", UUID(payload[key]), "harmless")

    handler.__module__, handler.__name__ = __name__, f"{key}_let_pass"
    return handler


for _topic, _key in _HARMLESS.items():
    handles(_topic)(_let_pass(_key))


@handles("contract.cancelled")
def contract_cancelled(payload: dict[str, Any]) -> None:
    """A client who ends a contract soon after she refused to go outside adds to the case against him."""
    contract = Contract.objects.select_related("deal").get(pk=payload["contract"])
    deal = contract.deal
    refused = refused_at(deal.id, deal.state)
    ended = contract.ended_at or clock.now()
    within = timedelta(days=policy().cancel_after_refusal_days)
    if payload["by"] == "client" and refused is not None and refused <= ended <= refused + within:
        fold(
            "ending", contract.id, subject=deal.client_id, matter=deal.matter or deal.id, category="retaliation",
            deal=deal.id, facts={"refused_at": refused.isoformat(), "ended_at": ended.isoformat()},
        )  # fmt: skip


def refused_at(deal: UUID, state: dict[str, Any]) -> datetime | None:
    """When the worker last refused to go outside, or declined a contact request, in this deal; None: she did not."""
    piece = state.get("worker", {}).get("refused")
    refusals = Event.objects.filter(deal_id=deal, turn=piece["event"]) if piece else Event.objects.none()
    declined = Event.objects.filter(deal_id=deal, type="contact_request_declined", by="worker")
    times = [*refusals.values_list("at", flat=True), *declined.values_list("at", flat=True)]
    return max(times, default=None)


@handles("linkage.candidate")
def linked(payload: dict[str, Any]) -> None:
    """A new account shares a strong identifier with one that is suspended or banned: somebody looks, nothing else happens."""
    account = UUID(payload["account"])
    fold(
        "linkage", UUID(payload["candidate"]), subject=account, matter=account, category="other",
        facts={"with": payload["offender"], "kinds": payload["kinds"]},
    )  # fmt: skip


@handles("judging.rescanned")
def rescanned(payload: dict[str, Any]) -> None:
    """A new pack finds something in what is already shown: a case, never a removal."""
    judgement, subject = Judgement.objects.get(pk=payload["judgement"]), UUID(payload["subject"])
    fold(
        "rescan", judgement.id, subject=UUID(payload["account"]), matter=subject, category=category_of(judgement),
        judgement=judgement.id, facts={"thing": payload["kind"], "rules": payload["rules"]},
    )  # fmt: skip

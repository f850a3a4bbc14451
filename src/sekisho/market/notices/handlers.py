"""From a topic to notices and letters: finds what the topic is about, who is to be told, and writes it in their language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.mail import send_mail

from sekisho.market.contact_requests.models import ContactRequest
from sekisho.market.contracts.models import Contract
from sekisho.market.deals.models import Deal
from sekisho.market.jobs.models import Application, Job
from sekisho.market.kernel import clock, outbox
from sekisho.market.ledger.models import Payout
from sekisho.market.messaging.models import Message
from sekisho.market.notices import webhooks
from sekisho.market.notices.models import Letter, Notice
from sekisho.market.notices.table import TABLE, Told
from sekisho.market.people.models import Account


def _deal(deal: Deal, by: Any = None) -> dict[str, Any]:
    other = deal.worker if by == deal.client_id or by == "client" else deal.client if by else None
    return {
        "client": deal.client,
        "worker": deal.worker,
        "other": other,
        "title": deal.title,
        "link": f"/deals/{deal.id}",
    }


def _contract(pk: str, payload: dict[str, Any]) -> dict[str, Any]:
    contract = Contract.objects.select_related("deal__client", "deal__worker").get(pk=pk)
    return _deal(contract.deal, payload.get("by")) | {
        "title": contract.title,
        "link": f"/contracts/{contract.id}",
    }


def _message(pk: str, _payload: dict[str, Any]) -> dict[str, Any]:
    message = Message.objects.select_related("deal__client", "deal__worker", "author").get(pk=pk)
    return _deal(message.deal, message.author_id) | {"author": message.author}


def _request(pk: str, payload: dict[str, Any]) -> dict[str, Any]:
    request = ContactRequest.objects.select_related("deal__client", "deal__worker").get(pk=pk)
    return _deal(request.deal, payload.get("by") or request.asker)


def _job(pk: str, _payload: dict[str, Any]) -> dict[str, Any]:
    job = Job.objects.select_related("client").get(pk=pk)
    return {"owner": job.client, "title": job.title, "link": f"/jobs/{job.id}"}


def _application(pk: str, _payload: dict[str, Any]) -> dict[str, Any]:
    application = Application.objects.select_related("deal__client", "deal__worker").get(pk=pk)
    return _deal(application.deal)


def _payout(pk: str, _payload: dict[str, Any]) -> dict[str, Any]:
    payout = Payout.objects.get(pk=pk)
    return {"owner": Account.objects.get(pk=payout.worker), "amount": payout.amount, "link": "/money"}


def _owner(pk: str, payload: dict[str, Any]) -> dict[str, Any]:
    return {"owner": Account.objects.get(pk=pk), "link": "/money"}


FINDERS: dict[str, Callable[[str, dict[str, Any]], dict[str, Any]]] = {
    "contract": _contract, "message": _message, "request": _request, "job": _job, "application": _application,
    "payout": _payout, "client": _owner, "account": _owner, "deal": lambda pk, _: _deal(Deal.objects.get(pk=pk)),
}  # fmt: skip
"""By the key of a topic's payload: how the thing is found, and what is known of it."""


def write(row: Told, payload: dict[str, Any]) -> None:
    """Write one row of the table for one happening."""
    key = next(name for name in FINDERS if name in payload)
    known = payload | FINDERS[key](str(payload[key]), payload)
    staff = (
        Account.objects.filter(is_moderator=True, is_active=True)
        if row.to == "staff"
        else [known.get(row.to)]
    )
    for account in staff:
        if account is None or account.deleted_at is not None:
            continue
        title = (row.en if account.lang == "en" else row.ja).format(**known)
        link = "/house" if row.to == "staff" else known.get("link", "")
        if row.to != "staff":
            webhooks.queue(account.id, row.topic, payload)
        Notice.objects.create(account=account, topic=row.topic, title=title[:200], link=link)
        if row.mail:
            letter = Letter.objects.create(to=account.email, subject=title[:300], body=title)
            outbox.tell("notices.letter", letter=letter.id)


def _register(row: Told) -> None:
    def handler(payload: dict[str, Any]) -> None:
        write(row, payload)

    handler.__name__ = f"tell_{row.to}"
    handler.__module__ = __name__
    outbox.handles(row.topic)(handler)


for _row in TABLE:
    _register(_row)


@outbox.handles("notices.letter")
def send(payload: dict[str, Any]) -> None:
    """Hand a letter to the mail server. At least once: a crash between sending and marking sends it again."""
    letter = Letter.objects.get(pk=payload["letter"])
    if letter.sent_at is None:
        send_mail(letter.subject, letter.body, None, [letter.to])
        letter.sent_at = clock.now()
        letter.save(update_fields=["sent_at"])

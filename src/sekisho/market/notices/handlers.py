"""From a topic to notices and letters: finds what the topic is about, who is to be told, and writes it in their language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.mail import send_mail

from sekisho.market.contact_requests.models import ContactRequest
from sekisho.market.contracts.models import (
    Change,
    Contract,
    Dispute,
    Review,
    Settlement,
    Statement,
    Termination,
)
from sekisho.market.deals.models import Deal
from sekisho.market.jobs.models import Application, Invitation, Job, Revision
from sekisho.market.judging.models import BackTest, PackVersion, Rescan
from sekisho.market.kernel import clock, outbox
from sekisho.market.ledger.models import Payout, Unmatched
from sekisho.market.messaging.models import Message
from sekisho.market.notices import webhooks
from sekisho.market.notices.models import Letter, Notice
from sekisho.market.notices.table import TABLE, Told
from sekisho.market.people.models import Account
from sekisho.market.personal_data.models import PersonalDataRequest
from sekisho.market.safety.appeals import link as appeal_link
from sekisho.market.safety.models import Appeal, Bulk, Decision, Report, Sanction


def _deal(deal: Deal, by: Any = None) -> dict[str, Any]:
    mine = by in (deal.client_id, "client")
    asker, other = (deal.client, deal.worker) if mine else (deal.worker, deal.client) if by else (None, None)
    return {
        "asker": asker,
        "author": asker,
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


def _of_contract(model: Any) -> Callable[[str, dict[str, Any]], dict[str, Any]]:
    def find(pk: str, payload: dict[str, Any]) -> dict[str, Any]:
        thing = model.objects.select_related("contract__deal__client", "contract__deal__worker").get(pk=pk)
        by = payload.get("by") or thing.side
        return _deal(thing.contract.deal, by) | {
            "title": thing.contract.title,
            "link": f"/contracts/{thing.contract_id}",
        }

    return find


def _dispute(pk: str, payload: dict[str, Any]) -> dict[str, Any]:
    said = Statement.objects.filter(pk=payload["statement"]).first() if "statement" in payload else None
    return _of_contract(Dispute)(pk, payload | ({"by": said.side} if said else {}))


def _message(pk: str, _payload: dict[str, Any]) -> dict[str, Any]:
    message = Message.objects.select_related("deal__client", "deal__worker", "author").get(pk=pk)
    return _deal(message.deal, message.author_id) | {"author": message.author}


def _request(pk: str, _payload: dict[str, Any]) -> dict[str, Any]:
    request = ContactRequest.objects.select_related("deal__client", "deal__worker").get(pk=pk)
    return _deal(request.deal, request.asker)


def _personal_data(pk: str, _payload: dict[str, Any]) -> dict[str, Any]:
    return _deal(PersonalDataRequest.objects.select_related("deal__client", "deal__worker").get(pk=pk).deal)


def _job(pk: str, _payload: dict[str, Any]) -> dict[str, Any]:
    job = Job.objects.select_related("client").get(pk=pk)
    return {"owner": job.client, "title": job.title, "link": f"/jobs/{job.id}"}


def _revision(pk: str, payload: dict[str, Any]) -> dict[str, Any]:
    return _job(str(Revision.objects.get(pk=pk).job_id), payload)


def _application(pk: str, _payload: dict[str, Any]) -> dict[str, Any]:
    row = Application.objects.select_related("job__client", "worker").get(pk=pk)
    link = f"/deals/{row.deal_id}" if row.deal_id else f"/jobs/{row.job_id}"
    return {"client": row.job.client, "worker": row.worker, "title": row.job.title, "link": link}


def _invitation(pk: str, _payload: dict[str, Any]) -> dict[str, Any]:
    row = Invitation.objects.select_related("job__client", "worker").get(pk=pk)
    return {
        "client": row.job.client,
        "worker": row.worker,
        "title": row.job.title,
        "link": f"/jobs/{row.job_id}",
    }


def _unmatched(pk: str, _payload: dict[str, Any]) -> dict[str, Any]:
    return {"amount": Unmatched.objects.get(pk=pk).amount}


def _payout(pk: str, _payload: dict[str, Any]) -> dict[str, Any]:
    payout = Payout.objects.get(pk=pk)
    return {"owner": Account.objects.get(pk=payout.worker), "amount": payout.amount, "link": "/money"}


def _owner(pk: str, payload: dict[str, Any]) -> dict[str, Any]:
    return {"owner": Account.objects.get(pk=pk), "link": "/money"}


def _report(pk: str, _payload: dict[str, Any]) -> dict[str, Any]:
    return {"owner": Report.objects.select_related("reporter").get(pk=pk).reporter, "link": f"/reports/{pk}"}


def _case(pk: str, payload: dict[str, Any]) -> dict[str, Any]:
    to = payload.get("to")
    return {"owner": Account.objects.get(pk=to) if to else None, "link": f"/house/cases/{pk}"}


def _decision(pk: str, _payload: dict[str, Any]) -> dict[str, Any]:
    """Its subject is told only of a breach; the letter holds the way to appeal without logging in."""
    decision = Decision.objects.select_related("case__subject").get(pk=pk)
    known: dict[str, Any] = {"owner": None, "link": f"/decisions/{pk}"}
    if decision.breach:
        known |= {"owner": decision.case.subject, "letter": f"{settings.BASE_URL}/appeals/{appeal_link(decision)}"}
    return known


def _bulk(pk: str, _payload: dict[str, Any]) -> dict[str, Any]:
    return {"owner": Bulk.objects.select_related("owner").get(pk=pk).owner, "link": f"/house/bulk/{pk}"}


def _sanction(pk: str, _payload: dict[str, Any]) -> dict[str, Any]:
    sanction = Sanction.objects.select_related("account").get(pk=pk)
    return {"owner": sanction.account, "link": f"/decisions/{sanction.decision_id}"}


def _appeal(pk: str, _payload: dict[str, Any]) -> dict[str, Any]:
    appeal = Appeal.objects.select_related("appellant").get(pk=pk)
    link = f"/reports/{appeal.report_id}" if appeal.report_id else f"/decisions/{appeal.decision_id}"
    return {"owner": appeal.appellant, "link": link}


def _version(pk: str, _payload: dict[str, Any]) -> dict[str, Any]:
    return {"title": str(PackVersion.objects.get(pk=pk)), "link": f"/house/rules/packs/{pk}"}


def _backtest(pk: str, _payload: dict[str, Any]) -> dict[str, Any]:
    title = str(BackTest.objects.select_related("version").get(pk=pk).version)
    return {"title": title, "link": f"/house/rules/backtests/{pk}"}


def _rescan(pk: str, _payload: dict[str, Any]) -> dict[str, Any]:
    title = str(Rescan.objects.select_related("version").get(pk=pk).version)
    return {"title": title, "link": f"/house/rules/rescans/{pk}"}


FINDERS: dict[str, Callable[[str, dict[str, Any]], dict[str, Any]]] = {
    "report": _report, "decision": _decision, "sanction": _sanction, "appeal": _appeal, "case": _case, "bulk": _bulk,
    "version": _version, "backtest": _backtest, "rescan": _rescan,
    "message": _message, "request": _request, "personal_data": _personal_data,
    "judgement": lambda _pk, _payload: {}, "revision": _revision, "application": _application, "invitation": _invitation,
    "dispute": _dispute, "settlement": _of_contract(Settlement), "review": _of_contract(Review),
    "statement": _of_contract(Statement), "termination": _of_contract(Termination), "change": _of_contract(Change),
    "contract": _contract, "job": _job, "payout": _payout, "unmatched": _unmatched, "worker": _owner, "client": _owner,
    "account": _owner, "deal": lambda pk, payload: _deal(Deal.objects.get(pk=pk), payload.get("by")),
}  # fmt: skip
"""By the key of a topic's payload, the nearest thing first: how it is found, and what is known of it."""


def write(row: Told, payload: dict[str, Any]) -> None:
    """Write one row of the table for one happening."""
    key = next(name for name in FINDERS if name in payload)
    known = payload | FINDERS[key](str(payload[key]), payload)
    for account in _recipients(row.to, known):
        if account is None or account.deleted_at is not None:
            continue
        title = (row.en if account.lang == "en" else row.ja).format(**known)
        house = row.to in ("staff", "operators") and not str(known.get("link", "")).startswith("/house")
        link = "/house" if house else known.get("link", "")
        if row.to not in ("staff", "operators"):
            webhooks.queue(account.id, row.topic, payload)
        about = known.get("link", "")
        Notice.objects.create(account=account, topic=row.topic, title=title[:200], link=link, about=about)
        if row.mail:
            body = "\n\n".join(filter(None, [title, known.get("letter")]))
            letter = Letter.objects.create(to=account.email, subject=title[:300], body=body, about=about)
            outbox.tell("notices.letter", letter=letter.id)


def _recipients(to: str, known: dict[str, Any]) -> list[Any]:
    if to == "staff":
        return list(Account.objects.filter(is_moderator=True, is_active=True))
    if to == "operators":
        return list(Account.objects.filter(is_operator=True, is_active=True))
    return [known.get(word) for word in (("client", "worker") if to == "both" else (to,))]


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

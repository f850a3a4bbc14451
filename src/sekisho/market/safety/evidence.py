"""What stands in the record of a reported thing, as references with the record's own hashes: evidence that cannot be forged."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from uuid import UUID

from sekisho.market.contact_requests.models import ContactRequest
from sekisho.market.deals.models import Deal
from sekisho.market.jobs.models import Job
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.problems import Problem
from sekisho.market.messaging.models import Message
from sekisho.market.messaging.reading import events_for
from sekisho.market.people.models import Account
from sekisho.market.profiles.models import Profile
from sekisho.market.safety.subjects import Subject

Reference = tuple[str, UUID, bytes]
"""What kind of thing, which one, and the hash of it as it is now (SHA-256)."""


def record(
    actor: Actor, about: str, about_id: UUID, found: Subject, events: Sequence[UUID]
) -> Iterator[Reference]:
    """The thing itself, then the events she chose. Raises `Problem("not_attachable")` for one she does not see."""
    chosen = list(events)
    if about == "message":
        message = Message.objects.get(pk=about_id)
        if message.event_id is not None and message.event_id not in chosen:
            chosen.insert(0, message.event_id)
    yield from _itself(about, about_id)
    if not chosen:
        return
    deal = Deal.objects.visible_to(actor).filter(pk=found.deal).first() if found.deal else None
    seen = {event.id: event for event in events_for(actor, deal).filter(pk__in=chosen)} if deal else {}
    if len(seen) != len(set(chosen)):
        raise Problem("not_attachable")
    for pk in chosen:
        yield "event", pk, bytes(seen[pk].digest)


def _itself(about: str, pk: UUID) -> Iterator[Reference]:
    if about == "job":
        job = Job.objects.get(pk=pk)
        yield "job", pk, _hash([job.title, job.body, job.category, job.pay_text, job.questions])
    elif about == "profile":
        profile = Profile.objects.filter(pk=pk).first()
        name = Account.objects.get(pk=pk).display_name
        words = [profile.headline, profile.body, profile.company] if profile else []
        yield "profile", pk, _hash([name, *words])
    elif about == "contact_request":
        request = ContactRequest.objects.get(pk=pk)
        yield "request", pk, _hash([request.purpose, request.tools])


def _hash(content: list[object]) -> bytes:
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).digest()



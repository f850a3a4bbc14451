"""Writing an exposure record and keeping it. Its texts are judged by nobody: no eye but its writer's sees them, and a judgement
would keep a second copy that she could not erase."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sekisho.core.guidance import exposure_plan
from sekisho.market.deals.models import Deal
from sekisho.market.exposure.entries import Entry, entries
from sekisho.market.exposure.matters import matters_of
from sekisho.market.exposure.models import Attached, Exposure, Given, Share, Ticked
from sekisho.market.exposure.plain import without_values
from sekisho.market.exposure.states import EXPOSURE, WAITS
from sekisho.market.judging.judge import pack
from sekisho.market.kernel import clock, fields
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.outbox import tell
from sekisho.market.kernel.problems import Kind, Problem, Row, describe
from sekisho.market.kernel.verbs import current, verb
from sekisho.market.messaging.reading import events_for

WORDED = ("message", "application", "posting", "contact_request")
"""Events of a deal that say something."""
MOST_WORDS = 100
describe({
    "words_most": Row(Kind.INVALID, "添えられるやり取りは{most}件までです。", "At most {most} messages can be attached."),
})  # fmt: skip


@verb("exposure.write")
def write(
    actor: Actor, thing: None, *, given: Sequence[Mapping[str, Any]], title: str = "", story: str = ""
) -> Exposure:
    """Write down what was given away: each with `kind`, `on`, `tool`, `to` or `to_words`, `amount_yen` (see `entries.Entry`).

    Raises the problems of `entries.entries` and `plain.without_values`.
    """
    EXPOSURE.find(None, "write", current().held)
    told, words = entries(given, actor.me), _words(title, story)
    exposure = Exposure.objects.create(account_id=actor.me, **words)
    _store(exposure, told)
    return exposure


@verb("exposure.amend")
def amend(
    actor: Actor, exposure: Exposure, *, given: Sequence[Mapping[str, Any]], title: str = "", story: str = ""
) -> Exposure:
    """Write it anew: all that was given, title and story. What is attached and ticked stays."""
    told, words = entries(given, actor.me), _words(title, story)
    EXPOSURE.move(exposure, "amend", current().held, WAITS, amended_at=clock.now(), **words)
    Given.objects.filter(exposure=exposure).delete()
    _store(exposure, told)
    return exposure


def _words(title: str, story: str) -> dict[str, str]:
    return {
        "title": without_values(title, "title", 80),
        "story": without_values(story, "story", 2000, several=True),
    }


def _store(exposure: Exposure, told: Sequence[Entry]) -> None:
    Given.objects.bulk_create(
        Given(exposure=exposure, number=number, kind=entry.kind, on=entry.on, tool=entry.tool, to_id=entry.to,
              to_words=entry.to_words, amount_yen=entry.amount_yen)
        for number, entry in enumerate(told, 1)
    )  # fmt: skip


@verb("exposure.attach")
def attach(actor: Actor, exposure: Exposure, *, deal: UUID, events: Sequence[UUID]) -> Exposure:
    """Let these events of one of her deals belong to the record, and no others of that deal. Their words stay the deal's."""
    EXPOSURE.move(exposure, "attach", current().held, WAITS)
    mine = Deal.objects.visible_to(actor).filter(pk=deal).first()
    if mine is None:
        raise Problem("not_found")
    wanted = set(events)
    found = list(events_for(actor, mine).filter(pk__in=wanted, type__in=WORDED))
    if len(found) != len(wanted):
        raise Problem("not_found")
    others = Attached.objects.filter(exposure=exposure).exclude(event__deal=mine).count()
    if others + len(found) > MOST_WORDS:
        raise Problem("words_most", most=MOST_WORDS)
    Attached.objects.filter(exposure=exposure, event__deal=mine).delete()
    Attached.objects.bulk_create(Attached(exposure=exposure, event=event) for event in found)
    return exposure


@verb("exposure.tick")
def tick(actor: Actor, exposure: Exposure, *, step: str, done: bool = True) -> Exposure:
    """Mark a step of the plan as done, or as not done after all."""
    kinds = Given.objects.filter(exposure=exposure).values_list("kind", flat=True)
    steps = tuple(one.id for one in exposure_plan(kinds, pack=pack()).steps)
    fields.one_of(step, "step", steps)
    EXPOSURE.move(exposure, "tick", current().held, WAITS)
    if done:
        Ticked.objects.get_or_create(exposure=exposure, step=step)
    else:
        Ticked.objects.filter(exposure=exposure, step=step).delete()
    return exposure


@verb("exposure.erase")
def erase(actor: Actor, exposure: Exposure) -> Exposure:
    """Erase what was written. While a case it was shared with is open it waits for the end of that, and is erased then."""
    if _held(exposure):
        EXPOSURE.move(exposure, "leave", current().held, WAITS)
        return exposure
    EXPOSURE.move(exposure, "erase", current().held, WAITS)
    return _emptied(exposure)


@verb("exposure.keep")
def keep(actor: Actor, exposure: Exposure) -> Exposure:
    """Do not erase it after all."""
    EXPOSURE.move(exposure, "keep", current().held, WAITS)
    return exposure


@verb("exposure.wait")
def wait(actor: Actor, exposure: Exposure) -> Exposure:
    """The case is still open: look again tomorrow."""
    EXPOSURE.move(exposure, "wait", current().held, WAITS)
    return exposure


@verb("exposure.finish")
def finish(actor: Actor, exposure: Exposure) -> Exposure:
    """The case is over: what was written is erased."""
    EXPOSURE.move(exposure, "finish", current().held, WAITS)
    return _emptied(exposure)


def ripe(exposure: Exposure) -> bool:
    """Whether nothing keeps a record that is to be erased."""
    return not _held(exposure)


def _held(exposure: Exposure) -> bool:
    """Whether a matter it was ever shared with is still open: who stops sharing does not take evidence out of a case."""
    shared = set(Share.objects.filter(exposure=exposure).values_list("matter", flat=True))
    known = matters_of(exposure.account_id) if shared else {}
    return any(known[matter].open for matter in shared & known.keys())


def _emptied(exposure: Exposure) -> Exposure:
    for rows in (Given, Attached, Ticked):
        rows.objects.filter(exposure=exposure).delete()
    Share.objects.filter(exposure=exposure, ended_at=None).update(ended_at=clock.now())
    exposure.title, exposure.story, exposure.erased_at = "", "", clock.now()
    exposure.save(update_fields=["title", "story", "erased_at"])
    tell("exposure.erased", exposure=exposure.id)
    return exposure

"""What can be done with a whole deal: taken out as evidence, read by a moderator, a body of it erased."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sekisho.market.deals import export as exporting
from sekisho.market.deals import log
from sekisho.market.deals.chain import ERASED
from sekisho.market.deals.models import Body, Deal
from sekisho.market.deals.reading import EventPage, page
from sekisho.market.kernel import clock, fields
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.outbox import tell
from sekisho.market.kernel.problems import Kind, Problem, Row, describe
from sekisho.market.kernel.verbs import current, verb

describe({
    "erased_already": Row(Kind.CONFLICT, "この記録の本文は、すでに消去されています。",
                          "The body of this event is erased already."),
    "no_case": Row(Kind.FORBIDDEN, "対応中の案件、申し立て、確認待ちの文のいずれかがある取引だけを読めます。",
                   "A record is read only where a case, a dispute or a held text is open."),
    "not_erasable": Row(Kind.CONFLICT, "消去の記録そのものは消去できません。", "The record of an erasure cannot be erased."),
})  # fmt: skip

THINGS = ("change", "contract", "dispute", "request", "statement")
"""Fields of a body that name what it was written about: told with an erasure, so that copies of its words go as well."""


def _is_id(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(UUID(value))
    except ValueError:
        return False


OPENINGS: list[Callable[[UUID, Actor], bool]] = []
"""What opens the words of a deal to the house: each room above adds a question about a deal's id and who would read."""


@verb("deal.export")
def export(actor: Actor, deal: Deal) -> dict[str, Any]:
    """The whole log with its hashes, for evidence. Both parties get the same, each at any time."""
    return exporting.export(deal)


@verb("deal.inspect")
def inspect(
    actor: Actor, deal: Deal, *, because: str, before: int | None = None, limit: int = 50
) -> EventPage:
    """A moderator reads a page of the log. Why stands in the audit chain.

    Only where something about the deal is open (`OPENINGS`). Raises `Problem("no_case")`.
    """
    if not any(opens(deal.id, actor) for opens in OPENINGS):
        raise Problem("no_case")
    current().because = fields.text(because, "because", 1000)
    return page(deal, before=before, limit=limit)


@verb("deal.erase_body")
def erase_body(actor: Actor, deal: Deal, *, position: int, because: str) -> None:
    """Erase what an event says, by policy (a person's right, a court's order). The chain still holds, and says so.

    Raises `Problem` not_found, erased_already, not_erasable.
    """
    reason = fields.line(because, "because", 200)
    current().because = reason
    body = Body.objects.select_for_update(of=("self",)).select_related("event").filter(
        event__deal=deal, event__position=position
    ).first()  # fmt: skip
    if body is None:
        raise Problem("not_found")
    if body.erased_at is not None:
        raise Problem("erased_already")
    if body.event.type == ERASED:
        raise Problem("not_erasable")
    things = {name: value for name, value in body.content.items() if name in THINGS and _is_id(value)}
    body.content, body.salt, body.erased_at, body.erased_because = {}, b"", clock.now(), reason
    body.save()
    if body.event.turn is not None:
        log.forget_words(deal, body.event.turn)
    log.append(
        deal, ERASED, by="operator", author=actor.id, content={"position": position, "because": reason}
    )
    tell("deal.body_erased", deal=deal.id, position=position, turn=body.event.turn, event=body.event_id,
         type=body.event.type, by=body.event.by, things=things)  # fmt: skip

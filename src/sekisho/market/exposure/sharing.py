"""Showing a record to whoever handles a report: its writer's own act, and hers to end. To read it is an act of a moderator's."""

from __future__ import annotations

from uuid import UUID

from sekisho.market.exposure.matters import matters_of
from sekisho.market.exposure.models import Exposure, Share
from sekisho.market.exposure.reading import Whole, whole
from sekisho.market.exposure.states import EXPOSURE, WAITS, ExposureState
from sekisho.market.kernel import clock, fields
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.outbox import tell
from sekisho.market.kernel.problems import Problem
from sekisho.market.kernel.verbs import current, verb


@verb("exposure.share")
def share(actor: Actor, exposure: Exposure, *, matter: UUID) -> Exposure:
    """Let those who handle one of her own open reports read the record. Raises `Problem("not_found")` for any other matter."""
    known = matters_of(actor.me).get(matter)
    if known is None or not known.open:
        raise Problem("not_found")
    EXPOSURE.move(exposure, "share", current().held, WAITS)
    _, new = Share.objects.get_or_create(exposure=exposure, matter=matter, ended_at=None)
    if new:
        tell("exposure.shared", exposure=exposure.id, matter=matter)
    return exposure


@verb("exposure.unshare")
def unshare(actor: Actor, exposure: Exposure, *, matter: UUID) -> Exposure:
    """Nobody who handles the report can read it any more, from now on."""
    EXPOSURE.move(exposure, "unshare", current().held, WAITS)
    if Share.objects.filter(exposure=exposure, matter=matter, ended_at=None).update(ended_at=clock.now()):
        tell("exposure.unshared", exposure=exposure.id, matter=matter)
    return exposure


@verb("exposure.inspect")
def inspect(actor: Actor, exposure: Exposure, *, because: str) -> Whole:
    """A moderator reads a record that is shared now. Why stands in the audit chain. Raises `Problem("not_found")` for others."""
    current().because = fields.text(because, "because", 1000)
    live = Share.objects.filter(exposure=exposure, ended_at=None).exists()
    if not live or exposure.state == ExposureState.ERASED:
        raise Problem("not_found")
    return whole(exposure)

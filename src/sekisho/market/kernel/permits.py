"""The permission table: who may do what. Each room adds its rows; an action that is in no row cannot be asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sekisho.market.kernel.actors import Actor, Standing, Thing
from sekisho.market.kernel.problems import Problem

_EVERYTHING = frozenset(
    {
        "post_job",
        "apply",
        "message",
        "ask_contact",
        "contract",
        "fund",
        "finish",
        "withdraw",
        "report",
        "appeal",
        "read",
    }
)
STANDINGS: dict[Standing, frozenset[str]] = {
    Standing.GOOD: _EVERYTHING,
    Standing.WARNED: _EVERYTHING,
    Standing.POSTING_PAUSED: _EVERYTHING - {"post_job", "ask_contact"},
    # Live contracts are still delivered, accepted and talked about: a pause must not hurt the other side.
    Standing.SUSPENDED: frozenset({"message", "finish", "withdraw", "report", "appeal", "read"}),
    # Earned money is still the earner's, and everybody may appeal.
    Standing.BANNED: frozenset({"withdraw", "appeal", "read"}),
}
"""What each standing permits: the words are the `needs` of the rows below."""


@dataclass(frozen=True, slots=True)
class Permit:
    """One row: those in `by` may do `action` if their standing permits `needs` (None: whatever the standing)."""

    action: str
    by: tuple[str, ...]
    needs: str | None = None


TABLE: dict[str, Permit] = {}


def allow(rows: Iterable[Permit]) -> None:
    """Add a room's rows. Raises `ValueError` for an action that is taken or a need that no standing knows."""
    for row in rows:
        if row.action in TABLE:
            raise ValueError(f"the permission table has two rows for {row.action}")
        if row.needs is not None and row.needs not in _EVERYTHING:
            raise ValueError(f"{row.action}: no standing knows {row.needs!r}; one of {sorted(_EVERYTHING)}")
        TABLE[row.action] = row


def relations(actor: Actor, thing: Thing | None) -> frozenset[str]:
    """Every word of the table that holds for `actor` here."""
    held = actor.roles | (thing.relations(actor) if thing is not None else frozenset())
    return held | {"authority"} if actor.authority else held


def permit(actor: Actor, action: str, thing: Thing | None = None) -> frozenset[str]:
    """The words under which `actor` may do `action`; raises `Problem` not_found, not_yours or standing.

    Who stands in no relation to a thing is told it does not exist. Raises `KeyError` for an unknown action.
    """
    row = TABLE[action]
    held = relations(actor, thing)
    words = held & set(row.by)
    if not words:
        stranger = thing is not None and not thing.relations(actor) and not held & {"moderator", "operator"}
        raise Problem("not_found" if stranger else "not_yours")
    if row.needs is not None and row.needs not in STANDINGS[actor.standing]:
        raise Problem("standing")
    return words


def may(actor: Actor, action: str, thing: Thing | None = None) -> bool:
    """Whether `permit` would let it pass: for buttons."""
    try:
        permit(actor, action, thing)
    except Problem:
        return False
    return True

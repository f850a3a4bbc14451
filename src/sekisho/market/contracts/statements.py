"""A moderator lets a held statement pass, or keeps it back."""

from __future__ import annotations

from sekisho.market.contracts.models import Statement
from sekisho.market.contracts.moves import hand_over, not_own, said, step, words_of
from sekisho.market.contracts.states import STATEMENT
from sekisho.market.kernel import clock, fields
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.outbox import tell
from sekisho.market.kernel.verbs import current, verb


@verb("statement.release")
def release(actor: Actor, statement: Statement) -> Statement:
    """Let the other side read it; the deal holds its words from now on."""
    not_own(statement.contract, actor)
    step(STATEMENT, statement, "release", ended_at=clock.now())
    hand_over(statement)
    said(statement.contract, "statement_shown", statement.side, statement.author, **words_of(statement))
    tell("statement.released", statement=statement.id)
    return statement


@verb("statement.withhold")
def withhold(actor: Actor, statement: Statement, *, because: str) -> Statement:
    """Keep it back for good; its writer is told why."""
    not_own(statement.contract, actor)
    current().because = fields.text(because, "because", 1000)
    step(STATEMENT, statement, "withhold", ended_at=clock.now())
    tell("statement.withheld", statement=statement.id, because=because)
    return statement


@verb("statement.overdue")
def overdue(actor: Actor, statement: Statement) -> Statement:
    """Nobody has looked at it in time: it escalates, and again after as long. It is never shown by silence."""
    step(STATEMENT, statement, "overdue")
    tell("statement.overdue", statement=statement.id)
    return statement

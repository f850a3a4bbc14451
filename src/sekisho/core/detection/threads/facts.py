"""Which facts hold at an event, from the state before it. No texts are read here."""

from __future__ import annotations

from sekisho.core.detection.threads.events import Event, EventType
from sekisho.core.detection.threads.state import ThreadState, other
from sekisho.core.rules.course import Fact
from sekisho.core.rules.model import Sender
from sekisho.core.rules.policy import ContactPolicy

REFUSAL_REACH = 8
"""Events for which a refusal is remembered as lately."""

CONTRACT_REACH = 2
"""Events after the funding for which the contract counts as just made."""


def facts_of(state: ThreadState, event: Event, policy: ContactPolicy) -> frozenset[Fact]:
    """The facts for the side that writes or does `event`; for a cancellation by nobody named, those of the client."""
    who = event.by or Sender.CLIENT
    mine, theirs = state.side(who), state.side(other(who))
    live = state.live(policy)
    refused = theirs.refused
    holds = {
        Fact.IN_THREAD: True,
        Fact.AFTER_REFUSAL: refused is not None and state.count - refused.event <= REFUSAL_REACH,
        Fact.AFTER_REQUEST_DECLINED: mine.declined,
        Fact.REQUEST_OPEN: mine.ever_requested and not state.approved,
        Fact.REQUEST_PENDING: mine.requested is not None,
        Fact.REQUEST_FILED: event.type is EventType.CONTACT_REQUEST,
        Fact.PURPOSE_MISSING: event.type is EventType.CONTACT_REQUEST
        and not any(map(str.isalnum, event.text)),
        Fact.CANCELLED_BY_CLIENT: event.type is EventType.CANCELLED and event.by is not Sender.WORKER,
        Fact.NO_CONTRACT: not live,
        Fact.CONTRACT_LIVE: live,
        Fact.TOKEN_CONTRACT: state.token(policy),
        Fact.AFTER_COMPLETION: state.completed and not state.funded,
        Fact.JUST_CONTRACTED: live and state.count - state.funded_at <= CONTRACT_REACH,
        Fact.POSTING_SEEN: state.posted,
        Fact.LURED: bool(theirs.began),
    }
    return frozenset(fact for fact, here in holds.items() if here)

"""What a rule may know of the course of a deal, and what a text may say about it. Follows none."""

from __future__ import annotations

from enum import StrEnum


class Fact(StrEnum):
    """What holds at an event of a thread for the side that writes or does it."""

    IN_THREAD = "in_thread"
    """Always, in a thread."""
    AFTER_REFUSAL = "after_refusal"
    """The other side lately declined to go outside, to give data or to approve."""
    AFTER_REQUEST_DECLINED = "after_request_declined"
    """A contact request of this side was declined, and none has been approved since."""
    REQUEST_OPEN = "request_open"
    """This side has filed a contact request at some time, and no tool is approved."""
    REQUEST_PENDING = "request_pending"
    """A contact request of this side awaits its answer."""
    REQUEST_FILED = "request_filed"
    """The event is itself a contact request."""
    PURPOSE_MISSING = "purpose_missing"
    """The event is a contact request that states no purpose."""
    CANCELLED_BY_CLIENT = "cancelled_by_client"
    """The event is a cancellation by the client, or by nobody named."""
    NO_CONTRACT = "no_contract"
    """No funded contract is live."""
    CONTRACT_LIVE = "contract_live"
    """A contract is agreed and funded with a real sum."""
    TOKEN_CONTRACT = "token_contract"
    """A contract is agreed and funded with less than a real sum."""
    AFTER_COMPLETION = "after_completion"
    """A contract was completed and no new one is agreed."""
    JUST_CONTRACTED = "just_contracted"
    """The contract was funded at one of the last few events."""
    POSTING_SEEN = "posting_seen"
    """The thread began with a posting."""
    CONTACT_COMPLETED = "contact_completed"
    """The event completes a contact of which other parts stand in earlier messages of this side."""
    LURED = "lured"
    """The other side began to solicit before."""


class Signal(StrEnum):
    """What a text says that is no offence but moves the course. Frames name their signals."""

    REFUSAL = "refusal"
    """Declines to go outside, to give data, to pay or to approve."""
    DECLINE = "decline"
    """Declines something; a refusal where the other side had asked for what lies outside."""
    CONTINUES = "continues"
    """Goes on from, or is to be put together with, what was written before."""
    FRAGMENT = "fragment"
    """Part of a contact may stand here: an id, a number, a local part, a tool to look in."""

"""The lifecycle of a message. What the pack's action table says is the first verb; `mute` is a block's."""

from __future__ import annotations

from enum import StrEnum

from sekisho.market.kernel.states import Row, StateTable


class MessageState(StrEnum):
    """Where a message stands. Only a delivered one is seen by its recipient; a muted one looks delivered to its writer."""

    DELIVERED = "delivered"
    NUDGED = "nudged"
    HELD = "held"
    REFUSED = "refused"
    MUTED = "muted"
    WITHHELD = "withheld"


S = MessageState
SAID = frozenset({S.DELIVERED, S.MUTED})
"""It stands in the log."""
PARTY = ("client", "worker")
MESSAGE = StateTable("message", MessageState, [
    Row(None,     "allow",       PARTY,           S.DELIVERED, standing="message"),
    Row(None,     "nudge",       PARTY,           S.NUDGED,    standing="message"),
    Row(None,     "hold",        PARTY,           S.HELD,      standing="message"),
    Row(None,     "refuse",      PARTY,           S.REFUSED,   standing="message"),
    Row(None,     "mute",        PARTY,           S.MUTED,     standing="message"),
    Row(S.NUDGED, "send_anyway", ("author",),     S.DELIVERED, standing="message"),
    # What the table says may have changed between the nudge and the wish to send it all the same.
    Row(S.NUDGED, "hold",        ("author",),     S.HELD,      standing="message"),
    Row(S.NUDGED, "refuse",      ("author",),     S.REFUSED,   standing="message"),
    Row(S.NUDGED, "mute",        ("author",),     S.MUTED,     standing="message"),
    Row(S.HELD,   "release",     ("moderator",),  S.DELIVERED),
    Row(S.HELD,   "mute",        ("moderator",),  S.MUTED,     standing="message"),
    Row(S.HELD,   "withhold",    ("moderator",),  S.WITHHELD),
    # An appeal was upheld: it is delivered after all.
    Row(S.WITHHELD, "release",   ("authority",),  S.DELIVERED),
    Row(S.WITHHELD, "mute",      ("authority",),  S.MUTED,     standing="message"),
], rests=(S.WITHHELD,))  # fmt: skip

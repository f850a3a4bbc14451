"""The lifecycles of a job, of an edit of an open one, of an application and of an invitation."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from sekisho.market.kernel.states import Row, StateTable


class JobState(StrEnum):
    """Where a posting stands."""

    DRAFT = "draft"
    SCREENING = "screening"
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"
    REMOVED = "removed"


class RevisionState(StrEnum):
    """Where an edit of an open job stands. Until it is shown, the job stays as it was."""

    HELD = "held"
    SHOWN = "shown"
    SENT_BACK = "sent_back"
    DROPPED = "dropped"


class ApplicationState(StrEnum):
    """Where an application stands. The client sees it from `submitted` on."""

    RETURNED = "returned"
    HELD = "held"
    WITHHELD = "withheld"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"
    CHOSEN = "chosen"


class InvitationState(StrEnum):
    """Where an invitation stands. A muted one looks sent to its client, and the worker never hears of it."""

    SENT = "sent"
    MUTED = "muted"
    TAKEN_UP = "taken_up"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


LOOK_WITHIN = timedelta(hours=24)
"""A held text is looked at within this, or it escalates."""
WAITS = {"look": LOOK_WITHIN, "closes": timedelta(0)}
"""Lengths of the timers; when a job closes is its own `closes_on`."""
S, R, A, I = JobState, RevisionState, ApplicationState, InvitationState  # noqa: E741 - one letter a lifecycle
JOB = StateTable("job", JobState, [
    Row(None,        "draft",   ("a_client",),            S.DRAFT,     standing="post_job"),
    # What is submitted is judged at once: a clear posting opens, another waits for a person.
    Row(S.DRAFT,     "submit",  ("owner",),               S.SCREENING, standing="post_job"),
    Row(S.SCREENING, "publish", ("clock", "moderator"),   S.OPEN),
    Row(S.SCREENING, "take_back", ("owner",),             S.DRAFT),
    Row(S.SCREENING, "send_back", ("moderator",),         S.DRAFT),
    Row(S.SCREENING, "remove",  ("moderator",),           S.REMOVED),
    Row(S.SCREENING, "overdue", ("clock",),               S.SCREENING, after="look"),
    Row(S.OPEN,      "remove",  ("moderator",),           S.REMOVED),
    # A sanction of its client takes it from sight; the end of the sanction or an upheld appeal brings it back.
    Row(S.OPEN,      "pause",   ("authority",),           S.PAUSED),
    Row(S.PAUSED,    "resume",  ("authority",),           S.OPEN),
    Row(S.PAUSED,    "close",   ("owner",),               S.CLOSED),
    Row(S.PAUSED,    "close_by_date", ("clock",),         S.CLOSED,    after="closes"),
    Row(S.PAUSED,    "remove",  ("moderator",),           S.REMOVED),
    Row(S.REMOVED,   "restore", ("authority",),           S.OPEN),
    Row(S.OPEN,      "close",   ("owner",),               S.CLOSED),
    Row(S.OPEN,      "close_by_date", ("clock",),         S.CLOSED,    after="closes"),
], rests=(S.REMOVED,))  # fmt: skip
REVISION = StateTable("revision", RevisionState, [
    Row(None,   "show",      ("owner",),     R.SHOWN,     standing="post_job"),
    Row(None,   "hold",      ("owner",),     R.HELD,      standing="post_job"),
    Row(R.HELD, "publish",   ("moderator",), R.SHOWN),
    Row(R.HELD, "send_back", ("moderator",), R.SENT_BACK),
    # Taken back, or another edit came, or the job is no longer open.
    Row(R.HELD, "drop",      ("owner", "clock"), R.DROPPED),
    Row(R.HELD, "overdue",   ("clock",),     R.HELD,      after="look"),
])  # fmt: skip
APPLICATION = StateTable("application", ApplicationState, [
    Row(None,        "apply",    ("a_worker",),  A.SUBMITTED, standing="apply"),
    Row(None,        "return",   ("a_worker",),  A.RETURNED,  standing="apply"),
    Row(None,        "hold",     ("a_worker",),  A.HELD,      standing="apply"),
    Row(A.HELD,      "release",  ("moderator",), A.SUBMITTED),
    Row(A.HELD,      "withhold", ("moderator",), A.WITHHELD),
    Row(A.WITHHELD,  "release",  ("authority",), A.SUBMITTED),
    Row(A.HELD,      "withdraw", ("worker",),    A.WITHDRAWN),
    Row(A.HELD,      "overdue",  ("clock",),     A.HELD,      after="look"),
    Row(A.SUBMITTED, "withdraw", ("worker",),    A.WITHDRAWN),
    Row(A.SUBMITTED, "decline",  ("client",),    A.DECLINED),
    Row(A.SUBMITTED, "choose",   ("client",),    A.CHOSEN),
], rests=(A.WITHHELD,))  # fmt: skip
INVITATION = StateTable("invitation", InvitationState, [
    Row(None,   "invite",   ("owner",),  I.SENT,      standing="post_job"),
    Row(None,   "mute",     ("owner",),  I.MUTED,     standing="post_job"),
    Row(I.SENT, "take_up",  ("worker",), I.TAKEN_UP),
    Row(I.SENT, "decline",  ("worker",), I.DECLINED),
    Row(I.SENT, "withdraw", ("client",), I.WITHDRAWN),
    Row(I.MUTED, "withdraw", ("client",), I.WITHDRAWN),
])  # fmt: skip
TABLES = (JOB, REVISION, APPLICATION, INVITATION)

"""The lifecycles of a job and of an application."""

from __future__ import annotations

from enum import StrEnum

from sekisho.market.kernel.states import Row, StateTable


class JobState(StrEnum):
    """Where a posting stands."""

    DRAFT = "draft"
    SCREENING = "screening"
    OPEN = "open"
    CLOSED = "closed"
    REMOVED = "removed"


class ApplicationState(StrEnum):
    """Where an application stands."""

    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"
    CHOSEN = "chosen"


S, A = JobState, ApplicationState
JOB = StateTable("job", JobState, [
    Row(None,        "draft",   ("a_client",),            S.DRAFT,     standing="post_job"),
    # What is submitted is judged at once: a clear posting opens, another waits for a person.
    Row(S.DRAFT,     "submit",  ("owner",),               S.SCREENING, standing="post_job"),
    Row(S.OPEN,      "submit",  ("owner",),               S.SCREENING, standing="post_job"),
    Row(S.SCREENING, "publish", ("clock", "moderator"),   S.OPEN),
    Row(S.SCREENING, "send_back", ("moderator",),         S.DRAFT),
    Row(S.SCREENING, "remove",  ("moderator",),           S.REMOVED),
    Row(S.OPEN,      "remove",  ("moderator",),           S.REMOVED),
    Row(S.OPEN,      "close",   ("owner",),               S.CLOSED),
])  # fmt: skip
APPLICATION = StateTable("application", ApplicationState, [
    Row(None,        "apply",    ("a_worker",),  A.SUBMITTED, standing="apply"),
    Row(A.SUBMITTED, "withdraw", ("worker",),    A.WITHDRAWN),
    Row(A.SUBMITTED, "decline",  ("client",),    A.DECLINED),
    Row(A.SUBMITTED, "choose",   ("client",),    A.CHOSEN),
])  # fmt: skip

"""The public way to judge a thread: all at once, or event by event with a state that can be put away."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any

from sekisho.core.detection.acts import GRAVITY
from sekisho.core.detection.judge import FORCE
from sekisho.core.detection.library import load
from sekisho.core.detection.threads.events import BadEvent, read_event
from sekisho.core.detection.threads.state import ThreadState, from_plain, to_plain
from sekisho.core.detection.threads.verdict import EventVerdict, ThreadVerdict
from sekisho.core.detection.threads.walk import advance
from sekisho.core.rules.model import Action, Outcome, Stage


class Thread:
    """A thread judged as it grows. What is remembered is bounded: event n+1 costs the same whatever n is."""

    def __init__(self, pack: str | os.PathLike[str] = "standard") -> None:
        """Raises `PackError`."""
        self._judge = load(os.fspath(pack))
        self._state = ThreadState()

    @classmethod
    def resume(cls, state: Mapping[str, Any], pack: str | os.PathLike[str] = "standard") -> Thread:
        """Go on from what `state` returned. Raises `BadState`, `PackError`."""
        thread = cls(pack)
        thread._state = from_plain(state)
        return thread

    def add(self, event: Mapping[str, Any]) -> EventVerdict:
        """Judge the next event. A `BadEvent` leaves the thread as it was."""
        self._state, verdict = advance(self._judge, self._state, read_event(event, self._state.count))
        return verdict

    def state(self) -> dict[str, Any]:
        """What must be kept to go on later, as plain JSON values. Holds words of the last few messages."""
        return to_plain(self._state)

    @property
    def stage(self) -> Stage:
        """Where the deal stands now."""
        return self._state.stage(self._judge.pack.contact_request)

    @property
    def digest(self) -> str:
        """What the verdicts depend on beside the events: pack and engine."""
        return self._judge.digest

    @property
    def approved_tools(self) -> tuple[str, ...]:
        """The outside tools that an approval in force covers."""
        return self._state.approved


def check_thread(
    events: Iterable[Mapping[str, Any]], *, pack: str | os.PathLike[str] = "standard"
) -> ThreadVerdict:
    """Judge a whole thread: plain dicts in order, each with a "type" (see `EventType`); further keys are let pass.

    Stage and approvals come from the events alone. Raises `BadEvent` (with `index` and `field`) and `PackError`, both
    `ValueError`.
    """
    if isinstance(events, str | bytes | Mapping):
        raise BadEvent(0, "type", "a thread is a list of events", 'give [{"type": "message", …}, …]')
    thread = Thread(pack)
    verdicts = [thread.add(event) for event in events]
    judge = thread._judge
    return ThreadVerdict(
        verdict=max((v.verdict for v in verdicts), key=GRAVITY.__getitem__, default=Outcome.CLEAR),
        action=max((v.action for v in verdicts), key=FORCE.__getitem__, default=Action.ALLOW),
        stage=thread.stage,
        approved_tools=thread.approved_tools,
        findings=tuple(finding for verdict in verdicts for finding in verdict.findings),
        events=tuple(verdicts),
        pack=judge.pack.id,
        digest=judge.digest,
        unsure=tuple(dict.fromkeys(check for verdict in verdicts for check in verdict.unsure)),
    )

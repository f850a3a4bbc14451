"""What a thread remembers between two events: small, bounded, immutable. What it means is in `walk`."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import Any

from sekisho.core.detection.threads.events import Event, EventType
from sekisho.core.rules.model import Sender, Stage
from sekisho.core.rules.policy import ContactPolicy, Decider

OPEN_LIMIT = 8
"""Contracts open at a time that are told apart."""

PIECES = 6
"""Messages of one side in which the parts of a split contact are looked for."""

PIECE_POINTS = 400
"""Code points of those messages together; of a longer message the end is kept."""

QUOTE_POINTS = 200
"""Code points kept of a refusal, to be shown as evidence."""

VERSION = 1


class BadState(ValueError):
    """A state that `Thread.state` did not make, or that another version did."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of what somebody wrote: `text` stands at `start` (code points) of event `event`."""

    event: int
    start: int
    text: str


@dataclass(frozen=True, slots=True)
class SideState:
    """What is remembered of one side.

    `requested` are the tools of its contact request that awaits an answer (None: there is none). `refused` is the last time
    it declined something. `began` maps what it solicited for to the event at which it began. `told` counts its findings.
    """

    requested: tuple[str, ...] | None = None
    ever_requested: bool = False
    declined: bool = False
    refused: Piece | None = None
    began: tuple[tuple[str, int], ...] = ()
    told: int = 0
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class ThreadState:
    """`count` events were seen. `funded` holds, for each open contract, the whole yen in escrow; `approved` the tools allowed."""

    count: int = 0
    funded: tuple[int, ...] = ()
    funded_at: int = -1
    completed: bool = False
    approved: tuple[str, ...] = ()
    client: SideState = field(default_factory=SideState)
    worker: SideState = field(default_factory=SideState)
    posted: bool = False

    def side(self, who: Sender) -> SideState:
        return self.client if who is Sender.CLIENT else self.worker

    def with_side(self, who: Sender, side: SideState) -> ThreadState:
        return replace(self, client=side) if who is Sender.CLIENT else replace(self, worker=side)

    def live(self, policy: ContactPolicy) -> bool:
        """Whether a contract is agreed and funded with a real sum."""
        return any(sum_ >= policy.token_contract_yen for sum_ in self.funded)

    def token(self, policy: ContactPolicy) -> bool:
        """Whether only contracts that are a fig leaf are funded."""
        return not self.live(policy) and any(sum_ > 0 for sum_ in self.funded)

    def stage(self, policy: ContactPolicy) -> Stage:
        """Where the deal stands by its events alone."""
        live = self.live(policy)
        if self.approved and policy.outside_tools and (live or policy.before_contract):
            return Stage.CONTACT_APPROVED
        return Stage.CONTRACTED if live else Stage.PRE_CONTRACT


def other(who: Sender) -> Sender:
    """The other side."""
    return Sender.WORKER if who is Sender.CLIENT else Sender.CLIENT


def after(state: ThreadState, event: Event, policy: ContactPolicy) -> ThreadState:
    """The state after an event's facts; what its text says is noted in `walk`.

    What an event presupposes and the log does not show is never assumed: escrow without an agreed contract funds nothing, an
    approval without a request, of one's own request, by a party where the operator decides, or without a live contract where the
    pack wants one approves nothing.
    """
    kind = event.type
    if kind is EventType.CONTRACT_AGREED:
        return replace(state, funded=(*state.funded, 0)[-OPEN_LIMIT:])
    if kind is EventType.ESCROW_FUNDED:
        return _funded(state, event.amount_yen or 0, policy)
    if kind in (EventType.ACCEPTED, EventType.CANCELLED, EventType.LAPSED):
        return _ended(state, policy, completed=kind is EventType.ACCEPTED)
    if kind is EventType.CONTACT_REQUEST and event.by is not None:
        side = replace(state.side(event.by), requested=event.tools, ever_requested=True)
        return state.with_side(event.by, side)
    if kind in (EventType.CONTACT_REQUEST_APPROVED, EventType.CONTACT_REQUEST_DECLINED):
        return _answered(state, event, policy)
    if kind is EventType.CONTACT_REQUEST_ENDED:
        return _without_requests(replace(state, approved=()))
    if kind is EventType.POSTING:
        return replace(state, posted=True)
    return state


def _funded(state: ThreadState, amount: int, policy: ContactPolicy) -> ThreadState:
    """Money goes to the newest contract that still has less than a real sum, else to the newest."""
    if not state.funded:
        return state
    poor = [index for index, sum_ in enumerate(state.funded) if sum_ < policy.token_contract_yen]
    at = poor[-1] if poor else len(state.funded) - 1
    funded = (*state.funded[:at], state.funded[at] + amount, *state.funded[at + 1 :])
    return replace(state, funded=funded, funded_at=state.count)


def _ended(state: ThreadState, policy: ContactPolicy, *, completed: bool) -> ThreadState:
    """A contract ends, a live one first; approvals are void, whatever else is open."""
    live = [index for index, sum_ in enumerate(state.funded) if sum_ >= policy.token_contract_yen]
    at = live[0] if live else len(state.funded) - 1
    rest = (*state.funded[:at], *state.funded[at + 1 :]) if state.funded else ()
    done = state.completed or (completed and bool(state.funded))
    return _without_requests(replace(state, funded=rest, approved=(), completed=done))


def _without_requests(state: ThreadState) -> ThreadState:
    return replace(
        state, client=replace(state.client, requested=None), worker=replace(state.worker, requested=None)
    )


def _answered(state: ThreadState, event: Event, policy: ContactPolicy) -> ThreadState:
    asker = _asker(state, event)
    if asker is None:
        return state
    side = state.side(asker)
    tools, side = side.requested or (), replace(side, requested=None)
    if event.type is EventType.CONTACT_REQUEST_DECLINED:
        return state.with_side(asker, replace(side, declined=True))
    if policy.decided_by is Decider.OPERATOR and event.by is not None:
        return state
    state = state.with_side(asker, replace(side, declined=False))
    counts = policy.outside_tools and (policy.before_contract or state.live(policy))
    return replace(state, approved=tuple(dict.fromkeys((*state.approved, *tools)))) if counts else state


def _asker(state: ThreadState, event: Event) -> Sender | None:
    """Whose request is answered: nobody answers his own."""
    for who in (Sender.CLIENT, Sender.WORKER):
        if state.side(who).requested is not None and event.by is not who:
            return who
    return None


def to_plain(state: ThreadState) -> dict[str, Any]:
    """The state as plain JSON values."""
    return {"version": VERSION, **asdict(state)}


def from_plain(data: Any) -> ThreadState:
    """The state that `to_plain` made. Raises `BadState`."""
    if not isinstance(data, dict) or data.get("version") != VERSION:
        raise BadState(f"not a thread's state of version {VERSION}; give what `Thread.state()` returned")
    try:
        return ThreadState(
            count=int(data["count"]),
            funded=tuple(int(sum_) for sum_ in data["funded"]),
            funded_at=int(data["funded_at"]),
            completed=bool(data["completed"]),
            approved=tuple(str(tool) for tool in data["approved"]),
            client=_side_from(data["client"]),
            worker=_side_from(data["worker"]),
            posted=bool(data["posted"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadState(f"not a thread's state: {error!r}; give what `Thread.state()` returned") from None


def _side_from(data: dict[str, Any]) -> SideState:
    return SideState(
        requested=None if data["requested"] is None else tuple(data["requested"]),
        ever_requested=bool(data["ever_requested"]),
        declined=bool(data["declined"]),
        refused=None if data["refused"] is None else Piece(**data["refused"]),
        began=tuple((str(name), int(event)) for name, event in data["began"]),
        told=int(data["told"]),
        pieces=tuple(Piece(**piece) for piece in data["pieces"]),
    )

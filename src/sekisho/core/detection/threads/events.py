"""The events of a thread: plain dicts from outside made into typed values, or refused. No meanings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from enum import StrEnum
from typing import Any

from sekisho.core.rules.model import Sender

TOOLS_LIMIT = 50
"""Tools one contact request may name."""

NAME_LIMIT = 200
"""Code points of an id, a time or the name of a tool."""


class EventType(StrEnum):
    """What can happen between two people about one job."""

    MESSAGE = "message"
    POSTING = "posting"
    APPLICATION = "application"
    CONTRACT_AGREED = "contract_agreed"
    ESCROW_FUNDED = "escrow_funded"
    CONTACT_REQUEST = "contact_request"
    CONTACT_REQUEST_APPROVED = "contact_request_approved"
    CONTACT_REQUEST_DECLINED = "contact_request_declined"
    CONTACT_REQUEST_ENDED = "contact_request_ended"
    DELIVERED = "delivered"
    ACCEPTED = "accepted"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"


WRITTEN = frozenset({EventType.MESSAGE, EventType.POSTING, EventType.APPLICATION, EventType.CONTACT_REQUEST})
"""The events that carry a text to be judged."""


class BadEvent(ValueError):
    """An event that cannot be read: `index` in the thread (from 0), `field` in the event, and in `hint` how to mend it."""

    def __init__(self, index: int, field: str, problem: str, hint: str) -> None:
        super().__init__(f"event {index}, `{field}`: {problem}; {hint}")
        self.index, self.field, self.problem, self.hint = index, field, problem, hint


@dataclass(frozen=True, slots=True)
class Event:
    """One event. `by` is who wrote or did it (None: untold), `text` what was written, `at` and `id` as given ("" when not)."""

    type: EventType
    by: Sender | None = None
    text: str = ""
    tools: tuple[str, ...] = ()
    amount_yen: int | None = None
    at: str = ""
    id: str = ""


def read_event(data: object, index: int) -> Event:
    """The event in `data`, number `index` of its thread. Keys that no event has are let pass. Raises `BadEvent`."""
    if not isinstance(data, Mapping):
        raise BadEvent(
            index, "type", f"an event must be an object, not {_kind(data)}", 'write {"type": "message", …}'
        )
    fields = _Fields(data, index)
    kind = fields.type()
    event = _READERS[kind](fields) if kind in _READERS else Event(kind, by=fields.side("by", needed=False))
    return Event(
        event.type, event.by, event.text, event.tools, event.amount_yen, fields.time("at"), fields.name("id")
    )


class _Fields:
    """The fields of one event, each asked for by name."""

    def __init__(self, data: Mapping[str, Any], index: int) -> None:
        self.data, self.index = data, index

    def bad(self, field: str, problem: str, hint: str) -> BadEvent:
        return BadEvent(self.index, field, problem, hint)

    def type(self) -> EventType:
        value = self.data.get("type")
        known = [kind.value for kind in EventType]
        if value is None:
            raise self.bad("type", "is missing", f"use one of: {', '.join(known)}")
        if not isinstance(value, str):
            raise self.bad("type", f"must be a string, not {_kind(value)}", f"use one of: {', '.join(known)}")
        if value not in known:
            near = get_close_matches(value[:NAME_LIMIT], known, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"use one of: {', '.join(known)}"
            raise self.bad("type", f"{value[:NAME_LIMIT]!r} does not exist", hint)
        return EventType(value)

    def side(self, field: str, *, needed: bool = True) -> Sender | None:
        value = self.data.get(field)
        if value is None and not needed:
            return None
        if value not in ("client", "worker"):
            problem = "is missing" if value is None else f"cannot be {_shown(value)}"
            raise self.bad(field, problem, 'write "client" or "worker"')
        return Sender(value)

    def answering(self) -> Sender | None:
        """Who answered a contact request; None for the operator, or when it is not told."""
        return None if self.data.get("by") == "operator" else self.side("by", needed=False)

    def text(self, field: str, *, needed: bool = True) -> str:
        value = self.data.get(field)
        if value is None:
            if needed:
                raise self.bad(field, "is missing", f'write "{field}": "…"')
            return ""
        if not isinstance(value, str):
            raise self.bad(field, f"must be a string, not {_kind(value)}", f'write "{field}": "…"')
        return value

    def tools(self) -> tuple[str, ...]:
        value = self.data.get("tools", ())
        if not isinstance(value, list | tuple) or not all(isinstance(tool, str) for tool in value):
            raise self.bad(
                "tools", f"must be an array of strings, not {_shown(value)}", 'write "tools": ["zoom"]'
            )
        if len(value) > TOOLS_LIMIT or any(len(tool) > NAME_LIMIT for tool in value):
            raise self.bad(
                "tools", "is too long", f"name at most {TOOLS_LIMIT} tools of {NAME_LIMIT} characters"
            )
        return tuple(dict.fromkeys(tool.strip().casefold() for tool in value if tool.strip()))

    def yen(self) -> int:
        value = self.data.get("amount_yen")
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            problem = (
                "is missing"
                if value is None
                else f"must be a whole number of yen, 0 or more, not {_shown(value)}"
            )
            raise self.bad("amount_yen", problem, 'write "amount_yen": 30000')
        return value

    def time(self, field: str) -> str:
        value = self.name(field)
        try:
            if value:
                datetime.fromisoformat(value)
        except ValueError:
            raise self.bad(
                field, f"{value!r} is not a time", 'write it as "2026-11-24T09:30:00+09:00"'
            ) from None
        return value

    def name(self, field: str) -> str:
        value = self.data.get(field)
        if value is None:
            return ""
        if (
            isinstance(value, int)
            and not isinstance(value, bool)
            and field == "id"
            and value.bit_length() < 64
        ):
            return str(value)
        if not isinstance(value, str) or len(value) > NAME_LIMIT:
            problem = f"must be a string of at most {NAME_LIMIT} characters, not {_kind(value)}"
            raise self.bad(field, problem, f'write "{field}": "…" or leave it out')
        return value


def _message(fields: _Fields) -> Event:
    return Event(EventType.MESSAGE, fields.side("sender"), fields.text("text"))


def _posting(fields: _Fields) -> Event:
    return Event(EventType.POSTING, Sender.CLIENT, fields.text("text"))


def _application(fields: _Fields) -> Event:
    return Event(EventType.APPLICATION, Sender.WORKER, fields.text("text"))


def _funded(fields: _Fields) -> Event:
    return Event(EventType.ESCROW_FUNDED, amount_yen=fields.yen())


def _request(fields: _Fields) -> Event:
    purpose = fields.text("purpose", needed=False)
    by = fields.side("by", needed=False) or Sender.CLIENT
    return Event(EventType.CONTACT_REQUEST, by, purpose, fields.tools())


def _answered(fields: _Fields) -> Event:
    return Event(fields.type(), fields.answering())


_READERS: dict[EventType, Callable[[_Fields], Event]] = {
    EventType.MESSAGE: _message,
    EventType.POSTING: _posting,
    EventType.APPLICATION: _application,
    EventType.ESCROW_FUNDED: _funded,
    EventType.CONTACT_REQUEST: _request,
    EventType.CONTACT_REQUEST_APPROVED: _answered,
    EventType.CONTACT_REQUEST_DECLINED: _answered,
    EventType.CONTACT_REQUEST_ENDED: _answered,
}
"""How the fields of each type are read; a type that is not here has none of its own but `by`."""


def _kind(value: object) -> str:
    names: dict[type, str] = {
        bool: "true or false", str: "a string", int: "a number", float: "a number", list: "an array", dict: "an object",
        type(None): "null",
    }  # fmt: skip
    return names.get(type(value), type(value).__name__)


def _shown(value: object) -> str:
    return repr(value[:40]) if isinstance(value, str) else _kind(value)

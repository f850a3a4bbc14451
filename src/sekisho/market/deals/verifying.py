"""Checks an export of a deal. Pure: needs the export and nothing of ours but the hashing of `chain`; anybody can run it.

What it proves: no event was changed, left out, added or put elsewhere since the digest in `head` was made known. Who kept the
`head` of an earlier export compares it with the digest of that position.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sekisho.market.deals.chain import ERASED, commit, genesis, link

SCHEMA = "sekisho.deal/1"
_FACTS = ("deal", "client", "worker", "matter", "title")
_HEADER = ("position", "id", "type", "by", "author", "at")
_HASHES = ("commitment", "previous", "digest")
_EVENT = {*_HEADER, *_HASHES, "body", "salt"}


def verify_export(data: Any) -> list[str]:
    """A sentence a fault, in the order of the log; empty when everything holds. Takes anything, raises nothing."""
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        return [f"not an export of the form {SCHEMA}"]
    strange = data.keys() ^ {"schema", *_FACTS, "length", "head", "events"}
    if strange:
        return [f"fields that are missing or unknown: {', '.join(sorted(map(str, strange)))}"]
    if not isinstance(data["events"], list):
        return ["`events` is not a list"]
    return list(_faults(data))


def erased(data: Any) -> dict[int, str]:
    """Of an export that verifies: the positions whose bodies were erased by policy, and the reasons given."""
    bodies = [event["body"] for event in data["events"] if event["type"] == ERASED and event["body"]]
    return {body["position"]: body["because"] for body in bodies}


def _faults(data: dict[str, Any]) -> Iterator[str]:
    facts = {name: data[name] for name in _FACTS}
    if not all(
        isinstance(value, str) for name, value in facts.items() if name != "matter" or value is not None
    ):
        yield "the facts of the deal are not texts"
        return
    previous = _hashed(genesis, facts)
    for position, event in enumerate(data["events"]):
        where = f"event {position}"
        if not isinstance(event, dict) or event.keys() != _EVENT:
            yield f"{where}: has fields that are missing or unknown"
            return
        if type(event["position"]) is not int or event["position"] != position:
            yield f"{where}: says it is event {event['position']!r}"
        if event["previous"] != previous:
            yield f"{where}: does not follow the event before it"
        yield from _link_faults(event, data["deal"], where)
        yield from _body_faults(event, data["events"], where)
        previous = event["digest"]
    if type(data["length"]) is not int or data["length"] != len(data["events"]):
        yield f"the log has {len(data['events'])} events and says it has {data['length']!r}"
    if data["head"] != previous:
        yield "the head is not the digest of the last event"


def _link_faults(event: dict[str, Any], deal: str, where: str) -> Iterator[str]:
    header = {"deal": deal, **{name: event[name] for name in _HEADER}}
    before, commitment = _bytes(event["previous"]), _bytes(event["commitment"])
    if before is None or commitment is None or _hashed(link, before, header, commitment) != event["digest"]:
        yield f"{where}: was changed after it was written"


def _body_faults(event: dict[str, Any], events: list[Any], where: str) -> Iterator[str]:
    if event["body"] is None:
        later = (
            (e for e in events[event["position"] + 1 :] if isinstance(e, dict))
            if _is_count(event["position"])
            else ()
        )
        marks = (e["body"] for e in later if e.get("type") == ERASED and isinstance(e.get("body"), dict))
        if event["salt"] is not None or not any(mark.get("position") == event["position"] for mark in marks):
            yield f"{where}: its body is gone and no event says why"
        return
    salt = _bytes(event["salt"])
    if salt is None or not isinstance(event["body"], dict):
        yield f"{where}: its body or salt cannot be read"
    elif _hashed(commit, salt, event["body"]) != event["commitment"]:
        yield f"{where}: its body was changed after it was written"
    elif event["body"].get("type") != event["type"]:
        yield f"{where}: its body is of another type"


def _hashed(function: Any, *given: Any) -> str | None:
    """The hash in hexadecimal; None where the values cannot be hashed (lone surrogates, numbers that are none)."""
    try:
        return str(function(*given).hex())
    except (ValueError, TypeError, RecursionError):
        return None


def _bytes(text: Any) -> bytes | None:
    """The bytes of small hexadecimal digits; None for anything else."""
    try:
        found = bytes.fromhex(text)
    except (ValueError, TypeError):
        return None
    return found if found.hex() == text else None


def _is_count(value: Any) -> bool:
    return type(value) is int and value >= 0

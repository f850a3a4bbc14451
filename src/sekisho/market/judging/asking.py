"""Asks the core, given exactly what a judgement keeps: the one way, for the first time and for every time again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sekisho.core.detection import check
from sekisho.core.detection.postings import check_posting
from sekisho.core.detection.postings.record import posting_record
from sekisho.core.detection.record import verdict_record
from sekisho.core.detection.threads import Thread
from sekisho.core.detection.threads.record import text_of
from sekisho.core.pictures import check_reading
from sekisho.market.files.reading import from_plain
from sekisho.market.judging.records import event_record, picture_record
from sekisho.market.linkage.seen import Identified


@dataclass(frozen=True, slots=True)
class Answer:
    """What the core said: `record` as plain values, and the contact identifiers, which are not kept."""

    record: dict[str, Any]
    contacts: tuple[Identified, ...] = ()


def ask(kind: str, text: str, context: Mapping[str, Any], pack: str) -> Answer:
    """`context["form"]` says what was given: a text, a posting, an event of a thread, what was read in a picture."""
    return _FORMS[context["form"]](kind, text, context, pack)


def _text(kind: str, text: str, context: Mapping[str, Any], pack: str) -> Answer:
    verdict = check(text, kind=kind, pack=pack, **_where(context))
    return Answer(verdict_record(text, verdict), verdict.contacts)


def _posting(kind: str, text: str, context: Mapping[str, Any], pack: str) -> Answer:
    verdict = check_posting(context["posting"], pack=pack)
    return Answer(posting_record(context["posting"], verdict), verdict.contacts)


def _event(kind: str, text: str, context: Mapping[str, Any], pack: str) -> Answer:
    thread = Thread.resume(context["state"], pack)
    verdict = thread.add(context["event"])
    return Answer(event_record(verdict, text_of(context["event"]), thread.digest), verdict.contacts)


def _picture(kind: str, text: str, context: Mapping[str, Any], pack: str) -> Answer:
    verdict = check_reading(
        from_plain(context["reading"]), kind=kind, viewer=context["sender"], pack=pack, **_where(context)
    )
    return Answer(picture_record(verdict))


def _where(context: Mapping[str, Any]) -> dict[str, Any]:
    return {name: context[name] for name in ("sender", "stage", "approved_tools")}


_FORMS: dict[str, Callable[[str, str, Mapping[str, Any], str], Answer]] = {
    "text": _text,
    "posting": _posting,
    "event": _event,
    "picture": _picture,
}

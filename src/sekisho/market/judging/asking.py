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
from sekisho.core.detection.threads.verdict import EventVerdict
from sekisho.core.pictures import check_reading
from sekisho.market.files.reading import from_plain
from sekisho.market.judging.records import event_record, picture_record
from sekisho.market.linkage.seen import Identified


@dataclass(frozen=True, slots=True)
class Answer:
    """What the core said: `record` as plain values, and the contact identifiers, which are not kept."""

    record: dict[str, Any]
    contacts: tuple[Identified, ...] = ()


@dataclass(frozen=True, slots=True)
class Glance:
    """The outcome alone: what two packs are compared by. `rules` are those whose finding is not clear."""

    verdict: str
    action: str
    rules: frozenset[str]

    @classmethod
    def of_record(cls, verdict: str, action: str, findings: list[dict[str, Any]]) -> Glance:
        """That of a stored judgement."""
        return cls(verdict, action, rules_of(findings))

    @property
    def plain(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return {"verdict": self.verdict, "action": self.action, "rules": sorted(self.rules)}


def rules_of(findings: list[dict[str, Any]]) -> frozenset[str]:
    """The rules of stored findings that are not clear."""
    return frozenset(finding["rule"] for finding in findings if finding["verdict"] != "clear")


def ask(kind: str, text: str, context: Mapping[str, Any], pack: str) -> Answer:
    """`context["form"]` says what was given: a text, a posting, an event of a thread, what was read in a picture."""
    form = _FORMS[context["form"]]
    return form.answer(text, context, form.judge(kind, text, context, pack))


def glance(kind: str, text: str, context: Mapping[str, Any], pack: str) -> Glance:
    """The same asked, for the outcome alone: no record is made of it."""
    said = _FORMS[context["form"]].judge(kind, text, context, pack)
    findings = [e.finding for e in said.evidence] if context["form"] == "picture" else said.findings
    rules = frozenset(finding.rule for finding in findings if finding.verdict.value != "clear")
    return Glance(said.verdict.value, said.action.value, rules)


def _text(kind: str, text: str, context: Mapping[str, Any], pack: str) -> Any:
    return check(text, kind=kind, pack=pack, **_where(context))


def _posting(kind: str, text: str, context: Mapping[str, Any], pack: str) -> Any:
    return check_posting(context["posting"], pack=pack)


def _event(kind: str, text: str, context: Mapping[str, Any], pack: str) -> Any:
    thread = Thread.resume(context["state"], pack)
    return _Said(thread.add(context["event"]), thread.digest)


def _picture(kind: str, text: str, context: Mapping[str, Any], pack: str) -> Any:
    return check_reading(
        from_plain(context["reading"]), kind=kind, viewer=context["sender"], pack=pack, **_where(context)
    )


@dataclass(frozen=True, slots=True)
class _Said:
    """What was said of an event, and by which pack and engine."""

    event: EventVerdict
    digest: str

    @property
    def verdict(self) -> Any:
        return self.event.verdict

    @property
    def action(self) -> Any:
        return self.event.action

    @property
    def findings(self) -> Any:
        return self.event.findings


def _where(context: Mapping[str, Any]) -> dict[str, Any]:
    return {name: context[name] for name in ("sender", "stage", "approved_tools")}


@dataclass(frozen=True, slots=True)
class _Form:
    """One form of input: how the core is asked, and how its answer is written down."""

    judge: Callable[[str, str, Mapping[str, Any], str], Any]
    answer: Callable[[str, Mapping[str, Any], Any], Answer]


_FORMS: dict[str, _Form] = {
    "text": _Form(_text, lambda text, _, said: Answer(verdict_record(text, said), said.contacts)),
    "posting": _Form(_posting, lambda _, context, said: Answer(posting_record(context["posting"], said), said.contacts)),
    "event": _Form(_event, lambda _, context, said: Answer(
        event_record(said.event, text_of(context["event"]), said.digest), said.event.contacts)),
    "picture": _Form(_picture, lambda _text, _context, said: Answer(picture_record(said))),
}  # fmt: skip

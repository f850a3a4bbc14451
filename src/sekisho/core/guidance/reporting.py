"""The draft of a violation report: what is known, visible blanks for what is not. Invents nothing, sends nothing."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sekisho.core.detection import UnknownValue, check, load
from sekisho.core.guidance.library import DID, load_guide
from sekisho.core.guidance.model import Exposed, Guide, ReportWords, Speech
from sekisho.core.rules.errors import one_of
from sekisho.core.rules.model import Outcome, Sender, Stage

EVENTS_LIMIT = 2_000
"""Events of a deal that a draft tells; a longer one is refused rather than cut."""

_MASKED = "＊"


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the draft. `lines` per language; `blank` when it is for the reporter to fill in."""

    id: str
    heading: Speech
    lines: Mapping[str, tuple[str, ...]]
    blank: bool = False


@dataclass(frozen=True, slots=True)
class ReportDraft:
    """A report to look over, complete and send; `where` says how."""

    sections: tuple[Section, ...]
    where: Speech

    def text(self, lang: str = "ja") -> str:
        """The draft to copy or print."""
        parts = ["\n".join((f"【{part.heading[lang]}】", *part.lines[lang])) for part in self.sections]
        return "\n\n".join([*parts, f"※ {self.where[lang]}" if lang == "ja" else f"* {self.where[lang]}"])


@dataclass(frozen=True, slots=True)
class _Said:
    """What the client said, when and at which stage; `methods` are the rules it breaks with the words that show it."""

    at: str
    stage: str
    methods: tuple[tuple[str, str], ...]
    words: str
    kind: str


def report_draft(
    text: str | None = None,
    *,
    events: Sequence[Mapping[str, Any]] | None = None,
    at: str = "",
    kind: str = "message",
    stage: str = "pre_contract",
    did: str | None = None,
    given: Iterable[str] = (),
    pack: str | os.PathLike[str] = "standard",
) -> ReportDraft:
    """Draft a report from one text of the client's, or from the events of a deal in order (dicts as `check_thread` takes them).

    `did` is one of "refused", "nothing", "answered"; `given` names kinds of data given away (see `Exposed`). The reporter's
    own contact data in a deal are masked. Raises `UnknownValue` for wrong values, `TextTooLong` for a text beyond the limit.
    """
    guide = load_guide(pack)
    words = guide.report
    kinds = tuple(dict.fromkeys(given))
    _check_choices(did, kinds, text, events)
    if events is None:
        assert text is not None
        said = [_found(text, at, kind, stage, pack)]
        timeline: list[Speech] = []
    else:
        said, timeline = _walk(events, words, pack)
    sections = [_plain("category", words, words.category), _when(said, words), _stage(said, words), _method(said, words, pack)]
    sections.append(_spoken("words", words, [{"ja": f"「{one.words}」", "en": f'"{one.words}"'} for one in said]))
    sections.append(_did(did, words))
    sections.append(_given(kinds, guide))
    if timeline:
        sections.append(_spoken("timeline", words, timeline))
    sections.append(_attachments(said, did, words))
    return ReportDraft(tuple(sections), words.where)


def _check_choices(
    did: str | None, given: tuple[str, ...], text: str | None, events: Sequence[Mapping[str, Any]] | None
) -> None:
    if (text is None) == (events is None):
        raise UnknownValue("give one of: a text, or the events of a deal")
    if did is not None and did not in DID:
        raise UnknownValue(f"did cannot be {did!r}; one of {', '.join(DID)}")
    for kind in given:
        if kind not in Exposed.__members__.values():
            raise UnknownValue(f"there is no kind of data {kind!r}; {one_of(Exposed)}")
    if events is not None and len(events) > EVENTS_LIMIT:
        raise UnknownValue(f"a draft tells at most {EVENTS_LIMIT:,} events, not {len(events):,}; give those that matter")


def _found(text: str, at: str, kind: str, stage: str, pack: str | os.PathLike[str]) -> _Said:
    verdict = check(text, kind=kind, sender="client", stage=stage, pack=pack)
    standing = [finding for finding in verdict.findings if finding.verdict is not Outcome.CLEAR]
    methods = tuple(dict.fromkeys((finding.rule, finding.quote) for finding in standing))
    return _Said(at, stage, methods, text, kind)


def _walk(
    events: Sequence[Mapping[str, Any]], words: ReportWords, pack: str | os.PathLike[str]
) -> tuple[list[_Said], list[Speech]]:
    """What the client said that a rule names, and the whole course as lines."""
    said: list[_Said] = []
    lines: list[Speech] = []
    stage = Stage.PRE_CONTRACT
    for index, event in enumerate(events):
        name = event.get("type")
        if not isinstance(name, str):
            raise UnknownValue(f"event {index} has no `type`")
        at = str(event.get("at") or "")
        stage = _next_stage(stage, name)
        if name in ("message", "posting", "application"):
            words_said, sender = event.get("text"), event.get("sender")
            if not isinstance(words_said, str):
                raise UnknownValue(f"event {index} ({name}) has no `text`")
            by_worker = sender == Sender.WORKER or name == "application"
            if not by_worker:
                one = _found(words_said, at, "posting" if name == "posting" else "message", stage, pack)
                if one.methods:
                    said.append(one)
            lines.append(_told(words, by_worker, at, _masked(words_said, pack) if by_worker else words_said))
        elif name in words.events:
            lines.append({lang: _line(at, sentence) for lang, sentence in words.events[name].items()})
    return said, lines


def _next_stage(stage: Stage, event: str) -> Stage:
    """Roughly where the deal stands, for the report's heading only; verdicts derive it exactly in `check_thread`."""
    if event == "escrow_funded":
        return Stage.CONTRACTED
    if event == "contact_request_approved" and stage is Stage.CONTRACTED:
        return Stage.CONTACT_APPROVED
    if event == "contact_request_ended" and stage is Stage.CONTACT_APPROVED:
        return Stage.CONTRACTED
    return Stage.PRE_CONTRACT if event in ("accepted", "cancelled", "lapsed") else stage


def _told(words: ReportWords, by_worker: bool, at: str, text: str) -> Speech:
    who = words.events["message_worker" if by_worker else "message_client"]
    return {"ja": _line(at, f"{who['ja']}「{text}」"), "en": _line(at, f"{who['en']}: \"{text}\"")}


def _line(at: str, text: str) -> str:
    return f"{at} {text}" if at else text


def _masked(text: str, pack: str | os.PathLike[str]) -> str:
    """The reporter's words with her own contact data hidden."""
    for contact in sorted(check(text, sender="worker", pack=pack).contacts, key=lambda c: -c.start):
        text = text[: contact.start] + _MASKED * min(contact.end - contact.start, 8) + text[contact.end :]
    return text


def _plain(name: str, words: ReportWords, said: Speech) -> Section:
    return Section(name, words.headings[name], {lang: (sentence,) for lang, sentence in said.items()})


def _same(name: str, words: ReportWords, lines: tuple[str, ...]) -> Section:
    return Section(name, words.headings[name], {"ja": lines, "en": lines})


def _spoken(name: str, words: ReportWords, lines: Sequence[Speech]) -> Section:
    return Section(name, words.headings[name], {lang: tuple(line[lang] for line in lines) for lang in ("ja", "en")})


def _blank(name: str, words: ReportWords) -> Section:
    said = words.blanks[name]
    return Section(name, words.headings[name], {lang: (sentence,) for lang, sentence in said.items()}, blank=True)


def _when(said: Sequence[_Said], words: ReportWords) -> Section:
    times = tuple(dict.fromkeys(one.at for one in said if one.at))
    return _same("when", words, times) if times else _blank("when", words)


def _stage(said: Sequence[_Said], words: ReportWords) -> Section:
    stages = list(dict.fromkeys(one.stage for one in said)) or [Stage.PRE_CONTRACT.value]
    return _spoken("stage", words, [words.stages[stage] for stage in stages])


def _method(said: Sequence[_Said], words: ReportWords, pack: str | os.PathLike[str]) -> Section:
    methods = dict.fromkeys(method for one in said for method in one.methods)
    if not methods:
        return _blank("method", words)
    rules = load(os.fspath(pack)).pack.rules
    lines = [
        {"ja": f"{rules[rule].title['ja']}「{quote}」", "en": f'{rules[rule].title["en"]}: "{quote}"'} for rule, quote in methods
    ]
    return _spoken("method", words, lines)


def _did(did: str | None, words: ReportWords) -> Section:
    return _plain("did", words, words.did[did]) if did else _blank("did", words)


def _given(kinds: tuple[str, ...], guide: Guide) -> Section:
    if not kinds:
        return _blank("given", guide.report)
    return _spoken("given", guide.report, [guide.exposures[Exposed(kind)].title for kind in kinds])


def _attachments(said: Sequence[_Said], did: str | None, words: ReportWords) -> Section:
    names = ["screenshot"]
    if any(one.kind == "posting" for one in said):
        names.append("posting")
    if did == "answered":
        names.append("outside")
    marked = [{lang: f"□ {sentence}" for lang, sentence in words.attachments[name].items()} for name in names]
    return _spoken("attach", words, marked)

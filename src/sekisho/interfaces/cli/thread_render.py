"""What a person sees of a thread in the terminal: every event on a line or more, evidence marked, reasons. See `render`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sekisho.core.detection.threads import EventVerdict, ThreadFinding, ThreadVerdict
from sekisho.core.detection.threads.names import name_of_event
from sekisho.core.detection.threads.record import text_of
from sekisho.core.rules.model import Outcome, Rule, Sender
from sekisho.core.rules.names import name_of
from sekisho.interfaces.cli.render import COLOURS, Screen
from sekisho.interfaces.cli.visible import visible
from sekisho.interfaces.cli.words import PHRASES

SHOWN = 400
"""Code points shown of an event without a finding."""


def show_thread(
    events: Sequence[Mapping[str, Any]], verdict: ThreadVerdict, rules: Mapping[str, Rule], lang: str
) -> None:
    """The whole answer for one thread: verdict and stage, the events with their evidence, then every finding."""
    screen, say = Screen(lang), PHRASES[lang]
    screen.head(verdict)
    screen.line(f"{say['stage']}{say['colon']}{name_of(verdict.stage, lang)}")
    if verdict.approved_tools:
        screen.line(f"{say['approved']}{say['colon']}{visible(say['comma'].join(verdict.approved_tools))}")
    evidence = _evidence(verdict)
    for event, judged in zip(events, verdict.events, strict=True):
        screen.line("")
        _event(screen, event, judged, evidence.get(judged.index, []))
    for number, finding in enumerate(verdict.findings, 1):
        screen.line("")
        screen.finding(number, finding, _quotes(finding), rules.get(finding.rule))
        if finding.lured:
            screen.line(f"   {say['lured']}")


def _evidence(verdict: ThreadVerdict) -> dict[int, list[tuple[int, int, Outcome]]]:
    """By event: (start, end, what it shows) of every part of a finding that is not clear."""
    evidence: dict[int, list[tuple[int, int, Outcome]]] = {}
    for finding in verdict.findings:
        if finding.verdict is not Outcome.CLEAR:
            for part in finding.parts:
                evidence.setdefault(part.event, []).append((part.start, part.end, finding.verdict))
    return evidence


def _event(
    screen: Screen, event: Mapping[str, Any], judged: EventVerdict, evidence: list[tuple[int, int, Outcome]]
) -> None:
    lang = screen.lang
    who = event.get("sender") or event.get("by")
    head = f"[{judged.index}] {name_of_event(judged.type, lang)}"
    if who in ("client", "worker"):
        head += PHRASES[lang]["aside"].format(name_of(Sender(who), lang))
    if judged.at:
        head += f" {visible(judged.at)}"
    guilty = judged.verdict is not Outcome.CLEAR
    if guilty:
        head += f" — {name_of(judged.verdict, lang)}"
    screen.line(head, f"bold {COLOURS[judged.verdict]}" if guilty else "bold")
    text = text_of(event)
    if text:
        screen.marked(text if evidence or len(text) <= SHOWN else text[:SHOWN] + "…", evidence)


def _quotes(finding: ThreadFinding) -> list[str]:
    return [f"[{part.event}] {part.quote}" for part in finding.parts]

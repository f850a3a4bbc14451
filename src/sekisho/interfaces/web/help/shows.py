"""What help draws from the pack's guidance instead of writing it: refusals, signs, criteria, risks, steps. One template a row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from django.utils.text import capfirst

from sekisho.core.detection.postings.library import load_policy
from sekisho.core.detection.postings.policy import ClientSign
from sekisho.core.guidance import refusals
from sekisho.core.guidance.exposure import WHEN
from sekisho.core.guidance.library import HEADINGS, load_guide
from sekisho.core.rules.model import Action, Label, Outcome
from sekisho.core.rules.names import LANGUAGES, name_of
from sekisho.interfaces.web.help.book import book, filled
from sekisho.interfaces.web.help.figures import figures


def _signs(pack: str) -> list[Mapping[str, str]]:
    policy = load_policy(pack)
    limits = policy.thresholds
    told = {name: getattr(limits, name) for name in limits.__slots__}
    return [{lang: filled(policy.signs[sign][lang], told) for lang in LANGUAGES} for sign in ClientSign]


def _steps(pack: str) -> list[Mapping[str, str]]:
    guide = load_guide(pack)
    return [guide.steps[name].do for name in guide.always]


def _exposures(pack: str) -> list[dict[str, Any]]:
    guide = load_guide(pack)
    told = {name: (WHEN[step.urgency], step.do) for name, step in guide.steps.items()}
    return [
        {"title": kind.title, "may": kind.may, "steps": [told[name] for name in kind.steps]}
        for kind in guide.exposures.values()
    ]


def _headings(pack: str) -> list[Mapping[str, str]]:
    return [load_guide(pack).report.headings[name] for name in HEADINGS]


def _words(pack: str) -> list[dict[str, Any]]:
    told = figures(pack)
    return [
        {**word, "means": {lang: filled(word["means"][lang], told) for lang in LANGUAGES}}
        for word in book().words
    ]


def _names_of(kind: type[StrEnum]) -> Callable[[str], list[dict[str, str]]]:
    return lambda _: [{lang: capfirst(name_of(member, lang)) for lang in LANGUAGES} for member in kind]


SHOWS: dict[str, Callable[[str], Any]] = {
    "refusals": lambda pack: refusals("here", pack=pack),
    "reactions": lambda pack: [r for r in load_guide(pack).reactions.values() if r.kind != "unknown"],
    "risks": lambda pack: list(load_guide(pack).risks.values()),
    "signs": _signs,
    "stated": lambda pack: list(load_policy(pack).parts.values()),
    "criteria": lambda pack: list(load_guide(pack).criteria.values()),
    "steps": _steps,
    "exposures": _exposures,
    "points": lambda pack: list(load_guide(pack).points.values()),
    "report": _headings,
    "attach": lambda pack: list(load_guide(pack).report.attachments.values()),
    "words": _words,
    "outcomes": _names_of(Outcome),
    "actions": _names_of(Action),
    "labels": _names_of(Label),
}
"""By the name a section shows it under: from the id or folder of a pack to what its template is given."""
LISTS = frozenset({"signs", "stated", "criteria", "report", "attach", "outcomes", "actions", "labels"})
"""Those that are a plain list of sentences, and share a template."""

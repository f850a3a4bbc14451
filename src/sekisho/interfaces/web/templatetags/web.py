"""Words and sentences for templates, from the tables of `words`."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import get_language

from sekisho.interfaces.web import words

register = template.Library()


def _lang() -> str:
    return "en" if (get_language() or "ja").startswith("en") else "ja"


for _name, _table in {
    "verdict_words": words.VERDICTS, "verdict_advice": words.ADVICE, "label_words": words.LABELS, "stage_words": words.STAGES,
    "event_words": words.EVENTS, "category_words": words.CATEGORIES, "purpose_words": words.PURPOSES, "tool_words": words.TOOLS,
    "pack_name": words.PACKS, "side_words": words.SIDES,
}.items():  # fmt: skip
    register.filter(_name, lambda value, table=_table: table.get(str(value), value))


@register.filter
def tone(value: object) -> str:
    """The colour of a verdict or a state; never its only sign."""
    return words.TONES.get(str(value), "")


@register.filter
def state_words(value: object, thing: str) -> Any:
    """What a state of `thing` is called."""
    return words.STATES[thing].get(str(value), value)


@register.filter
def verb_words(value: object, thing: str) -> Any:
    """What a verb of `thing` is called on its button."""
    return words.VERBS[thing].get(str(value), value)


@register.filter
def next_words(state: object, side: str) -> Any:
    """What one of a contract's sides does next."""
    return words.NEXT.get((str(state), side), "")


@register.filter
def tools_words(tools: list[str]) -> str:
    """The names of tools in one line."""
    return "・".join(str(words.TOOLS.get(tool, tool)) for tool in tools)


@register.filter
def why(finding: Any) -> str:
    """A finding's reason in the reader's language, whether it is an object or a stored record."""
    if isinstance(finding, dict):
        return str(finding.get("why", {}).get(_lang(), ""))
    return str(finding.why(_lang()))


@register.filter
def finding_name(finding: Any) -> Any:
    """What a finding is called: its label's name, or its own title where it has no label (a sign of the client)."""
    if not isinstance(finding, dict):
        return words.LABELS[str(finding.label)]
    label = finding.get("label")
    return words.LABELS[label] if label else finding.get("title", {}).get(_lang(), "")


@register.filter
def title(thing: Any) -> str:
    """A title in the reader's language."""
    return str(thing.title[_lang()])


@register.filter
def text(thing: Any) -> str:
    """A text in the reader's language."""
    return str(thing.text(_lang()))


@register.filter("words")
def split_words(value: str) -> list[str]:
    """A list written as words."""
    return value.split()


@register.filter
def what(thing: Any) -> str:
    """What a risk is, in the reader's language."""
    return str(thing.what[_lang()])

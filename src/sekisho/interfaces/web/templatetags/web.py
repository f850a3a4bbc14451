"""Words and sentences for templates, from the tables of `words`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.utils import dateformat
from django.utils.timezone import localtime

from sekisho.interfaces.web import words
from sekisho.interfaces.web.acting import bound
from sekisho.interfaces.web.doors import actor_of
from sekisho.interfaces.web.words import lang as _lang
from sekisho.market.ledger.purposes import PURPOSES

register = template.Library()


for _name, _table in {
    "verdict_words": words.VERDICTS, "verdict_advice": words.ADVICE, "label_words": words.LABELS, "stage_words": words.STAGES,
    "event_words": words.EVENTS, "category_words": words.CATEGORIES, "tool_words": words.TOOLS,
    "pack_name": words.PACKS, "side_words": words.SIDES, "statement_words": words.STATEMENTS, "met_words": words.MET,
    "unit_words": words.UNITS,
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


@register.inclusion_tag("web/parts/acts.html", takes_context=True)
def acts(context: Any, thing: Any, first: str | None = None) -> dict[str, Any]:
    """The buttons and forms of what whoever looks can do with `thing`; `first` is the act that comes next."""
    return {"acts": bound(thing, actor_of(context["request"]), context.flatten(), first or "")}


@register.filter
def purpose_words(purpose: str) -> str:
    """What money was moved for."""
    row = PURPOSES[purpose]
    return row.en if _lang() == "en" else row.ja


@register.filter
def in_lang(value: Any) -> str:
    """A text in both languages, in the reader's."""
    return str(value[_lang()])


@register.filter
def yen(value: Any) -> str:
    """12,000円 or ¥12,000."""
    return f"¥{int(value):,}" if _lang() == "en" else f"{int(value):,}円"


@register.filter
def digits(value: str) -> str:
    """A reference as people read it: 1234-5678-9012."""
    return "-".join(value[n : n + 4] for n in range(0, len(value), 4))


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


def _dated(value: Any, ja: str, en: str) -> str:
    if isinstance(value, datetime):
        value = localtime(value)
    return dateformat.format(value, en if _lang() == "en" else ja) if value else ""


@register.filter
def day(value: Any) -> str:
    """2026年11月24日 or 24 Nov 2026."""
    return _dated(value, "Y年n月j日", "j M Y")


@register.filter
def moment(value: Any) -> str:
    """2026年11月24日 14:05 or 24 Nov 2026, 14:05; the site's own time."""
    return _dated(value, "Y年n月j日 H:i", "j M Y, H:i")


@register.filter
def short(value: Any) -> str:
    """11月24日 14:05 or 24 Nov, 14:05."""
    return _dated(value, "n月j日 H:i", "j M, H:i")


@register.filter
def cautions(judgement: Any) -> list[Any]:
    """What the text itself says that a reader should look at; what is only a sign of a new client is left to its page."""
    return [f for f in judgement.findings if f["verdict"] != "clear" and f.get("label")] if judgement else []

"""Words and sentences for templates, from the tables of `words`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils import dateformat
from django.utils.timesince import timesince
from django.utils.timezone import localtime

from sekisho.core.guidance.exposure import WHEN
from sekisho.interfaces.web import safety_words, words
from sekisho.interfaces.web.acting import bound
from sekisho.interfaces.web.doors import actor_of
from sekisho.interfaces.web.help.book import book
from sekisho.interfaces.web.words import lang as _lang
from sekisho.market.deals.printing import sentence
from sekisho.market.kernel import clock
from sekisho.market.ledger.purposes import PURPOSES
from sekisho.market.safety.policy import policy

register = template.Library()


for _name, _table in {
    "verdict_words": words.VERDICTS, "verdict_advice": words.ADVICE, "label_words": words.LABELS, "stage_words": words.STAGES,
    "event_words": words.EVENTS, "category_words": words.CATEGORIES, "tool_words": words.TOOLS, "given_by": words.GIVEN_BY,
    "pack_name": words.PACKS, "side_words": words.SIDES, "statement_words": words.STATEMENTS, "met_words": words.MET,
    "failed_words": words.FAILED,
    "data_words": words.DATA_KINDS, "not_read_words": words.NOT_READ,
    "file_purpose": words.PURPOSES,
    "unit_words": words.UNITS,
}.items():  # fmt: skip
    register.filter(_name, lambda value, table=_table: table.get(str(value), value))


@register.simple_tag
def site_name() -> str:
    """The site's name, also on a page made without a request."""
    return str(settings.SITE_NAME)


@register.filter
def at(rows: Any, key: Any) -> Any:
    """What a mapping holds at a key."""
    return rows.get(key, ()) if rows else ()


@register.filter
def size(count: int) -> str:
    """How large a file is: 512 B, 1.5 KB, 24.0 MB."""
    amount, unit = float(count), "B"
    for unit in ("B", "KB", "MB", "GB"):
        if amount < 1000 or unit == "GB":
            break
        amount /= 1000
    return f"{count} B" if unit == "B" else f"{amount:.1f} {unit}"


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
def percent(value: float) -> str:
    """A share as 93%."""
    return f"{value:.0%}"


@register.filter
def digits(value: str) -> str:
    """A reference as people read it: 1234-5678-9012."""
    return "-".join(value[n : n + 4] for n in range(0, len(value), 4))


@register.filter
def tools_words(tools: list[str]) -> str:
    """The names of tools in one line."""
    return (", " if _lang() == "en" else "・").join(str(words.TOOLS.get(tool, tool)) for tool in tools)


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
def month(value: str) -> str:
    """2026年11月 or Nov 2026, of a month written as 2026-11."""
    return _dated(date.fromisoformat(f"{value}-01"), "Y年n月", "M Y")


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


@register.filter
def help_place(where: str) -> str:
    """The address of a place of the help: `page` or `page#section`. Raises `KeyError` for one that is not there."""
    page, section = book().place(where)
    return reverse("help_page", args=[page.id]) + (f"#{section.id}" if section else "")


@register.inclusion_tag("web/help/link.html")
def help_link(where: str) -> dict[str, str]:
    """The small link from a screen to the help about it, which names the place to those who only hear it."""
    page, section = book().place(where)
    return {"url": help_place(where), "about": (section or page).titles[_lang()]}


@register.filter
def pick(table: Any, key: Any) -> Any:
    """What a table has under a key; None for nothing."""
    return table.get(str(key)) if table else None


@register.filter
def urgency(step: Any) -> str:
    """How soon a step is to be done."""
    return WHEN[step.urgency][_lang()]


@register.filter
def age(since: datetime) -> str:
    """How long ago something began, in its greatest unit: a list of hours beside weeks helps nobody."""
    return timesince(since, clock.now(), depth=1)


@register.simple_tag
def break_minutes() -> int:
    """After how many minutes at the console a break is suggested."""
    return policy().break_minutes


@register.filter
def tel(number: str) -> str:
    """The address that a telephone dials when it is tapped (RFC 3966; # is written %23)."""
    return "tel:" + number.replace("#", "%23")


@register.filter
def happened(event: Any) -> str:
    """What an event of a deal says happened, in one sentence."""
    return sentence(event, _lang())


@register.inclusion_tag("web/parts/more_menu.html", takes_context=True)
def more(context: Any, about: str, pk: Any, person: Any) -> dict[str, Any]:
    """The 「…」 menu of a thing that is `person`'s (an account or its id): report, block. Nothing for oneself and for nobody."""
    request, other = context["request"], getattr(person, "pk", person)
    me = actor_of(request).id
    if me is None or other is None or me == other:
        return {}
    return {"about": about, "pk": pk, "person": other, "blocked": other in request.blocked}


@register.filter
def called(code: object, group: str) -> Any:
    """What a code of the safety room is called."""
    return safety_words.word(group, code)


@register.filter
def all_called(codes: Any, group: str) -> str:
    """Several codes of the safety room in one line."""
    return safety_words.joined(group, codes)


@register.filter
def moment_words(code: str) -> Any:
    """What happened in a case, in words."""
    group, _, rest = code.partition(".")
    return safety_words.word("source", rest) if group == "source" else safety_words.word("moment", code.replace(".", "-"))


register.filter("case_reason", safety_words.reason)
register.filter("left_words", safety_words.left)

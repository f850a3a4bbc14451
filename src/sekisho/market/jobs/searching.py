"""Finding jobs by words, category and pay. Words are found inside Japanese sentences, with an index (`kernel.search`)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import BooleanField, F, Func, Q, TextField, Value

from sekisho.core.detection.pay import parse_pay
from sekisho.market.jobs.models import JobQuerySet
from sekisho.market.kernel import fields
from sekisho.market.kernel.problems import Kind, Problem, Row, describe

UNITS = ("project", "hour", "day", "week", "month", "item", "page", "word", "character", "minute")
"""What pay is for, as `parse_pay` tells it; a sum without one is for the whole project."""
WORDS = 5
"""So many words of a search count; the rest is passed over."""
describe({
    "bad_range": Row(Kind.INVALID, "報酬の範囲は、下限を上限以下にしてください。",
                     "The lower end of the pay must not be above the upper."),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for. `words`: all of them stand in title or body. `pay_from`, `pay_to`: yen for one `pay_unit`.

    A job whose pay is a range is found when the two ranges touch. One whose pay cannot be read is not found by pay.
    """

    words: str = ""
    category: str = ""
    pay_unit: str = "project"
    pay_from: int | None = None
    pay_to: int | None = None


class _Text(Func):
    """Title and body: the very expression that the index `job_words` is made of."""

    template, arg_joiner, output_field = "(%(expressions)s)", " || E'\\n' || ", TextField()


class _Found(Func):
    """The function of `kernel.search`."""

    function, output_field = "sekisho_matches", BooleanField()


def matching(jobs: JobQuerySet, wanted: Wanted) -> JobQuerySet:
    """Those of `jobs` that are wanted. Raises `Problem` bad_value (pay_unit), bad_range."""
    if wanted.category:
        jobs = jobs.filter(category=wanted.category)
    for word in fields.text(wanted.words[:200], "q", 200, blank=True).split()[:WORDS]:
        jobs = jobs.filter(_Found(_Text(F("title"), F("body")), Value(word, output_field=TextField())))
    if wanted.pay_from is None and wanted.pay_to is None:
        return jobs
    if None not in (wanted.pay_from, wanted.pay_to) and wanted.pay_from > wanted.pay_to:  # type: ignore[operator]
        raise Problem("bad_range")
    jobs = jobs.filter(pay_unit=fields.one_of(wanted.pay_unit, "pay_unit", UNITS))
    if wanted.pay_from is not None:
        jobs = jobs.filter(Q(pay_most=None) | Q(pay_most__gte=wanted.pay_from))
    if wanted.pay_to is not None:
        jobs = jobs.filter(Q(pay_least=None) | Q(pay_least__lte=wanted.pay_to))
    return jobs


def pay_of(text: str) -> dict[str, Any]:
    """The pay of a job as its columns keep it: the first in yen that the text offers; nothing of one that offers none."""
    for pay in parse_pay(text):
        if pay.currency == "JPY":
            return {"pay_unit": pay.unit or "project", "pay_least": _yen(pay.amount_min), "pay_most": _yen(pay.amount_max)}
    return {"pay_unit": "", "pay_least": None, "pay_most": None}


def _yen(amount: float | None) -> Decimal | None:
    if amount is None:
        return None
    return min(Decimal(str(amount)).quantize(Decimal("0.01")), Decimal(10) ** 15)

"""How the house is doing, for the house; and the public report of a full month or quarter, for everybody."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET

from sekisho.interfaces.web import drawing
from sekisho.interfaces.web.doors import Page, download, member
from sekisho.interfaces.web.views.house import staff
from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.problems import Problem
from sekisho.market.ledger.port import File
from sekisho.market.safety.numbers import Numbers, numbers
from sekisho.market.safety.transparency import report

PERIODS = (7, 30, 90, 365)
OLDEST, KEPT = 12, 3600
"""Full months back that a public report is made of; seconds for which one is kept ready."""


def _asked(request: HttpRequest) -> tuple[int, Numbers]:
    days = next((n for n in PERIODS if request.GET.get("days") == str(n)), 30)
    now = clock.now()
    return days, numbers(now - timedelta(days=days), now)


class Show(Page):
    """The numbers of the last days."""

    template = "web/numbers.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """With the chart of what came in and what was decided."""
        staff(actor)
        days, found = _asked(request)
        waiting = sum(count for _, count in found.waiting)
        per_day = [(day[5:], opened, decided) for day, opened, decided in found.per_day]
        return {"n": found, "days": days, "periods": PERIODS, "waiting": waiting, "chart": drawing.chart(per_day)}


@require_GET
def table(request: HttpRequest) -> HttpResponse:
    """The same as a CSV file: [group, name, and up to three counts]."""
    staff(member(request))
    _, found = _asked(request)
    out = io.StringIO()
    write = csv.writer(out).writerow
    write(["group", "name", "first", "second", "third"])
    for group in ("per_day", "waiting", "reports", "outcomes", "measures", "appeals", "rules", "moderators"):
        for row in getattr(found, group):
            write([group, *(_plain(cell) for cell in row)])
    for group in ("first_look", "decision"):
        spread = getattr(found, group)
        write([group, "minutes", spread.count, spread.median, spread.ninetieth])
    write(["held_in_vain", "minutes", found.held_in_vain, found.held_messages])
    write(["helped", "answers", *found.helped])
    return download(File("sekisho-numbers.csv", "text/csv; charset=utf-8", out.getvalue().encode("utf-8-sig")))


def _plain(cell: Any) -> Any:
    """A name that a spreadsheet would take for a formula is shown as it is."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@\t\r" else cell


def months() -> list[str]:
    """The full months that can be asked for, the newest first, as 2026-10."""
    day, found = localtime(clock.now()).replace(day=1), []
    for _ in range(OLDEST):
        day = (day - timedelta(days=1)).replace(day=1)
        found.append(f"{day:%Y-%m}")
    return found


def quarters() -> list[str]:
    """The full quarters that can be asked for, the newest first, as 2026-Q3."""
    known = set(months())
    years = sorted({month[:4] for month in known}, reverse=True)
    every = [f"{year}-Q{n}" for year in years for n in (4, 3, 2, 1)]
    return [name for name in every if {f"{name[:4]}-{m:02}" for m in _of_quarter(name)} <= known]


def _of_quarter(name: str) -> range:
    first = 3 * int(name[-1]) - 2
    return range(first, first + 3)


def _told(request: HttpRequest) -> tuple[str, dict[str, Any]]:
    """Only full months and quarters that are over: a report that is made now moves none of them."""
    period = request.GET.get("period") or months()[0]
    if period not in (*months(), *quarters()):
        raise Problem("not_found")
    several = _of_quarter(period) if "Q" in period else range(int(period[5:]), int(period[5:]) + 1)
    zone = localtime(clock.now()).tzinfo
    year, after = int(period[:4]), several[-1] + 1
    since = datetime(year, several[0], 1, tzinfo=zone)
    until = datetime(year + after // 13, (after - 1) % 12 + 1, 1, tzinfo=zone)
    key = f"transparency:{period}"
    found = cache.get(key)
    if found is None:
        found = report(since, until)
        cache.set(key, found, KEPT)
    return period, found


class Transparency(Page):
    """The public report."""

    template = "web/transparency.html"
    open_to_all = True

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """Of one period, and which others there are."""
        period, found = _told(request)
        groups = ("reports", "report_outcomes", "sanctions", "appeals")
        return {
            "period": period, "report": found, "months": months(), "quarters": quarters(),
            "counted": [(name, found[name].items()) for name in groups],
        }  # fmt: skip


@require_GET
def transparency_json(request: HttpRequest) -> HttpResponse:
    """The public report for programs."""
    period, found = _told(request)
    return JsonResponse({"period": period} | found, json_dumps_params={"ensure_ascii": False, "indent": 1})

"""Help for somebody who gave something away, without an account: one form, one answer. Nothing is stored, logged or cached."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sekisho.interfaces.web.doors import Page
from sekisho.interfaces.web.given import COLUMNS, raw_rows, told_rows
from sekisho.market.exposure.entries import KINDS, TOOLS, entries
from sekisho.market.exposure.plain import without_values
from sekisho.market.exposure.reading import plan_for, timeline, titles
from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import Actor


class Help(Page):
    """Which kinds, and perhaps when and how; then the plan and the document to print."""

    template = "web/exposure_help.html"
    open_to_all = True

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """A row for every kind, with what was typed."""
        typed = {row["kind"]: row for row in raw_rows(request.POST)}
        blank = dict.fromkeys(COLUMNS, "")
        rows = [
            blank | typed.get(kind, {}) | {"n": n, "kind": kind, "chosen": kind in typed}
            for n, kind in enumerate(KINDS)
        ]
        return {"titles": titles(), "tools": TOOLS, "rows": rows, "today": clock.now()}

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> HttpResponse:
        """The plan for what was ticked, and the document."""
        post = request.POST
        given = entries(told_rows(post), None)
        story = without_values(post.get("story", ""), "story", 2000, several=True)
        plan = plan_for([one.kind for one in given])
        answer = {
            "given": given, "plan": plan, "moments": timeline(given), "story": story, "printed_at": clock.now(),
            "total": sum(one.amount_yen or 0 for one in given),
        }  # fmt: skip
        page = render(request, self.template, self.fresh(request, **where) | answer | {"values": post})
        page["Cache-Control"] = "no-store"
        return page

"""The way from a request to a verb: who acts, what he may see, and a page that keeps what was typed when a verb refuses."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.views import View

from sekisho.interfaces.web.problems import STATUS, told
from sekisho.market.kernel.actors import ANONYMOUS, Actor
from sekisho.market.kernel.problems import Kind, Problem, Row, describe
from sekisho.market.ledger.port import File
from sekisho.market.people.models import Account

describe({
    "bad_date": Row(Kind.INVALID, "「{field}」の日付を読み取れません。2026-10-01 のように入力してください。",
                    "“{field}” is no date; write it as 2026-10-01."),
})  # fmt: skip


def actor_of(request: HttpRequest) -> Actor:
    """Who is asking."""
    return request.user.actor if isinstance(request.user, Account) else ANONYMOUS


def member(request: HttpRequest) -> Actor:
    """Who is asking; raises `Problem("log_in")` for nobody."""
    actor = actor_of(request)
    if actor.id is None:
        raise Problem("log_in")
    return actor


def visible(model: Any, actor: Actor, pk: UUID, **kwargs: Any) -> Any:
    """The row if `actor` sees it. Raises `Problem("not_found")`."""
    row = model.objects.visible_to(actor).filter(pk=pk, **kwargs).first()
    if row is None:
        raise Problem("not_found")
    return row


class Page(View):
    """A page and, where it has one, its act. A refused act shows the page again with what was typed and why not."""

    template: str
    open_to_all = False

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """What the page shows."""
        return {}

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> HttpResponse | str:
        """Call one verb; returns where to go on (an address or a response)."""
        raise Problem("not_found")

    def dispatch(self, request: HttpRequest, *args: Any, **where: Any) -> HttpResponseBase:
        """Only those who are logged in, unless the page is open to all."""
        if not self.open_to_all:
            member(request)
        return super().dispatch(request, *args, **where)

    def get(self, request: HttpRequest, **where: Any) -> HttpResponse:
        """The page."""
        return self._shown(request, {}, 200, where)

    def post(self, request: HttpRequest, **where: Any) -> HttpResponse:
        """The act, then on to the next page."""
        try:
            done = self.act(request, actor_of(request), **where)
        except Problem as problem:
            return self.refused(request, problem, where)
        return redirect(done) if isinstance(done, str) else done

    def refused(
        self, request: HttpRequest, problem: Problem, where: dict[str, Any], *, tried: str = ""
    ) -> HttpResponse:
        """The page again, with why not and what was typed; `tried` names the act whose form is shown open."""
        facts = {"problem": told(problem), "values": request.POST, "code": problem.code, "tried": tried}
        return self._shown(request, facts, STATUS[problem.kind], where)

    def _shown(
        self, request: HttpRequest, facts: dict[str, Any], status: int, where: dict[str, Any]
    ) -> HttpResponse:
        return render(request, self.template, self.fresh(request, **where) | facts, status=status)

    def fresh(self, request: HttpRequest, **where: Any) -> dict[str, Any]:
        """What the page shows, with an idempotency key of its own for its form."""
        return {"key": uuid4().hex, "values": {}} | self.context(request, actor_of(request), **where)


def whole(value: str | None, field: str) -> int:
    """A whole number as people type it (`１２，０００円`). Raises `Problem("bad_amount")`."""
    text = (
        unicodedata.normalize("NFKC", value or "").replace(",", "").replace("円", "").replace("¥", "").strip()
    )
    if not text.isascii() or not text.isdigit() or len(text) > 13:
        raise Problem("bad_amount", field=field, most=1_000_000_000_000)
    return int(text)


def day(value: str | None, field: str) -> date:
    """A date as a date field sends it. Raises `Problem("bad_date")`."""
    try:
        found = parse_date((value or "").strip())
    except ValueError:
        found = None
    if found is None:
        raise Problem("bad_date", field=field)
    return found


def day_or_none(value: str | None, field: str) -> date | None:
    """A date, or None for an empty field. Raises `Problem("bad_date")`."""
    return day(value, field) if (value or "").strip() else None


def download(file: File) -> HttpResponse:
    """A file that a browser stores and never shows as a page."""
    response = HttpResponse(file.content, content_type=file.media_type)
    name = quote(file.name)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    response["X-Content-Type-Options"] = "nosniff"
    return response

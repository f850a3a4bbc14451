"""The way from a request to a verb: who acts, what he may see, and a page that keeps what was typed when a verb refuses."""

from __future__ import annotations

import unicodedata
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views import View

from sekisho.interfaces.web.problems import STATUS
from sekisho.market.kernel.actors import ANONYMOUS, Actor
from sekisho.market.kernel.problems import Problem
from sekisho.market.people.models import Account


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
            told = {
                "problem": problem.text(get_language() or "ja"),
                "values": request.POST,
                "code": problem.code,
            }
            return self._shown(request, told, STATUS[problem.kind], where)
        return redirect(done) if isinstance(done, str) else done

    def _shown(
        self, request: HttpRequest, told: dict[str, Any], status: int, where: dict[str, Any]
    ) -> HttpResponse:
        context = (
            {"key": uuid4().hex, "values": {}} | self.context(request, actor_of(request), **where) | told
        )
        return render(request, self.template, context, status=status)


def whole(value: str | None, field: str) -> int:
    """A whole number as people type it (`１２，０００円`). Raises `Problem("bad_amount")`."""
    text = (
        unicodedata.normalize("NFKC", value or "").replace(",", "").replace("円", "").replace("¥", "").strip()
    )
    if not text.isascii() or not text.isdigit() or len(text) > 13:
        raise Problem("bad_amount", field=field, most=1_000_000_000_000)
    return int(text)

"""Problems of verbs as pages: a kind becomes a status, its text a page in the reader's language."""

from __future__ import annotations

import sys
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import escape
from django.utils.translation import get_language
from django.views.defaults import server_error

from sekisho.interfaces.web import words
from sekisho.market.kernel.problems import Kind, Problem, problem_of

STATUS = {
    Kind.INVALID: 400, Kind.UNAUTHENTICATED: 401, Kind.FORBIDDEN: 403, Kind.NOT_FOUND: 404, Kind.CONFLICT: 409,
    Kind.TOO_MANY: 429, Kind.UNAVAILABLE: 503,
}  # fmt: skip


def told(problem: Problem) -> str:
    """Why not, in the reader's language, with fields and states called as the pages call them."""
    facts = {name: words.fact(name, value) for name, value in problem.facts.items()}
    return (problem.row.en if words.lang() == "en" else problem.row.ja).format(**facts)


class ProblemMiddleware:
    """Turns a `Problem` that a view did not catch into a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A page for a `Problem` or a lost connection; anything else goes on its way."""
        problem = problem_of(exception)
        if problem is None:
            return None
        if problem is not exception:
            return unavailable(problem)
        if problem.kind == Kind.UNAUTHENTICATED:
            return redirect(f"/accounts/login/?next={request.path}")
        context = {"problem": told(problem), "code": problem.code}
        return render(request, "web/problem.html", context, status=STATUS[problem.kind])


def unavailable(problem: Problem) -> HttpResponse:
    """A page that needs no database: whoever reads it cannot be looked up."""
    words = escape(problem.text(get_language() or "ja"))
    page = f"<!doctype html><meta charset=utf-8><title>503</title><p role=alert>{words}</p>"
    return HttpResponse(page, status=STATUS[problem.kind], headers={"Retry-After": "5", "Cache-Control": "no-store"})


def failed(request: HttpRequest) -> HttpResponse:
    """`handler500`, also for what fails outside of a view (sessions, accounts): a lost connection is no fault of ours."""
    error = sys.exc_info()[1]
    problem = problem_of(error) if error is not None else None
    return unavailable(problem) if problem is not None else server_error(request)

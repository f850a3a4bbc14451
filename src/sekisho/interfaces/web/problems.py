"""Problems of verbs as pages: a kind becomes a status, its text a page in the reader's language."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sekisho.interfaces.web import words
from sekisho.market.kernel.problems import Kind, Problem

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
        """A page for a `Problem`; anything else goes on its way."""
        if not isinstance(exception, Problem):
            return None
        if exception.kind == Kind.UNAUTHENTICATED:
            return redirect(f"/accounts/login/?next={request.path}")
        context = {"problem": told(exception), "code": exception.code}
        return render(request, "web/problem.html", context, status=STATUS[exception.kind])

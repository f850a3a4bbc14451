"""Problems of verbs as pages: a kind becomes a status, its text a page in the reader's language."""

from __future__ import annotations

import sys
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.defaults import server_error

from sekisho.interfaces.web import words
from sekisho.market.kernel.problems import Kind, Problem, problem_of

STATUS = {
    Kind.INVALID: 400, Kind.UNAUTHENTICATED: 401, Kind.FORBIDDEN: 403, Kind.NOT_FOUND: 404, Kind.CONFLICT: 409,
    Kind.TOO_MANY: 429, Kind.UNAVAILABLE: 503,
}  # fmt: skip
HEADINGS = {
    Kind.INVALID: (_("内容をご確認ください"), _("前のページに戻って、書き直してください。何も変更されていません。")),
    Kind.UNAUTHENTICATED: (_("ログインしてください"), ""),
    Kind.FORBIDDEN: (_("この操作はできません"), _("理由がわからないときは、お知らせをご確認ください。何も変更されていません。")),
    Kind.NOT_FOUND: (_("見つかりませんでした"), _("アドレスが変わったか、ご覧になれないページです。")),
    Kind.CONFLICT: (_("いまはできません"), _("ページを読み込み直して、いまの状態をご確認ください。何も変更されていません。")),
    Kind.TOO_MANY: (_("少し時間をおいてください"), _("続けて操作されたため、しばらく受け付けを止めています。")),
    Kind.UNAVAILABLE: (_("少しお待ちください"), _("数秒後に、もう一度お試しください。")),
}  # fmt: skip
"""What is at the head of the page of each kind of refusal, and how to go on."""


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
        heading, onward = HEADINGS[problem.kind]
        context = {"problem": told(problem), "code": problem.code, "heading": heading, "onward": onward}
        return render(request, "web/problem.html", context, status=STATUS[problem.kind])


def unavailable(problem: Problem) -> HttpResponse:
    """A page that needs no database: whoever reads it cannot be looked up."""
    page = render_to_string("web/unavailable.html", {"words": problem.text(get_language() or "ja")})
    return HttpResponse(page, status=STATUS[problem.kind], headers={"Retry-After": "5", "Cache-Control": "no-store"})


def failed(request: HttpRequest) -> HttpResponse:
    """`handler500`, also for what fails outside of a view (sessions, accounts): a lost connection is no fault of ours."""
    error = sys.exc_info()[1]
    problem = problem_of(error) if error is not None else None
    return unavailable(problem) if problem is not None else server_error(request)

"""What holds for every address of the API before and after its operation: size, media type, methods, problems, ETags."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from sekisho.interfaces.api.callers import limits
from sekisho.interfaces.api.problems import response
from sekisho.market.kernel.problems import Problem

View = Callable[..., HttpResponse]


def door(view: View, files: Mapping[str, int] | None = None) -> View:
    """`view` behind the door. CSRF does not apply: no cookie counts here.

    `files`: by method, how many bytes of a file it takes.
    """

    @functools.wraps(view, updated=())
    def behind(request: HttpRequest, **where: Any) -> HttpResponse:
        try:
            _sized(request, (files or {}).get(request.method or "", 0))
            answer = view(request, **where)
            if answer.status_code == 405:
                raise Problem("wrong_method", allowed=answer.headers.get("Allow", ""))
        except Problem as problem:
            answer = response(problem)
        answer["Cache-Control"] = "private, no-cache" if request.method == "GET" else "no-store"
        return _tagged(request, answer)

    return csrf_exempt(behind)


def _sized(request: HttpRequest, file: int) -> None:
    length = request.META.get("CONTENT_LENGTH") or "0"
    most = file or limits().body_bytes
    if not length.isdecimal() or int(length) > most:
        raise Problem("too_large", most=most)
    media = (request.content_type or "").lower()
    wanted = "application/octet-stream" if file else "application/json"
    if int(length) and request.method != "GET" and media != wanted:
        raise Problem("wrong_media", wanted=wanted)


def _tagged(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """The answer with its ETag; 304 without a body where the caller has it already."""
    if request.method != "GET" or answer.status_code != 200 or answer.streaming:
        return answer
    tag = f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
    known = {part.strip().removeprefix("W/") for part in request.headers.get("If-None-Match", "").split(",")}
    if known & {tag, "*"}:
        answer = HttpResponse(status=304, headers={"Cache-Control": answer["Cache-Control"]})
    answer["ETag"] = tag
    answer["Vary"] = "Authorization, Accept-Language"
    return answer


@door
def nowhere(request: HttpRequest, **where: Any) -> HttpResponse:
    """Any other address below the API's."""
    raise Problem("not_found")

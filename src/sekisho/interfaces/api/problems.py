"""What went wrong, as RFC 9457 problems: the rooms' own, in the reader's language, and the few that only HTTP knows."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.utils.translation import get_language

from sekisho.market.kernel.problems import PROBLEMS, Kind, Problem, Row, describe

MEDIA = "application/problem+json"
PLACE = "/api/v1/problems/"
"""The `type` of a problem is its address: what it says can be read there, without a token."""

STATUS = {
    Kind.INVALID: 400, Kind.UNAUTHENTICATED: 401, Kind.FORBIDDEN: 403, Kind.NOT_FOUND: 404, Kind.CONFLICT: 409,
    Kind.TOO_MANY: 429, Kind.UNAVAILABLE: 503,
}  # fmt: skip
OWN_STATUS = {"wrong_method": 405, "too_large": 413, "wrong_media": 415, "fault": 500}
"""Codes of HTTP itself, which no kind of the rooms stands for."""
TITLES = {
    Kind.INVALID: ("入力に誤りがあります", "Something in the request is wrong"),
    Kind.UNAUTHENTICATED: ("認証が必要です", "Who you are must be shown"),
    Kind.FORBIDDEN: ("許可されていません", "You may not do this"),
    Kind.NOT_FOUND: ("見つかりません", "Not found"),
    Kind.CONFLICT: ("今はできません", "It cannot be done now"),
    Kind.TOO_MANY: ("回数が多すぎます", "Too often"),
    Kind.UNAVAILABLE: ("今は利用できません", "Not available now"),
}
WRONG = {
    "missing": ("必須です", "must be there"), "extra_forbidden": ("この項目はありません", "is no field of this request"),
    "string_too_long": ("長すぎます", "is too long"), "string_type": ("文字列で指定してください", "must be a string"),
    "int_type": ("整数で指定してください", "must be a whole number"),
    "bool_type": ("true か false で指定してください", "must be true or false"),
    "uuid_parsing": ("UUID で指定してください", "must be a UUID"), "too_long": ("件数が多すぎます", "has too many items"),
    "literal_error": ("選べる値ではありません", "is none of the values there are"),
}  # fmt: skip
"""What is wrong with a value, by pydantic's type of the error; what is not here is `_OTHER`."""
_OTHER = ("この値にはできません", "cannot be this")
_MEMBERS = frozenset({"type", "title", "status", "detail", "instance", "code", "errors"})

describe({
    "bad_request": Row(Kind.INVALID, "リクエストの形が正しくありません。errors をご確認ください。",
                       "The request does not have the right form; `errors` says where."),
    "bad_cursor": Row(Kind.INVALID, "cursor には、前の応答の next をそのまま指定してください。",
                      "Give as `cursor` what `next` was in the answer before, unchanged."),
    "bad_key": Row(Kind.INVALID, "Idempotency-Key は、空白を含まない ASCII {most}文字以内で指定してください。",
                   "Idempotency-Key may have up to {most} ASCII characters without spaces."),
    "bad_token": Row(Kind.UNAUTHENTICATED, "有効なトークンを Authorization: Bearer で指定してください。",
                     "Send a valid token as Authorization: Bearer …"),
    "no_scope": Row(Kind.FORBIDDEN, "このトークンには「{scope}」の権限がありません。", "This token lacks the scope “{scope}”."),
    "users_only": Row(Kind.FORBIDDEN, "この操作は、利用者本人のトークンでのみ行えます。",
                      "Only a person's own token can do this."),
    "too_fast": Row(Kind.TOO_MANY, "リクエストが多すぎます。{wait}秒後にもう一度お試しください。",
                    "Too many requests; try again in {wait} seconds."),
    "too_large": Row(Kind.INVALID, "リクエストは{most:,}バイト以内にしてください。",
                     "A request may have at most {most:,} bytes."),
    "wrong_media": Row(Kind.INVALID, "本文は {wanted} で送ってください。", "Send the body as {wanted}."),
    "wrong_method": Row(Kind.INVALID, "使えるメソッドは {allowed} です。", "The methods here are {allowed}."),
    "fault": Row(Kind.UNAVAILABLE, "サーバー側の不具合で処理できませんでした。何も変わっていません。",
                 "A fault of the server kept it from doing this. Nothing was changed."),
})  # fmt: skip


def status_of(code: str) -> int:
    """The HTTP status of a problem. Raises `KeyError` for no code."""
    return OWN_STATUS.get(code) or STATUS[PROBLEMS[code].kind]


def language() -> str:
    """`ja` or `en`, as the request's Accept-Language asked for."""
    return "en" if (get_language() or "ja").startswith("en") else "ja"


def record(problem: Problem, errors: Iterable[dict[str, Any]] = ()) -> dict[str, Any]:
    """The problem as plain values: its facts are members of their own."""
    lang = language()
    told: dict[str, Any] = {
        "type": PLACE + problem.code, "title": TITLES[problem.kind][lang == "en"], "status": status_of(problem.code),
        "detail": problem.text(lang), "code": problem.code,
    }  # fmt: skip
    if errors:
        told["errors"] = list(errors)
    return told | {name: value for name, value in problem.facts.items() if name not in _MEMBERS}


def response(problem: Problem, errors: Iterable[dict[str, Any]] = ()) -> HttpResponse:
    """The problem as an answer, with the headers its status asks for."""
    told = record(problem, errors)
    answer = HttpResponse(
        json.dumps(told, ensure_ascii=False, default=str), content_type=MEDIA, status=told["status"]
    )
    if problem.kind == Kind.UNAUTHENTICATED:
        answer["WWW-Authenticate"] = "Bearer"
    if problem.code == "too_fast":
        answer["Retry-After"] = str(problem.facts["wait"])
    if problem.code == "wrong_method":
        answer["Allow"] = str(problem.facts["allowed"])
    return answer


def too_fast(seconds: float) -> Problem:
    """`too_fast`, in whole seconds."""
    return Problem("too_fast", wait=math.ceil(seconds))


def invalid(found: list[dict[str, Any]]) -> HttpResponse:
    """`bad_request` from a validation's errors: a pointer into the body or the name of a parameter, and no value of it."""
    english = language() == "en"
    errors = []
    for error in found[:20]:
        source, *steps = [str(step) for step in error["loc"]]
        if source == "body":
            steps = steps[1:]
        where = {"pointer": "#" + "".join(f"/{step}" for step in steps)} if source == "body" else {
            "parameter": steps[-1] if steps else ""
        }  # fmt: skip
        wrong = WRONG.get(str(error["type"]), _OTHER)[english]
        errors.append({"in": source, **where, "code": str(error["type"]), "detail": wrong})
    return response(Problem("bad_request"), errors)

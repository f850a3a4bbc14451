"""The table of operations as a running API: each row becomes an address, a check of its input and a part of the document."""

from __future__ import annotations

import inspect
import json
import logging
from collections.abc import Callable
from typing import Annotated, Any
from uuid import UUID

import django.db
from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path, re_path
from ninja import NinjaAPI, Schema, Status
from ninja.constants import NOT_SET
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.params import functions as given_in

from sekisho.interfaces.api import problems
from sekisho.interfaces.api.callers import Bearer, Caller
from sekisho.interfaces.api.door import door, nowhere
from sekisho.interfaces.api.operation import BINARY, Ask, Op
from sekisho.interfaces.api.operations import OPERATIONS
from sekisho.market.files.verbs import Download
from sekisho.market.kernel.actors import ANONYMOUS
from sekisho.market.kernel.problems import Problem

LOG = logging.getLogger(__name__)
KEY_MOST = 100
_KEY = given_in.Header(
    None,
    alias="Idempotency-Key",
    max_length=KEY_MOST,
    description="A call that is repeated with the same key does nothing new and answers with what came of the first; "
    "with another body it is refused (`key_reused`).",
)


class ProblemOut(Schema):
    """What went wrong (RFC 9457). Facts of a problem are further members."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: list[dict[str, Any]] = []


class Api(NinjaAPI):
    """Ninja's, with problems for errors and a document that says so."""

    def get_openapi_schema(self, **given: Any) -> Any:
        """The document: errors are `application/problem+json`; what a GET has not changed is 304."""
        document = super().get_openapi_schema(**given)
        for item in document["paths"].values():
            for method, operation in item.items():
                answers, shared = operation["responses"], document["components"].setdefault("responses", {})
                for status in [status for status in answers if status >= 400]:
                    told = answers[status]
                    told["content"] = {problems.MEDIA: told["content"]["application/json"]}
                    shared[f"Problem{status}"] = told
                    answers[status] = {"$ref": f"#/components/responses/Problem{status}"}
                _with_files(operation)
                if method == "get":
                    answers[304] = {"description": "Not changed since the ETag in If-None-Match."}
        return document


_FILE = {BINARY: {"schema": {"type": "string", "format": "binary"}}}


def _with_files(operation: dict[str, Any]) -> None:
    """Say of an operation that its body or its answer is a file."""
    op = next(op for op in OPERATIONS if op.name == operation["operationId"])
    if op.takes:
        operation["requestBody"] = {"required": True, "content": _FILE}
    if op.gives:
        operation["responses"][op.status] = {
            "description": "The file, always as an attachment.",
            "content": _FILE,
        }


def make() -> Api:
    """The API with every row of the table."""
    api = Api(
        title="Sekisho", version="1", docs_url=None, openapi_url=None, urls_namespace="api", auth=Bearer(),
        description="Every verb and read of the site, for people's own tokens and for a marketplace's back end.",
    )  # fmt: skip
    for op in OPERATIONS:
        errors = {400, 401, 403, 404, 405, 413, 415, 429, 503} | ({409} if op.method != "GET" else set())
        api.default_router.add_api_operation(
            op.path.replace("{id}", "{uuid:id}"), [op.method], _view(op), operation_id=op.name, summary=op.about,
            tags=[op.path.split("/")[1]], description=_who(op), url_name=op.name,
            response={op.status: op.out, **dict.fromkeys(sorted(errors), ProblemOut)},
            auth=None if op.open else NOT_SET,
        )  # fmt: skip
    for kind, handler in _HANDLERS.items():
        api.add_exception_handler(kind, handler)
    return api


def _who(op: Op) -> str:
    if op.open:
        return "Open to everybody."
    return f"Back ends need the scope `{op.scope}`." if op.scope else "For people's own tokens."


def _view(op: Op) -> Callable[..., Any]:
    takes = [inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=HttpRequest)]

    def take(name: str, annotation: Any, default: Any = inspect.Parameter.empty) -> None:
        takes.append(
            inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=default)
        )

    if "{id}" in op.path:
        take("id", UUID)
    if "{word}" in op.path:
        take("word", str)
    if op.query is not None:
        take("query", Annotated[op.query, given_in.Query()])
    if op.body is not None:
        take("body", Annotated[op.body, given_in.Body()])
    if op.method != "GET":
        take("key", str | None, _KEY)

    def view(request: HttpRequest, **given: Any) -> Any:
        caller = getattr(request, "auth", None) or Caller(ANONYMOUS, "", None)
        key = given.get("key")
        if key is not None and (not key.isascii() or not key.isprintable() or " " in key or not key):
            raise Problem("bad_key", most=KEY_MOST)
        body = given["body"].model_dump() if op.body is not None else {}
        plain = {name: tuple(value) if isinstance(value, list) else value for name, value in body.items()}
        answer = op.run(Ask(
            caller, given.get("id"), plain, given.get("query"), caller.key(key), given.get("word", ""),
            request if op.takes else None,
        ))  # fmt: skip
        return _file(answer) if op.gives else Status(op.status, answer)

    view.__signature__ = inspect.Signature(takes)  # type: ignore[attr-defined]
    view.__name__ = op.name.replace(".", "_")
    return view


def _file(file: Download) -> FileResponse:
    answer = FileResponse(file.open())
    for (
        name,
        value,
    ) in file.headers.items():  # afterwards: Django would name a type and a way of showing of its own
        answer[name] = value
    return answer


def _unknown(request: HttpRequest, error: Any) -> HttpResponse:
    LOG.error("%s %s", request.method, request.path, exc_info=error)
    return problems.response(Problem("fault"))


def _busy(request: HttpRequest, error: Any) -> HttpResponse:
    LOG.warning("%s %s", request.method, request.path, exc_info=error)
    return problems.response(Problem("busy"))


def _http(request: HttpRequest, error: Any) -> HttpResponse:
    code = {401: "bad_token", 404: "not_found"}.get(error.status_code, "bad_request")
    return problems.response(Problem(code))


_HANDLERS: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
    Problem: lambda _request, problem: problems.response(problem),
    ValidationError: lambda _request, error: problems.invalid(error.errors),
    AuthenticationError: _http,
    HttpError: _http,
    django.db.OperationalError: _busy,
    Exception: _unknown,
}
API = make()


def document() -> str:
    """The OpenAPI 3.1 document, as it is committed in docs/schema/api.openapi.json."""
    told = API.get_openapi_schema(path_prefix="api/v1/")
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


@door
def openapi(request: HttpRequest) -> HttpResponse:
    """The document."""
    return HttpResponse(document(), content_type="application/json")


def _behind(pattern: Any) -> URLPattern | URLResolver:
    here = [
        op for op in OPERATIONS if op.path.replace("{id}", "<uuid:id>").lstrip("/") == str(pattern.pattern)
    ]
    pattern.callback = door(pattern.callback, {op.method: op.takes for op in here})
    return pattern  # type: ignore[no-any-return]


urlpatterns = [
    path("openapi.json", openapi, name="openapi"),
    *(_behind(pattern) for pattern in API.urls[0] if getattr(pattern, "name", "") != "api-root"),
    re_path(r"", nowhere, name="nowhere"),
]

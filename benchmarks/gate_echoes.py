"""The servers the gate is compared with: they read the same request and send it back, and judge nothing.

`wsgi` runs on granian as the gate does, `asgi` is Starlette on uvicorn. Each is started by `gate.py` in a process of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec


class Request(msgspec.Struct):
    """A request as both echoes take it."""

    text: str
    kind: str = "message"
    sender: str = "client"
    stage: str = "pre_contract"


_decode, _encode = msgspec.json.Decoder(Request).decode, msgspec.json.Encoder().encode


def wsgi(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
    """The least that a WSGI application can do."""
    body = _encode(_decode(environ["wsgi.input"].read()))
    start("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]


def asgi() -> Any:
    """The same as a Starlette application."""
    from starlette.applications import Starlette
    from starlette.requests import Request as Asked
    from starlette.responses import Response
    from starlette.routing import Route

    async def echo(asked: Asked) -> Response:
        return Response(_encode(_decode(await asked.body())), media_type="application/json")

    return Starlette(routes=[Route("/v1/check", echo, methods=["POST"])])

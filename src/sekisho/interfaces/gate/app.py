"""The WSGI application: reads a request, has it judged, answers. One text is judged at a time; who waits too long is told so.

Knows nothing of sockets and processes (`server`) and nothing of how a text is judged (`judging`).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from sekisho.interfaces.gate import problems
from sekisho.interfaces.gate.counts import Counts
from sekisho.interfaces.gate.judging import ENDPOINTS, Current, Endpoint, decoded, encode
from sekisho.interfaces.gate.logs import Tell, places
from sekisho.interfaces.gate.openapi import document
from sekisho.interfaces.gate.problems import RETRY_SECONDS, Refused
from sekisho.interfaces.gate.requests import BatchRequest
from sekisho.interfaces.gate.settings import KeyRing, Settings
from sekisho.interfaces.gate.wires import Readers

Environ = dict[str, Any]
Start = Callable[[str, list[tuple[str, str]]], Any]
Reply = tuple[int, str, bytes]
"""Status, media type, body."""

JSON = "application/json"
_REASONS = {200: "OK", 400: "Bad Request", 401: "Unauthorized", 404: "Not Found", 405: "Method Not Allowed"}
_REASONS |= {408: "Request Timeout", 413: "Content Too Large", 415: "Unsupported Media Type"}
_REASONS |= {422: "Unprocessable Content", 501: "Not Implemented", 503: "Service Unavailable"}
_batch = msgspec.json.Decoder(BatchRequest)
_CHUNK = 65_536


class Gate:
    """The application of one judging process."""

    def __init__(self, settings: Settings, current: Current, counts: Counts, tell: Tell) -> None:
        self.limits, self._keys = settings.limits, KeyRing(settings.keys)
        self.current, self.counts, self._tell = current, counts, tell
        self.refused: dict[str, Any] | None = None
        """What is wrong with the pack in the folder when it was refused; None while the pack in use is the one there."""
        self.judging = threading.Lock()
        """Held while a text is judged and while the pack is swapped."""
        self.readers = Readers()
        self._tell_requests = settings.log_requests
        self._posts: dict[str, tuple[Endpoint, bool]] = {one.path: (one, False) for one in ENDPOINTS}
        self._posts |= {one.path + "/batch": (one, True) for one in ENDPOINTS}
        self._gets: dict[str, Callable[[], Reply]] = {
            "/healthz": lambda: (200, JSON, b'{"status":"alive"}'),
            "/readyz": self._ready,
            "/metrics": self._metrics,
            "/openapi.json": lambda: (200, JSON, document(self.limits)),
        }

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        """Answer one request."""
        began = time.perf_counter()
        path = environ["PATH_INFO"]
        found = self._posts.get(path)
        name = "other" if found is None else found[0].name + "/batch" if found[1] else found[0].name
        headers: list[tuple[str, str]] = []
        current, outcome = self.current, ""
        try:
            if found is not None and environ["REQUEST_METHOD"] == "POST":
                current, body, outcome = self._judged(environ, found)
                status, media = 200, JSON
            else:
                status, media, body = self._told(environ, path, headers)
        except Refused as refused:
            status, media, body = self._problem(refused, environ, headers)
        except Exception as error:  # noqa: BLE001 - its message may hold the text
            self._tell("fault", endpoint=name, where=places(error))
            status, media, body = self._problem(Refused("fault"), environ, headers)
        headers += [
            ("Content-Type", media),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
            ("Sekisho-Pack", current.judge.pack.id),
            ("Sekisho-Digest", current.judge.digest),
        ]
        seconds = time.perf_counter() - began
        self.counts.answered(name, status, seconds, outcome)
        if self._tell_requests:
            self._tell("request", endpoint=name, status=status, milliseconds=round(seconds * 1e3, 2))
        start(f"{status} {_REASONS[status]}", headers)
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]

    def _judged(self, environ: Environ, found: tuple[Endpoint, bool]) -> tuple[Current, bytes, str]:
        """The pack that judged, the answer's JSON, and the verdict's word ("" for a batch)."""
        endpoint, many = found
        self._permit(environ)
        body = self._body(environ)
        deadline = time.perf_counter() + self.limits.request_seconds
        if many:
            return self._judge_batch(endpoint, body, deadline, environ)
        request = endpoint.read(body, self.limits)
        return self._judge(endpoint, request, deadline)

    def _judge(self, endpoint: Endpoint, request: Any, deadline: float) -> tuple[Current, bytes, str]:
        left = deadline - time.perf_counter()
        if left <= 0 or not self.judging.acquire(timeout=left):
            raise Refused("late")
        try:
            current = self.current
            answer, outcome = endpoint.judge(request, current)
        except Refused:
            raise
        except Exception as error:  # noqa: BLE001 - its message may hold the text; the other items of a batch go on
            self._tell("fault", endpoint=endpoint.name, where=places(error))
            raise Refused("fault") from None
        finally:
            self.judging.release()
        return current, answer, outcome

    def _judge_batch(
        self, endpoint: Endpoint, body: bytes, deadline: float, environ: Environ
    ) -> tuple[Current, bytes, str]:
        """Every item by itself; between items other requests get their turn. Every answer names the pack that gave it."""
        items = decoded(_batch, body).items
        if len(items) > self.limits.batch_items:
            raise Refused("batch_too_large", "$.items", "items", self.limits.batch_items)
        lang = problems.language(environ.get("HTTP_ACCEPT_LANGUAGE", ""))
        current, results = self.current, []
        for number, item in enumerate(items):
            try:
                request = endpoint.read(item, self.limits)
                used, answer, outcome = self._judge(endpoint, request, deadline)
                self.counts.add("verdicts", endpoint.name + "/batch", outcome)
                results.append(b'{"status":200,"answer":' + answer + b"}")
                current = used
            except Refused as refused:
                self.counts.add("problems", refused.code)
                told = problems.record(refused.under(f"$.items[{number}]"), lang)
                results.append(b'{"status":%d,"problem":' % told["status"] + encode(told) + b"}")
        head = encode({"pack": current.judge.pack.id, "digest": current.judge.digest})
        return current, head[:-1] + b',"results":[' + b",".join(results) + b"]}", ""

    def _permit(self, environ: Environ) -> None:
        if self._keys and not self._keys.name_of(environ.get("HTTP_AUTHORIZATION", "")):
            raise Refused("no_key")

    def _body(self, environ: Environ) -> bytes:
        media = environ.get("CONTENT_TYPE", "")
        if (media != JSON and not _is_json(media)) or "HTTP_CONTENT_ENCODING" in environ:
            raise Refused("wrong_media")
        told = environ.get("CONTENT_LENGTH", "")
        limit = self.limits.body_bytes
        length = int(told) if told.isascii() and told.isdecimal() and len(told) < 16 else None
        if told and (length is None or length > limit):
            raise Refused("body_too_large", "", "bytes", limit)
        thread = threading.get_ident()
        self.readers.since[thread] = time.perf_counter()
        try:
            return self._read(environ["wsgi.input"], length, limit)
        except OSError:  # granian's word for a connection that ended within the body
            raise Refused("body_late") from None
        finally:
            del self.readers.since[thread]

    def _read(self, wire: Any, length: int | None, limit: int) -> bytes:
        """The body. One that stops half-way is cut off by the watch over connections, and comes back short."""
        if length is not None and length <= _CHUNK:
            body: bytes = wire.read(length)
            if len(body) < length:
                raise Refused("body_late")
            return body
        parts, size, end = [], 0, time.perf_counter() + self.limits.body_seconds
        while part := wire.read(_CHUNK):
            size += len(part)
            if size > limit:
                raise Refused("body_too_large", "", "bytes", limit)
            if time.perf_counter() > end:
                raise Refused("body_late")
            parts.append(part)
        if length is not None and size < length:
            raise Refused("body_late")
        return b"".join(parts)

    def _told(self, environ: Environ, path: str, headers: list[tuple[str, str]]) -> Reply:
        """What is not judging: documents about the server, and requests that lead nowhere."""
        tell = self._gets.get(path)
        if tell is None and path not in self._posts:
            raise Refused("not_found")
        if tell is None or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            headers.append(("Allow", "POST" if tell is None else "GET, HEAD"))
            raise Refused("wrong_method")
        if path == "/metrics":
            self._permit(environ)
        return tell()

    def _problem(self, refused: Refused, environ: Environ, headers: list[tuple[str, str]]) -> Reply:
        lang = problems.language(environ.get("HTTP_ACCEPT_LANGUAGE", ""))
        told = problems.record(refused, lang)
        self.counts.add("problems", refused.code)
        headers += [("Content-Language", lang), ("Vary", "Accept-Language")]
        if told["status"] in (408, 503):
            headers.append(("Retry-After", str(RETRY_SECONDS)))
        if told["status"] == 401:
            headers.append(("WWW-Authenticate", "Bearer"))
        if told["status"] in (408, 413):
            headers.append(("Connection", "close"))
        return told["status"], problems.CONTENT_TYPE, encode(told)

    def _ready(self) -> Reply:
        judge = self.current.judge
        told = {"status": "ready", "pack": judge.pack.id, "digest": judge.digest, "refused": self.refused}
        return 200, JSON, encode(told)

    def _metrics(self) -> Reply:
        judge = self.current.judge
        body = self.counts.told(judge.pack.id, judge.digest, refused=self.refused is not None)
        return 200, "text/plain; version=0.0.4; charset=utf-8", body


def _is_json(content_type: str) -> bool:
    media, _, parameters = content_type.partition(";")
    charset = parameters.replace(" ", "").replace('"', "").lower()
    return media.strip().lower() == JSON and charset in ("", "charset=utf-8")

"""Requests as nobody should send them, as bytes for a bare connection. Same seed, same bytes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from random import Random

PATHS = tuple(
    f"/v1/{name}{end}" for name in ("check", "check_posting", "check_thread") for end in ("", "/batch")
)
_GOOD = {
    "check": {"text": "LINEに移動してください", "kind": "message", "sender": "client"},
    "check_posting": {
        "title": "記事作成",
        "body": "LINEに移動",
        "pay": {"text": "月50万円"},
        "client": {"reviews": 0},
    },
    "check_thread": {
        "events": [{"type": "message", "sender": "client", "text": "LINEに移動"}, {"type": "contract_agreed"}]
    },
}
_MEDIA = (
    "text/plain",
    "application/xml",
    "multipart/form-data; boundary=x",
    "application/json; charset=utf-16",
    "",
    "\x80\xff",
    "a" * 4000,
)
_SIGNS = (
    "\\u0000",
    "\\ud800",
    "\\udfff\\ud83d",
    "\\u202e",
    "\x00",
    "\x7f",
    "\ufeff",
    "\U0010ffff",
    "é\u0301" * 50,
    "\\uD83D\\uDE00",
)


def requests(count: int, seed: int) -> Iterator[bytes]:
    """So many requests. Most end within their connection; some promise more than they bring."""
    dice = Random(seed)
    for _ in range(count):
        yield dice.choice(_MANNERS)(dice)


def _body(dice: Random, path: str) -> bytes:
    good = _GOOD[path.split("/")[2]]
    told = {"items": [good] * dice.randint(0, 3)} if path.endswith("/batch") else good
    return json.dumps(told, ensure_ascii=dice.random() < 0.5).encode()


def _head(
    path: str, length: object, *more: str, media: str = "application/json", method: str = "POST"
) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: x", "Connection: close", f"Content-Type: {media}"]
    lines += [] if length is None else [f"Content-Length: {length}"]
    return "\r\n".join([*lines, *more, "", ""]).encode("latin-1")


def _whole(path: str, body: bytes, **more: str) -> bytes:
    return _head(path, len(body), **more) + body


def _truncated(dice: Random) -> bytes:
    """JSON cut off, its length told rightly."""
    path = dice.choice(PATHS)
    body = _body(dice, path)
    return _whole(path, body[: dice.randrange(len(body))])


def _short(dice: Random) -> bytes:
    """A length larger than what comes."""
    path = dice.choice(PATHS)
    body = _body(dice, path)
    return _head(path, len(body) + dice.choice((1, 50, 5_000, 150_000))) + body


def _flipped(dice: Random) -> bytes:
    """Some bytes replaced: broken JSON, broken UTF-8."""
    path = dice.choice(PATHS)
    body = bytearray(_body(dice, path))
    for _ in range(dice.randint(1, 8)):
        body[dice.randrange(len(body))] = dice.randrange(256)
    return _whole(path, bytes(body))


def _signs(dice: Random) -> bytes:
    """Lone surrogates, NUL, marks of direction and order in every place of a text."""
    path = dice.choice(PATHS)
    sign = dice.choice(_SIGNS)
    at = dice.choice(("移動", "LINE", "text", "client"))
    told = json.dumps(json.loads(_body(dice, path)), ensure_ascii=False).replace(at, at + sign, 1)
    return _whole(path, told.encode())


def _media(dice: Random) -> bytes:
    """Another kind of content than JSON, or a word that is none."""
    path = dice.choice(PATHS)
    return _whole(path, _body(dice, path), media=dice.choice(_MEDIA))


def _deep(dice: Random) -> bytes:
    """Lists and objects within one another, closed or not."""
    path, depth = dice.choice(PATHS), dice.choice((50, 1_200, 20_000))
    opening, closing = dice.choice(((b"[", b"]"), (b'{"a":', b"}")))
    inner = opening * depth + b"1" + closing * dice.choice((depth, depth - 1, 0))
    name = dice.choice((b"text", b"items", b"events", b"client", b"x"))
    return _whole(path, b'{"' + name + b'":' + inner + b"}")


def _large(dice: Random) -> bytes:
    """Over the limit by its told length, or a text over its own."""
    path = dice.choice(PATHS)
    if dice.random() < 0.5:
        return _head(path, dice.choice((10**7, 10**12, 10**30)))
    return _whole(path, json.dumps({"text": "あ" * 60_000, "title": "x" * 120_000}).encode())


def _lengths(dice: Random) -> bytes:
    """Lengths that are none, two at once, or none at all."""
    path = dice.choice(PATHS)
    body = _body(dice, path)
    length = dice.choice(("-1", "0x10", "1e3", "\xb3", " ", "+5", None, len(body)))
    return (
        _head(path, length, *dice.choice(((), ("Content-Length: 3",), ("Transfer-Encoding: chunked",))))
        + body
    )


def _chunks(dice: Random) -> bytes:
    """Chunked, with sizes that lie."""
    path = dice.choice(PATHS)
    body = _body(dice, path)
    size = dice.choice((f"{len(body):x}", f"{len(body) + 9:x}", "-1", "zz", "ffffffffffffffffff", ""))
    end = dice.choice((b"\r\n0\r\n\r\n", b"\r\n", b""))
    return _head(path, None, "Transfer-Encoding: chunked") + size.encode() + b"\r\n" + body + end


def _lines(dice: Random) -> bytes:
    """Request lines and headers that are no HTTP."""
    path = dice.choice(
        (
            *PATHS,
            "/" + "a" * 9_000,
            "/%00",
            "/\x80",
            "//v1/check",
            "*",
            "/v1/check?" + "x" * 500,
            "http://x/v1/check",
        )
    )
    method = dice.choice(("POST", "GET", "HEAD", "PUT", "OPTIONS", "BREW", "\x00", "post"))
    more = dice.choice(
        (
            "X: " + "y" * 20_000,
            "Authorization: Bearer \xff\x80",
            "Expect: 100-continue",
            "Accept-Language: " + "ja," * 999,
            "Y:\x0bz",
        )
    )
    return _head(path, 2, more, method=method) + b"{}"


def _noise(dice: Random) -> bytes:
    """No HTTP at all."""
    return dice.randbytes(dice.randint(1, 400)) + dice.choice((b"", b"\r\n\r\n"))


_MANNERS: tuple[Callable[[Random], bytes], ...] = (
    _truncated, _short, _flipped, _signs, _media, _deep, _large, _lengths, _chunks, _lines, _noise,
)  # fmt: skip

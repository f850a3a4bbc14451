"""What can be wrong with a request, as RFC 9457 problems in Japanese and English. A closed list, without text of a request."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import msgspec

CONTENT_TYPE = "application/problem+json"
TYPE = "urn:sekisho:gate:"
RETRY_SECONDS = 1


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem: its status and what it says in both languages."""

    status: int
    ja: str
    en: str


KINDS: dict[str, Kind] = {
    "not_json": Kind(400, "本文が JSON として読めません", "The body is not JSON in UTF-8"),
    "no_key": Kind(401, "API キーが必要です", "An API key is needed"),
    "not_found": Kind(404, "この場所には何もありません", "There is nothing at this place"),
    "wrong_method": Kind(405, "このメソッドは使えません", "This method is not possible here"),
    "body_late": Kind(408, "本文が時間内に届きませんでした", "The body did not arrive in time"),
    "body_too_large": Kind(413, "本文が大きすぎます", "The body is too large"),
    "wrong_media": Kind(
        415,
        "本文は圧縮なしの application/json で送ってください",
        "The body must be uncompressed application/json",
    ),
    "wrong_value": Kind(422, "値が正しくありません", "A value is wrong"),
    "text_too_long": Kind(422, "文章が長すぎます", "A text is too long"),
    "batch_too_large": Kind(422, "一度に送る件数が多すぎます", "The batch has too many items"),
    "not_built": Kind(501, "この判定はまだ備わっていません", "This kind of judging is not built in yet"),
    "late": Kind(
        503,
        "混み合っていて時間内に判定できませんでした",
        "There was no time to judge this; the server is busy",
    ),
    "fault": Kind(
        503, "サーバー側の不具合で判定できませんでした", "A fault of the server kept it from judging this"
    ),
}

HINTS: dict[str, tuple[str, str]] = {
    "no_key": ("Authorization: Bearer <キー> を付けてください", "send Authorization: Bearer <key>"),
    "not_found": ("使える場所は /openapi.json にあります", "what there is stands in /openapi.json"),
    "late": (
        "Retry-After の秒数を待って、もう一度送ってください",
        "wait as long as Retry-After says, then send it again",
    ),
}
"""What to do, where the title does not say it: ja, en."""


WANTED: dict[str, tuple[str, str]] = {
    "bytes": ("{} バイトまでです", "at most {} bytes"),
    "characters": ("{} 文字（コードポイント）までです", "at most {} code points"),
    "items": ("{} 件までです", "at most {} items"),
    "type": ("{} でなければなりません", "must be {}"),
    "there": ("必須です", "must be there"),
    "no_field": ("存在しないフィールドがあります", "has a field that does not exist"),
    "listed": ("/openapi.json にある値のどれかにしてください", "must be one of the values in /openapi.json"),
    "bounds": ("範囲を超えています", "is out of bounds"),
    "fits": ("欠けているか、この値にはできません", "is missing or cannot be this"),
}
"""What belongs in the place of a wrong value: ja, en. The blank is for a figure or the name of a type."""


class Refused(Exception):
    """A request, or one item of a batch, that is not judged. `at`: a JSON path of our own names; `wanted`: a word of `WANTED`."""

    def __init__(self, code: str, at: str = "", wanted: str = "", figure: int | str = "") -> None:
        super().__init__(code)
        self.code, self.at, self.wanted, self.figure = code, at, wanted, figure

    def under(self, path: str) -> Refused:
        """The same, when what was read stands at `path` of something larger."""
        return Refused(self.code, path + self.at.removeprefix("$"), self.wanted, self.figure)


def record(refused: Refused, lang: str) -> dict[str, Any]:
    """The problem as plain values, in "ja" or "en"."""
    kind, chosen = KINDS[refused.code], 0 if lang == "ja" else 1
    told: dict[str, Any] = {
        "type": TYPE + refused.code,
        "title": (kind.ja, kind.en)[chosen],
        "status": kind.status,
        "code": refused.code,
    }
    if refused.wanted:
        wanted = WANTED[refused.wanted][chosen].format(refused.figure)
        told["detail"] = f"{refused.at}: {wanted}" if refused.at else wanted
    elif refused.code in HINTS:
        told["detail"] = HINTS[refused.code][chosen]
    if refused.at:
        told["at"] = refused.at
    return told


def language(accepted: str) -> str:
    """The better of "ja" and "en" for an `Accept-Language` header; "en" when it names neither."""
    best, found = 0.0, "en"
    for part in accepted[:400].split(","):
        tag, _, parameters = part.strip().partition(";")
        lang = tag[:2].lower()
        if lang in ("ja", "en") and tag[2:3] in ("", "-"):
            weight = _weight(parameters)
            if weight > best:
                best, found = weight, lang
    return found


def _weight(parameters: str) -> float:
    match = re.search(r"q=([01](?:\.[0-9]{0,3})?)", parameters)
    return float(match[1]) if match else 1.0


_AT = re.compile(r" - at `(\$[^`]*)`$")
_STEP = re.compile(r"\.([a-z_]+)|\[[0-9]{0,7}\]|\[\.\.\.\]")
_EXPECTED = re.compile(
    r"Expected `((?:str|int|bool|float|object|array|null)(?: \| (?:str|int|bool|float|object|array|null))*)`"
)
_MISSING = re.compile(r"Object missing required field `([a-z_]+)`")


def refusal_of(error: Exception, known: frozenset[str]) -> Refused:
    """A decoder's error as a refusal. Its message may repeat the request: only `known` names and our own types are taken over."""
    if not isinstance(error, msgspec.ValidationError):
        return Refused("not_json")
    message = str(error)
    at = "$" + _own_path(message, known)
    missing = _MISSING.match(message)
    if missing and missing[1] in known:
        return Refused("wrong_value", f"{at}.{missing[1]}", "there")
    expected = _EXPECTED.match(message)
    if expected:
        return Refused("wrong_value", at, "type", expected[1])
    if message.startswith("Object contains unknown field"):
        return Refused("wrong_value", at, "no_field")
    if message.startswith("Invalid enum value"):
        return Refused("wrong_value", at, "listed")
    return Refused("wrong_value", at, "bounds")


def _own_path(message: str, known: frozenset[str]) -> str:
    match = _AT.search(message)
    if not match:
        return ""
    path = match[1][1:]
    steps = list(_STEP.finditer(path))
    if "".join(step[0] for step in steps) != path or any(step[1] and step[1] not in known for step in steps):
        return ""
    return path

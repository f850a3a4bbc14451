"""The table of endpoints that judge: how each reads a body, which function of the core it calls, how it tells the verdict.

A function that this build of the core does not have is answered 501; the table is all that has to know of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import msgspec

import sekisho
from sekisho.core.detection.judge import Judge
from sekisho.core.detection.record import verdict_record
from sekisho.core.rules.errors import PackError
from sekisho.core.rules.model import Kind, Outcome, Sender, Stage
from sekisho.interfaces.gate.problems import Refused, refusal_of
from sekisho.interfaces.gate.requests import KNOWN, CheckRequest, PostingRequest, ThreadRequest
from sekisho.interfaces.gate.settings import Limits

encode = msgspec.json.Encoder().encode
_any = msgspec.json.Decoder()


@dataclass(frozen=True, slots=True)
class Current:
    """The pack in use: its folder (for functions that take one), its judge, and the answer to a text that shows nothing."""

    folder: str
    judge: Judge
    clear: bytes

    @classmethod
    def of(cls, folder: str, judge: Judge) -> Current:
        """`folder` is where `judge` was loaded from."""
        nothing = judge.judge("", kind=Kind.MESSAGE, sender=Sender.CLIENT, stage=Stage.PRE_CONTRACT)
        return cls(folder, judge, encode(verdict_record("", nothing)))


Answer = tuple[bytes, str]
"""JSON of a verdict, and the verdict's word for the counts."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One way of judging. `read` makes a body a request or raises `Refused`; `judge` answers it under a pack."""

    path: str
    name: str
    about: str
    body: type[msgspec.Struct]
    read: Callable[[bytes | msgspec.Raw, Limits], Any]
    judge: Callable[[Any, Current], Answer]


def decoded(decoder: msgspec.json.Decoder[Any], body: bytes | msgspec.Raw) -> Any:
    """`body` as the decoder's type. Raises `Refused`."""
    try:
        return decoder.decode(body)
    except (ValueError, RecursionError) as error:
        raise refusal_of(error, KNOWN) from None


_check = msgspec.json.Decoder(CheckRequest)


def _read_check(body: bytes | msgspec.Raw, limits: Limits) -> CheckRequest:
    request: CheckRequest = decoded(_check, body)
    if len(request.text) > limits.text_length:
        raise Refused("text_too_long", "$.text", "characters", limits.text_length)
    return request


def _judge_check(request: CheckRequest, current: Current) -> Answer:
    verdict = current.judge.judge(
        request.text,
        kind=request.kind,
        sender=request.sender,
        stage=request.stage,
        approved_tools=request.approved_tools,
        repeated=request.repeated,
    )
    if verdict.verdict is Outcome.CLEAR and not verdict.findings and not verdict.contacts:
        return current.clear, "clear"
    return encode(verdict_record(request.text, verdict)), verdict.verdict.value


def _reader(kind: type[msgspec.Struct], field: str = "") -> Callable[[bytes | msgspec.Raw, Limits], Any]:
    """Checks a body against `kind`, then hands on its plain values, or those of one field."""
    decoder = msgspec.json.Decoder(kind)

    def read(body: bytes | msgspec.Raw, limits: Limits) -> Any:
        decoded(decoder, body)
        plain = decoded(_any, body)
        _within(plain, limits)
        return plain[field] if field else plain

    return read


def _within(plain: Any, limits: Limits) -> None:
    """Raise `Refused` where some text is longer than one may be."""
    left = [plain]
    while left:
        value = left.pop()
        if isinstance(value, str):
            if len(value) > limits.text_length:
                raise Refused("text_too_long", "", "characters", limits.text_length)
        elif isinstance(value, dict):
            left.extend(value.values())
        elif isinstance(value, list):
            left.extend(value)


def _named(function: str, record: tuple[str, str]) -> Callable[[Any, Current], Answer]:
    """Calls a function of the core by its name; `record` is the module and function that make its answer plain values."""

    def judge(request: Any, current: Current) -> Answer:
        call, plain = getattr(sekisho, function, None), _found(*record)
        if call is None or plain is None:
            raise Refused("not_built")
        try:
            verdict = call(request, pack=current.folder)
        except PackError:
            raise Refused("not_built") from None  # a pack of one's own without the data that this needs
        except ValueError as error:
            raise _core_refusal(error) from None
        return encode(plain(request, verdict)), str(verdict.verdict)

    return judge


def _found(module: str, name: str) -> Callable[[Any, Any], Any] | None:
    try:
        return getattr(import_module(module), name, None)
    except ModuleNotFoundError:
        return None


def _core_refusal(error: ValueError) -> Refused:
    """What the core refuses, by its place alone: its message may repeat the text."""
    index, field = getattr(error, "index", None), getattr(error, "field", None)
    at = f"$.events[{index}]" if isinstance(index, int) else "$"
    at += f".{field}" if isinstance(field, str) and field in KNOWN else ""
    return Refused("wrong_value", at, "fits")


ENDPOINTS = (
    Endpoint("/v1/check", "check", "Judge one text.", CheckRequest, _read_check, _judge_check),
    Endpoint(
        "/v1/check_posting",
        "check_posting",
        "Judge a posting with pay and the client's track record.",
        PostingRequest,
        _reader(PostingRequest),
        _named("check_posting", ("sekisho.core.detection.postings.record", "posting_record")),
    ),
    Endpoint(
        "/v1/check_thread",
        "check_thread",
        "Judge the course of a deal.",
        ThreadRequest,
        _reader(ThreadRequest, "events"),
        _named("check_thread", ("sekisho.core.detection.threads.record", "thread_record")),
    ),
)

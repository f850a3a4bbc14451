"""A real server under requests that schemathesis makes from its own OpenAPI document, and under ones that are no requests at all.

Every answer is below 500 and comes in time. The quick form is part of every run; ten thousand requests are marked `long`.
"""

from __future__ import annotations

import json
import socket
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests as http
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode

from tests.interfaces.gate import hostile

IN_TIME = 10.0
"""Seconds within which every request has to be answered or its connection closed."""
PATIENCE = 0.5
"""Seconds before a sender of bytes gives up."""
NOT_BUILT = 501
"""The small pack has no data for postings and says so."""


@pytest.fixture(scope="module")
def server(serving: Any, tiny_pack: str) -> Any:
    return serving(
        pack=tiny_pack,
        limits={"body_seconds": 1.0, "idle_seconds": 2.0, "body_bytes": 200_000, "text_length": 20_000},
    )


def made_up(server: Any, examples: int) -> Counter[int]:
    """Requests after the document the server itself hands out, good ones and bad ones, for every operation: statuses counted."""
    base = f"http://127.0.0.1:{server.port}"
    statuses: Counter[int] = Counter()
    schema = schemathesis.openapi.from_dict(server.ask("/openapi.json").json)
    with http.Session() as session:
        for found in schema.get_all_operations():
            operation = found.ok()
            for mode in GenerationMode if operation.method == "post" else (GenerationMode.POSITIVE,):

                @settings(
                    max_examples=examples,
                    suppress_health_check=list(HealthCheck),
                    phases=[Phase.generate],
                    database=None,
                )
                @given(case=operation.as_strategy(generation_mode=mode))
                def sent(case: Any) -> None:
                    answer = case.call(base_url=base, session=session, timeout=IN_TIME)
                    statuses[answer.status_code] += 1
                    assert answer.status_code < 500 or answer.status_code == NOT_BUILT, (
                        case.path,
                        answer.text,
                    )

                sent()
    return statuses


def answered(server: Any, data: bytes) -> int:
    """The status of a request sent as bytes; 0 when the connection was closed without one. Fails when neither comes in time.

    What does not get an answer soon is waited for by the server as well; then no more is sent, and it has to let go.
    """
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as wire:
        got, given_up = b"", False
        while b"\r\n\r\n" not in got:
            try:
                if data:
                    wire.sendall(data)
                    data = b""
                part = wire.recv(65536)
            except TimeoutError:
                assert not given_up, f"no answer within {IN_TIME:g} s"
                given_up = True
                wire.settimeout(IN_TIME)
                wire.shutdown(socket.SHUT_WR)
                continue
            except OSError:
                break
            if not part:
                break
            got += part
    return int(got[9:12]) if got[:5] == b"HTTP/" else 0


def thrown(server: Any, count: int, seed: int) -> Counter[int]:
    """Hostile bytes over several connections at a time; statuses counted, and none is a fault."""
    sent = list(hostile.requests(count, seed))
    with ThreadPoolExecutor(16) as threads:
        statuses = list(threads.map(lambda data: answered(server, data), sent))
    for data, status in zip(sent, statuses, strict=True):
        assert status < 500 or status in (NOT_BUILT, 505), (status, data[:300])
    return Counter(statuses)


class Slow:
    """Connections that send their request a byte at a time for as long as it is used in a `with`."""

    def __init__(self, server: Any, count: int) -> None:
        self._server, self._count, self._ended = server, count, threading.Event()
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Slow:
        self._threads = [threading.Thread(target=self._drip) for _ in range(self._count)]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join()

    def _drip(self) -> None:
        head = b"POST /v1/check HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9000\r\n\r\n"
        while not self._ended.is_set():
            with self._server.wire() as wire:
                for byte in head + b" " * 9000:
                    try:
                        wire.send(bytes([byte]))
                    except OSError:
                        break
                    if self._ended.wait(0.02):
                        return


def stands(server: Any) -> bool:
    """Whether the server still judges, and told of no fault."""
    faults = [line for line in server.lines() if line["event"] == "fault"]
    return server.ask("/v1/check", {"text": "LINEに移動"}).status == 200 and not faults


def test_requests_made_from_the_document_are_answered(server: Any) -> None:
    assert made_up(server, 6)[200] > 20
    assert stands(server)


def test_bytes_that_are_no_request_do_not_make_it_fail(server: Any) -> None:
    statuses = thrown(server, 300, 1)
    assert {400, 413, 415, 422} <= statuses.keys()
    assert stands(server)


def test_slow_senders_keep_nobody_waiting(server: Any) -> None:
    with Slow(server, 6):
        began = time.monotonic()
        while time.monotonic() - began < 2.5:
            assert server.ask("/v1/check", {"text": "LINEに移動"}).status == 200
    assert stands(server)


@pytest.mark.long
def test_ten_thousand_hostile_requests_end_in_no_fault_and_no_wait(server: Any) -> None:
    with Slow(server, 4):
        made = made_up(server, 200)
        bytes_ = thrown(server, 8_000, 2)
    assert made.total() + bytes_.total() >= 10_000
    assert stands(server)
    print(json.dumps({"made": made, "bytes": bytes_}))  # noqa: T201 - the figures of the run, shown with -s

"""The real server in processes of its own: start, judge, reload, slow and broken connections, stop."""

from __future__ import annotations

import json
import signal
import socket
import threading
import time

import pytest

from sekisho.interfaces.gate import wires
from tests.interfaces.conftest import write_pack

MARK = "秘密のしるしzqx"


@pytest.fixture(scope="module")
def server(serving, tiny_pack):
    return serving(pack=tiny_pack, workers=1, limits={"body_seconds": 0.5, "idle_seconds": 1.5, "body_bytes": 200_000})


def post(body: bytes, *headers: str) -> bytes:
    head = ["POST /v1/check HTTP/1.1", "Host: x", "Content-Type: application/json", *headers]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


def status_of(wire: socket.socket) -> int:
    got = b""
    while b"\r\n\r\n" not in got:
        part = wire.recv(65536)
        if not part:
            break
        got += part
    return int(got[9:12] or 0)


def test_it_judges(server):
    answer = server.ask("/v1/check", {"text": "LINEに移動"})
    assert (answer.status, answer.json["verdict"]) == (200, "violation")
    assert answer.headers["sekisho-pack"] == "tiny"


def test_requests_sent_together_are_answered_in_order(server):
    bodies = [json.dumps({"text": text}).encode() for text in ("LINEに移動", "") * 20]
    with server.wire() as wire:
        wire.sendall(b"".join(post(body, f"Content-Length: {len(body)}") for body in bodies))
        got = b""
        while got.count(b'"schema"') < len(bodies):
            part = wire.recv(65536)
            assert part
            got += part
    assert [b'"violation"' in answer for answer in got.split(b"HTTP/1.1 200 OK")[1:]] == [True, False] * 20


def test_a_body_in_chunks_is_judged(server):
    with server.wire() as wire:
        wire.sendall(post(b'8\r\n{"text":\r\n3\r\n""}\r\n0\r\n\r\n', "Transfer-Encoding: chunked"))
        assert status_of(wire) == 200


def test_a_body_that_is_too_large_is_refused(server):
    with server.wire() as wire:
        wire.sendall(post(b"", "Content-Length: 200001"))
        assert status_of(wire) == 413


@pytest.mark.parametrize(
    "request_line", [b"\x00\x01\x02\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"]
)
def test_what_is_not_http_is_not_a_fault(server, request_line):
    with server.wire() as wire:
        wire.sendall(request_line)
        wire.shutdown(socket.SHUT_WR)
        assert status_of(wire) in (0, 400, 404, 405, 505)
    assert server.is_up()


@pytest.mark.skipif(not wires.can_watch(), reason="this system does not tell what its connections do")
def test_slow_bodies_are_cut_off_while_others_are_judged(server):
    def drip(wire: socket.socket) -> None:
        for _ in range(100):
            try:
                wire.sendall(b" ")
            except OSError:
                return
            time.sleep(0.1)

    slow = [server.wire() for _ in range(6)]
    for wire in slow:
        wire.sendall(post(b'{"te', "Content-Length: 5000"))
    dripping = threading.Thread(target=drip, args=(slow[0],))
    dripping.start()
    assert server.ask("/v1/check", {"text": ""}).status == 200
    assert [status_of(wire) for wire in slow] == [408] * len(slow)
    for wire in slow:
        wire.close()
    dripping.join()
    assert server.ask("/v1/check", {"text": ""}).status == 200


def test_slow_headers_are_cut_off(server):
    with server.wire() as wire:
        wire.sendall(b"POST /v1/check HTTP/1.1\r\nHost: x\r\n")
        began = time.monotonic()
        assert status_of(wire) in (0, 408)
        assert time.monotonic() - began < 8


def test_a_connection_that_is_idle_between_requests_is_kept(server):
    body = b'{"text":""}'
    with server.wire() as wire:
        for _ in range(2):
            wire.sendall(post(body, f"Content-Length: {len(body)}"))
            assert status_of(wire) == 200
            time.sleep(0.9)


def test_nothing_of_a_request_is_logged(server):
    for path in ("/v1/check", "/v1/check_thread", "/v1/check/batch", "/" + "zqx"):
        server.ask(path, {"text": MARK, "kind": MARK}, **{"X-Mark": "zqx", "User-Agent": "zqx"})
    assert "zqx" not in server.log.read_text(encoding="utf-8")
    assert "zqx" not in server.ask("/metrics").body.decode()
    assert all(line["event"] for line in server.lines())


@pytest.fixture(scope="module")
def changing(serving, tmp_path_factory):
    """A server of two processes over a pack that may be changed."""
    pack = write_pack(tmp_path_factory.mktemp("changing") / "tiny")
    return serving(pack=str(pack), workers=2), pack


def test_a_changed_pack_is_taken_into_use_without_dropping_a_request(changing):
    server, pack = changing
    path = pack / "words" / "all.toml"
    good = path.read_text(encoding="utf-8")
    answers, ended = [], threading.Event()

    def keep_asking() -> None:
        while not ended.is_set():
            answers.append(server.ask("/v1/check", {"text": "LINEにhop"}))

    asking = [threading.Thread(target=keep_asking) for _ in range(3)]
    for thread in asking:
        thread.start()
    path.write_text(good.replace('"move"]', '"move", "hop"]'), encoding="utf-8")
    server.until(lambda: [answer.json["verdict"] for answer in answers[-20:]] == ["violation"] * 20)
    ended.set()
    for thread in asking:
        thread.join()
    assert {answer.status for answer in answers} == {200}
    assert {answer.json["verdict"] for answer in answers} == {"clear", "violation"}
    for answer in answers:
        assert answer.headers["sekisho-digest"] == answer.json["digest"]


def test_a_refused_pack_is_told_everywhere_and_the_old_one_judges(changing):
    server, pack = changing
    path = pack / "words" / "all.toml"
    good = path.read_text(encoding="utf-8")
    path.write_text(good + "?", encoding="utf-8")
    server.process.send_signal(signal.SIGHUP)
    server.until(lambda: all(server.ask("/readyz").json["refused"] for _ in range(10)))
    assert server.ask("/v1/check", {"text": "LINEに移動"}).json["verdict"] == "violation"
    assert b"sekisho_gate_pack_refused 1.0" in server.ask("/metrics").body
    assert any(line["event"] == "pack_refused" for line in server.lines())
    path.write_text(good, encoding="utf-8")
    server.until(lambda: all(not server.ask("/readyz").json["refused"] for _ in range(10)))


def test_a_process_that_dies_is_replaced(changing):
    import os

    server, _ = changing
    first = [line["pid"] for line in server.lines() if line["event"] == "judging"]
    os.kill(first[0], signal.SIGKILL)
    server.until(lambda: sum(line["event"] == "judging" for line in server.lines()) > len(first))
    server.until(server.is_up)


def test_judging_processes_end_with_their_parent(serving, tiny_pack):
    server = serving(pack=tiny_pack)
    server.process.kill()
    server.process.wait()
    end = time.monotonic() + 15
    while time.monotonic() < end:
        try:
            server.wire().close()
        except OSError:
            return
        time.sleep(0.1)
    raise AssertionError("a judging process still listens")


def test_requests_under_way_are_answered_before_it_stops(serving, tiny_pack):
    server = serving(pack=tiny_pack)
    body = json.dumps({"items": [{"text": "LINEに移動 " * 60}] * 800}, ensure_ascii=False).encode()
    head = f"POST /v1/check/batch HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    with server.wire() as wire:
        wire.sendall(head.encode() + body)
        time.sleep(0.15)
        server.process.send_signal(signal.SIGTERM)
        assert status_of(wire) == 200
    assert server.process.wait(20) == 0
    assert server.lines()[-1]["event"] == "stopped"
    assert [path.name for path in server.log.parent.iterdir() if path.name.startswith("sekisho-gate")] == []

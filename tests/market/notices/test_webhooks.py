"""Webhooks: who is told of what, signed, again and again, and never inside the house's own network."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.test import override_settings
from standardwebhooks.webhooks import Webhook

from sekisho.market.kernel import clock, outbox
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.problems import Problem
from sekisho.market.messaging import verbs as messages
from sekisho.market.notices import delivering, webhooks, wire
from sekisho.market.notices.models import Delivery, Endpoint
from site_stories import deal_of

BACK_END = Actor(None, "back end", frozenset({"anyone", "backend"}))


class Server:
    """Somebody's server: answers with `status`, keeps what came."""

    def __init__(self) -> None:
        self.status, self.came = 204, list[tuple[bytes, dict[str, str]]]()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.came.append((body, {name.lower(): value for name, value in self.headers.items()}))
                self.send_response(outer.status)
                self.send_header("Location", "http://127.0.0.1:1/elsewhere")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self.http = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}/hook?of=us"
        threading.Thread(target=self.http.serve_forever, args=(0.02,), daemon=True).start()


@pytest.fixture
def debug() -> Iterator[None]:
    """Addresses of one's own machine may be told."""
    with override_settings(DEBUG=True):
        yield


@pytest.fixture
def server(server: Any, debug: None) -> Iterator[Server]:
    """A real HTTP server (and the database behind the tests)."""
    made = Server()
    yield made
    made.http.shutdown()
    made.http.server_close()


def said(cast: dict[str, Any]) -> None:
    """Something happened that 花子 is told of."""
    messages.send(cast["aoba"].actor, deal_of(cast), text="お世話になっております。")


def test_a_happening_arrives_signed_with_the_secret_of_the_endpoint(
    cast: dict[str, Any], server: Server
) -> None:
    endpoint = webhooks.add(cast["hanako"].actor, None, url=server.url, topics=("message.delivered",))
    said(cast)
    outbox.deliver()
    [(body, headers)] = server.came
    told = Webhook(webhooks.secret_of(endpoint)).verify(body, headers)
    assert told["type"] == "message.delivered"
    assert headers["webhook-id"] == str(Delivery.objects.get().id)


def test_a_failure_is_tried_again_later_with_the_same_id_until_it_arrives(
    cast: dict[str, Any], server: Server
) -> None:
    webhooks.add(cast["hanako"].actor, None, url=server.url, topics=("message.delivered",))
    server.status = 500
    said(cast)
    outbox.deliver()
    with clock.ahead(timedelta(seconds=6)):
        outbox.deliver()
    server.status = 200
    with clock.ahead(timedelta(seconds=30)):
        assert outbox.deliver() == 0
    with clock.ahead(timedelta(minutes=6)):
        outbox.deliver()
    row = Delivery.objects.get()
    assert (row.state, row.attempts, row.answer, row.endpoint.failing_since) == ("delivered", 3, "200", None)
    assert {headers["webhook-id"] for _, headers in server.came} == {str(row.id)}


def test_a_redirect_is_a_failure_and_is_not_followed(cast: dict[str, Any], server: Server) -> None:
    webhooks.add(cast["hanako"].actor, None, url=server.url, topics=("message.delivered",))
    server.status = 302
    said(cast)
    outbox.deliver()
    assert (Delivery.objects.get().state, Delivery.objects.get().answer, len(server.came)) == (
        "waiting",
        "302",
        1,
    )


def test_a_dead_server_costs_one_attempt_a_while_however_much_waits(
    cast: dict[str, Any], server: Server
) -> None:
    webhooks.add(cast["hanako"].actor, None, url=server.url)
    server.status, deal = 500, deal_of(cast)
    for _ in range(5):
        messages.send(cast["aoba"].actor, deal, text="お世話になっております。")
    outbox.deliver()
    assert len(server.came) == 1


def test_a_delivery_is_given_up_after_its_last_attempt_and_an_endpoint_that_is_silent_for_days_is_stopped(
    cast: dict[str, Any], server: Server
) -> None:
    webhooks.add(cast["hanako"].actor, None, url=server.url, topics=("message.delivered",))
    server.status = 500
    said(cast)
    passed = timedelta(0)
    for wait in (timedelta(0), *delivering.WAITS):
        passed += wait + timedelta(days=1)
        with clock.ahead(passed):
            outbox.deliver()
    assert Delivery.objects.get().state == "failed"
    assert Endpoint.objects.get().stopped_at is not None


def test_a_server_that_says_gone_is_told_no_more(cast: dict[str, Any], server: Server) -> None:
    webhooks.add(cast["hanako"].actor, None, url=server.url, topics=("message.delivered",))
    server.status = 410
    said(cast)
    outbox.deliver()
    assert (Delivery.objects.get().state, Endpoint.objects.get().stopped_at is None) == ("failed", False)


def test_a_replay_sends_the_same_body_with_the_same_id(cast: dict[str, Any], server: Server) -> None:
    webhooks.add(cast["hanako"].actor, None, url=server.url, topics=("message.delivered",))
    said(cast)
    outbox.deliver()
    webhooks.replay(cast["hanako"].actor, Delivery.objects.get())
    outbox.deliver()
    one, other = server.came
    assert (one[0], one[1]["webhook-id"]) == (other[0], other[1]["webhook-id"])


def test_one_is_told_what_ones_notices_tell_and_a_back_end_everything(
    cast: dict[str, Any], server: Server
) -> None:
    for name in ("hanako", "taro"):
        webhooks.add(cast[name].actor, None, url=server.url)
    house = webhooks.add(BACK_END, None, url=server.url)
    said(cast)
    outbox.deliver()
    told = {
        name: set(Delivery.objects.filter(endpoint__account=cast[name]).values_list("topic", flat=True))
        for name in ("hanako", "taro")
    }
    assert told == {"hanako": {"application.chosen", "message.delivered"}, "taro": set()}
    topics = set(house.deliveries.values_list("topic", flat=True))
    assert {"job.opened", "application.made", "application.chosen", "message.delivered"} <= topics


def test_nobody_sees_anothers_endpoints(cast: dict[str, Any], server: Server) -> None:
    endpoint = webhooks.add(cast["hanako"].actor, None, url=server.url)
    for actor in (cast["taro"].actor, cast["kancho"].actor, BACK_END):
        assert not Endpoint.objects.visible_to(actor).exists()
        with pytest.raises(Problem):
            webhooks.rotate(actor, endpoint)


def test_another_salt_is_another_secret_and_the_database_holds_none(
    cast: dict[str, Any], server: Server
) -> None:
    endpoint = webhooks.add(cast["hanako"].actor, None, url=server.url)
    before = webhooks.secret_of(endpoint)
    after = webhooks.secret_of(webhooks.rotate(cast["hanako"].actor, endpoint))
    assert before != after
    assert before not in json.dumps(list(Endpoint.objects.values()), default=str)


@pytest.mark.parametrize("url", [
    "", "x", "ftp://example.com", "https://", "https://user:pw@example.com", "https://example.com/#x", "https://exa mple.com",
    "https://example.com:99999", "https://例え.jp", "https://example.com/\r\nHost: x", "https://" + "a" * 600,
])  # fmt: skip
def test_an_address_that_is_none_is_refused(cast: dict[str, Any], url: str) -> None:
    with pytest.raises(Problem, match="bad_url"):
        webhooks.add(cast["hanako"].actor, None, url=url)


def test_in_production_only_https_is_told(cast: dict[str, Any]) -> None:
    with override_settings(DEBUG=False), pytest.raises(Problem, match="bad_url"):
        webhooks.add(cast["hanako"].actor, None, url="http://example.com/hook")


@pytest.mark.parametrize("address", [
    "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "::1", "::",
    "fc00::1", "fe80::1", "::ffff:127.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "ff02::1",
])  # fmt: skip
def test_no_address_inside_is_ever_connected_to(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    def resolved(*_: Any, **__: Any) -> list[Any]:
        return [(0, 0, 0, "", ("93.184.216.34", 443)), (0, 0, 0, "", (address, 443))]

    def connected(*_: Any, **__: Any) -> None:
        raise AssertionError("it connected")

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    monkeypatch.setattr(socket, "create_connection", connected)
    with override_settings(DEBUG=False), pytest.raises(wire.Unreachable, match="not public"):
        wire.post("https://innocent.example.com/", b"", {})


def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def connected(where: Any, *_: Any) -> None:
        asked.append(where)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(0, 0, 0, "", ("93.184.216.34", 443))])
    monkeypatch.setattr(socket, "create_connection", connected)
    with override_settings(DEBUG=False), pytest.raises(wire.Unreachable):
        wire.post("https://example.com/", b"", {})
    assert asked == [("93.184.216.34", 443)]


def test_a_server_that_answers_a_byte_at_a_time_is_cut_off(
    debug: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "WHOLE_SECONDS", 0.3)
    listener = socket.create_server(("127.0.0.1", 0))

    def drip() -> None:
        peer, _ = listener.accept()
        with peer:
            try:
                for _ in range(100):
                    peer.sendall(b"H")
                    threading.Event().wait(0.05)
            except OSError:
                pass

    thread = threading.Thread(target=drip)
    thread.start()
    with pytest.raises(wire.Unreachable):
        wire.post(f"http://127.0.0.1:{listener.getsockname()[1]}/", b"", {})
    thread.join()
    listener.close()

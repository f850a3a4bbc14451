"""Webhooks through pages."""

from __future__ import annotations

from django.test import Client

from sekisho.market.notices import webhooks
from sekisho.market.notices.models import Delivery, Endpoint

URL = "https://example.com/hook"


def added(browsers: dict[str, Client]) -> Endpoint:
    """An endpoint of aoba's."""
    browsers["aoba"].post("/me/webhooks", {"url": URL, "topics": ["message.delivered"]})
    return Endpoint.objects.get()


def test_the_secret_of_an_endpoint_is_shown_once(browsers: dict[str, Client]) -> None:
    page = browsers["aoba"].post("/me/webhooks", {"url": URL})
    secret = webhooks.secret_of(Endpoint.objects.get())
    assert secret in page.content.decode().replace("&#x2B;", "+")
    assert "whsec_" not in browsers["aoba"].get("/me/webhooks").content.decode()


def test_a_new_key_is_another_one_and_is_shown(browsers: dict[str, Client]) -> None:
    endpoint = added(browsers)
    before = webhooks.secret_of(endpoint)
    page = browsers["aoba"].post(f"/me/webhooks/{endpoint.id}/rotate").content.decode()
    assert "whsec_" in page
    assert before not in page


def test_topics_and_address_can_be_changed(browsers: dict[str, Client]) -> None:
    endpoint = added(browsers)
    browsers["aoba"].post(f"/me/webhooks/{endpoint.id}", {"url": URL + "/2", "topics": ["contract.funded"]})
    endpoint.refresh_from_db()
    assert (endpoint.url, endpoint.topics) == (URL + "/2", ["contract.funded"])


def test_a_bad_address_is_refused_and_kept_in_the_form(browsers: dict[str, Client]) -> None:
    page = browsers["aoba"].post("/me/webhooks", {"url": "http://127.0.0.1/", "topics": ["contract.funded"]})
    assert page.status_code == 400
    assert 'value="http://127.0.0.1/"' in page.content.decode()
    assert 'value="contract.funded" checked' in page.content.decode()


def test_a_removed_endpoint_is_told_no_more(browsers: dict[str, Client]) -> None:
    endpoint = added(browsers)
    browsers["aoba"].post(f"/me/webhooks/{endpoint.id}/remove")
    assert browsers["aoba"].get(f"/me/webhooks/{endpoint.id}").status_code == 404


def test_a_delivery_is_sent_once_more_from_its_page(browsers: dict[str, Client]) -> None:
    endpoint = added(browsers)
    sent = Delivery.objects.create(
        endpoint=endpoint, topic="message.delivered", body="{}", state="failed", attempts=9
    )
    assert "届きませんでした" in browsers["aoba"].get(f"/me/webhooks/{endpoint.id}").content.decode()
    browsers["aoba"].post(f"/webhook-deliveries/{sent.id}/replay")
    sent.refresh_from_db()
    assert (sent.state, sent.attempts) == ("waiting", 0)

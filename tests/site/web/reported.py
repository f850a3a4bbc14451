"""A report and a decision, made on their pages: for the tests of the room's pages."""

from __future__ import annotations

from typing import Any

from django.test import Client
from tests.market.stage import LURE, Stage

from sekisho.market.kernel import outbox
from sekisho.market.messaging.verbs import send, send_anyway
from sekisho.market.safety.models import Attachment, Decision, Report

HERS = "断っても続いて、とても怖かったです。"
REASON = "契約の前にLINEへの移動を求めるメッセージを確認しました。"
Browsers = dict[str, Client]


def lured(stage: Stage) -> Any:
    """The client led the worker to LINE, warned and all the same."""
    message = send(stage.client, stage.deal(), text=LURE)
    message = send_anyway(stage.client, message) if message.state == "nudged" else message
    outbox.deliver(1000)
    return message


def reported(stage: Stage, browsers: Browsers, **fields: Any) -> Report:
    """She reports it on the page."""
    message = lured(stage)
    told = {
        "about": "message",
        "id": message.id,
        "category": "channel_solicitation",
        "text": HERS,
        "key": "one",
    }
    answer = browsers["hanako"].post("/reports/new", told | fields)
    assert answer.status_code == 302, answer.content.decode()
    return Report.objects.get()


def decided(stage: Stage, browsers: Browsers, **fields: Any) -> Decision:
    """The moderator claims her case and decides it on the page."""
    case = reported(stage, browsers).case
    assert case is not None
    browsers["minarai"].post(f"/cases/{case.id}/claim")
    event = Attachment.objects.get(kind="event").ref
    typed = {"breach": "yes", "rule": "channel_solicitation", "sanction": "warning", "public_reason": REASON,
             "private_note": "初回。", "evidence": [f"event:{event}"], "days": "7"}  # fmt: skip
    answer = browsers["minarai"].post(f"/house/cases/{case.id}", typed | fields)
    assert answer.status_code == 302, answer.content.decode()
    outbox.deliver(1000)
    return Decision.objects.get()


def again(account: Any) -> Client:
    """A new browser of somebody, as he stands now."""
    account.refresh_from_db()
    browser = Client()
    browser.force_login(account)
    return browser


def text(browser: Client, path: str) -> str:
    """What a page says."""
    answer = browser.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()

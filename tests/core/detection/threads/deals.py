"""Events of deals for tests, in one word each, and a strategy for whole deals."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

Event = dict[str, Any]

AGREED: Event = {"type": "contract_agreed"}
APPROVED: Event = {"type": "contact_request_approved"}
DECLINED: Event = {"type": "contact_request_declined"}
ENDED: Event = {"type": "contact_request_ended"}
DELIVERED: Event = {"type": "delivered"}
ACCEPTED: Event = {"type": "accepted"}
LAPSED: Event = {"type": "lapsed"}


def client(text: str) -> Event:
    return {"type": "message", "sender": "client", "text": text}


def worker(text: str) -> Event:
    return {"type": "message", "sender": "worker", "text": text}


def funded(yen: int = 30_000) -> Event:
    return {"type": "escrow_funded", "amount_yen": yen}


def request(*tools: str, purpose: str = "画面を共有して操作手順を確認するため", by: str = "client") -> Event:
    return {"type": "contact_request", "by": by, "tools": list(tools), "purpose": purpose}


def cancelled(by: str = "client") -> Event:
    return {"type": "cancelled", "by": by}


REFUSALS = (
    "申し訳ありませんが、LINEの交換はお断りしています。",
    "このままサイト内のメッセージでお願いします。",
    "I'd rather keep everything here on the platform, thank you.",
)
QUOTATIONS = (
    "「詳細はLINEで」とのことですが、規約で禁止されていますのでお断りします。",
    'I got a message that says "add me on WhatsApp". That is against the rules, so I decline.',
)
SAID = (
    client("ご契約ありがとうございます。構成案をお願いします。"),
    client("詳細はLINEで送ります。"),
    client("次はZoomで話しましょう。"),
    client("手数料がもったいないので、次回から直接契約しませんか。"),
    client("そこをなんとか、考え直してもらえませんか。"),
    client("まずは090です"),
    client("0123"),
    client("4567 です"),
    client("契約は後で作りますので、先に始めてください。"),
    worker("承知しました。明日納品します。"),
    worker("はい、LINE IDは sample_hanako_2024_x です。"),
    worker("個人でご依頼いただければ2割引でお受けできます。"),
    *(worker(text) for text in REFUSALS),
)
FACTS = (
    AGREED, funded(), funded(10), request("zoom"), request("line"), APPROVED, DECLINED, ENDED, DELIVERED, ACCEPTED,
    cancelled(), cancelled("worker"), LAPSED,
)  # fmt: skip

deals = st.lists(st.sampled_from([*SAID, *FACTS]), max_size=14)
"""Deals in any order, also ones that no platform would log."""

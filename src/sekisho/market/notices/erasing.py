"""When the terms of a contract are erased from its deal, notices and letters that quote its title lose it."""

from __future__ import annotations

from typing import Any

from sekisho.market.contracts.erasing import GONE
from sekisho.market.kernel.outbox import handles
from sekisho.market.notices.models import Letter, Notice


@handles("deal.body_erased")
def erased(payload: dict[str, Any]) -> None:
    """Only the agreement holds the title."""
    contract = payload["things"].get("contract")
    if payload["type"] == "contract_agreed" and contract:
        Notice.objects.filter(about=f"/contracts/{contract}").update(title=GONE, body="")
        Letter.objects.filter(about=f"/contracts/{contract}").update(subject=GONE, body=GONE)

"""When a request for personal data is erased from a deal, the request itself loses its purpose."""

from __future__ import annotations

from typing import Any

from sekisho.market.kernel.outbox import handles
from sekisho.market.personal_data.models import PersonalDataRequest


@handles("deal.body_erased")
def erased(payload: dict[str, Any]) -> None:
    """Empty its purpose."""
    if payload["type"] == "personal_data":
        rows = PersonalDataRequest.objects.filter(pk=payload["things"].get("request"), deal=payload["deal"])
        rows.update(purpose="")

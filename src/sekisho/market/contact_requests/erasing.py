"""When a contact request is erased from a deal, the request itself loses its purpose."""

from __future__ import annotations

from typing import Any

from sekisho.market.contact_requests.models import ContactRequest
from sekisho.market.judging.background import forget
from sekisho.market.kernel.outbox import handles


@handles("deal.body_erased")
def erased(payload: dict[str, Any]) -> None:
    """Empty its purpose."""
    if payload["type"] != "contact_request":
        return
    for request in ContactRequest.objects.filter(
        pk=payload["things"].get("request"), deal=payload["deal"]
    ).select_related("judgement"):
        if request.judgement is not None:
            forget(request.judgement)
        ContactRequest.objects.filter(pk=request.pk).update(purpose="")

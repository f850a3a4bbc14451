"""Which contracts count: funded with a real sum. One below the pack's token sum is a fig leaf. Reads only."""

from __future__ import annotations

from sekisho.core.detection.library import load
from sekisho.core.rules.policy import ContactPolicy
from sekisho.market.contracts.models import Contract
from sekisho.market.contracts.states import LIVE
from sekisho.market.deals.models import Deal


def contact_policy(deal: Deal) -> ContactPolicy:
    """What the pack that judges this deal says of contact requests: the one place where that stands."""
    return load(deal.judged_by).pack.contact_request


def token_yen(deal: Deal) -> int:
    """Below so many whole yen (with tax) a contract of this deal never counts."""
    return contact_policy(deal).token_contract_yen


def counts(contract: Contract) -> bool:
    """Whether work goes on under this contract with a real sum in escrow."""
    return contract.state in LIVE and contract.funded_yen >= token_yen(contract.deal)


def live_contract(deal: Deal, but: Contract | None = None) -> Contract | None:
    """The newest contract of the deal that counts, other than `but`."""
    rows = Contract.objects.filter(deal=deal, state__in=LIVE, funded_yen__gte=token_yen(deal))
    return (rows.exclude(pk=but.pk) if but else rows).order_by("-number").first()

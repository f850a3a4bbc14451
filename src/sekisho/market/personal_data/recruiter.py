"""The client's name, address and contact as fields of their own, shown to his workers only from when the policy says."""

from __future__ import annotations

from uuid import UUID

from sekisho.market.contracts.models import Contract
from sekisho.market.contracts.states import LIVE, ContractState
from sekisho.market.kernel import fields
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.verbs import verb
from sekisho.market.personal_data.policy import policy
from sekisho.market.profiles.models import Profile

FIELDS = ("name", "address", "contact")
_FROM = {
    "funded": LIVE | {ContractState.COMPLETED},
    "agreed": LIVE | {ContractState.AGREED, ContractState.COMPLETED},
}


@verb("recruiter.write")
def write(actor: Actor, thing: None, *, name: str = "", address: str = "", contact: str = "") -> Profile:
    """Fill in one's own fields. They hold contacts by nature and are not judged; nobody sees them before the policy allows it."""
    values = {
        "recruiter_name": fields.line(name, "name", 80, blank=True),
        "recruiter_address": fields.line(address, "address", 200, blank=True),
        "recruiter_contact": fields.line(contact, "contact", 200, blank=True),
    }
    profile, _ = Profile.objects.update_or_create(account_id=actor.me, defaults=values)
    return profile


def shown_to(actor: Actor, client: UUID) -> dict[str, str] | None:
    """`name`, `address`, `contact` of a client as `actor` may see them; None when he may not yet, or there is nothing."""
    profile = Profile.objects.filter(account_id=client).first()
    return _told(profile) if profile is not None and (actor.id == client or _may(actor, client)) else None


def shown_in(actor: Actor, contract: Contract) -> dict[str, str] | None:
    """The same for the worker of a contract, its client read along with his profile: no query where this contract says it."""
    profile = getattr(contract.deal.client, "profile", None)
    if profile is None or _told(profile) is None:
        return None
    here = contract.state in _FROM.get(policy().recruiter_shown, frozenset(ContractState))
    return _told(profile) if here or _may(actor, contract.deal.client_id) else None


def _told(profile: Profile) -> dict[str, str] | None:
    found = {name: str(getattr(profile, f"recruiter_{name}")) for name in FIELDS}
    return found if any(found.values()) else None


def _may(actor: Actor, client: UUID) -> bool:
    shown = policy().recruiter_shown
    if shown == "always":
        return True
    with_him = Contract.objects.filter(deal__client_id=client, deal__worker_id=actor.id)
    return with_him.filter(state__in=_FROM[shown]).exists()

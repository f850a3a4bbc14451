"""When the words of an event are erased from a deal, what it was written about loses its copy of them, and its files."""

from __future__ import annotations

from typing import Any

from sekisho.market.contracts.models import Change, Contract, Dispute, Review, Settlement, Statement
from sekisho.market.files.verbs import erase
from sekisho.market.judging.background import forget
from sekisho.market.judging.models import Judgement
from sekisho.market.kernel.outbox import handles

GONE = "（消去されました）"
"""A contract must be called something."""
_TERMS = ("contract_agreed", "terms_changed", "outside_agreement")
_REASONED: tuple[Any, ...] = (Dispute, Settlement)
_DECIDED = ("dispute_proposed", "dispute_decided", "settled")


@handles("deal.body_erased")
def erased(payload: dict[str, Any]) -> None:
    """Empty the statement, the terms, the reasons or the review that the event told of. Others' things are left alone."""
    things, type_ = payload["things"], payload["type"]
    contract = Contract.objects.filter(pk=things.get("contract"), deal=payload["deal"]).first()
    if contract is None:
        return
    statements: list[Any] = list(Statement.objects.filter(pk=things.get("statement"), contract=contract))
    if type_ in ("terms_proposed", *_TERMS):
        changes: Any = Change.objects.filter(pk=things.get("change"), contract=contract)
        statements += [change.statement for change in changes.select_related("statement")]
        changes.update(terms="")
    if type_ in _TERMS:
        title = {"title": GONE} if type_ == "contract_agreed" else {}
        _forget(Judgement.objects.filter(subject=contract.pk))
        Contract.objects.filter(pk=contract.pk).update(terms="", **title)
    if type_ in _DECIDED:
        for model in _REASONED:
            model.objects.filter(contract=contract).update(because="")
    if type_ == "reviewed":
        reviews = Review.objects.filter(contract=contract, side=payload["by"])
        _forget(Judgement.objects.filter(pk__in=reviews.values("judgement")))
        reviews.update(text="")
    for statement in statements:
        Statement.objects.filter(pk=statement.pk).update(text="")
        _forget(Judgement.objects.filter(pk=statement.judgement_id))
        _forget(Judgement.objects.filter(subject__in=erase(statement.pk)))


def _forget(judgements: Any) -> None:
    for judgement in judgements:
        forget(judgement)

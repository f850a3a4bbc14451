"""What could be ordered in a case, for the form of a decision: only measures that its things allow as they stand now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from sekisho.market.contact_requests.models import ContactRequest
from sekisho.market.contact_requests.states import REQUEST
from sekisho.market.contracts.models import Contract, Review, Settlement, Statement
from sekisho.market.contracts.states import LIVE, REVIEW, STATEMENT
from sekisho.market.jobs.models import Application, Job
from sekisho.market.jobs.states import APPLICATION, JOB
from sekisho.market.kernel.states import StateTable
from sekisho.market.messaging.models import Message
from sekisho.market.messaging.states import MESSAGE
from sekisho.market.safety.models import Case, CaseSource
from sekisho.market.safety.reading import deals_of

HOUSE = frozenset({"moderator", "operator", "authority"})
MOST = 20
"""Things of one kind that are offered."""


@dataclass(frozen=True, slots=True)
class Option:
    """A measure on one thing. `name`: what the thing is called, at most 60 code points; `state`: as it stands."""

    kind: str
    thing: str
    thing_id: UUID
    name: str
    state: str

    @property
    def value(self) -> str:
        """The option as a form sends it."""
        return f"{self.kind}:{self.thing}:{self.thing_id}"

    @property
    def order(self) -> dict[str, Any]:
        """The option as `measures.read` takes it."""
        return {"kind": self.kind, "thing": self.thing, "thing_id": str(self.thing_id)}


@dataclass(frozen=True, slots=True)
class _Source:
    """Where things of one kind are found, and which of their verbs stands for which measure."""

    model: Any
    table: StateTable
    measures: Mapping[str, str]
    of: Callable[[Case, list[UUID]], Q]
    name: Callable[[Any], str]


_SOURCES: Mapping[str, _Source] = {
    "job": _Source(Job, JOB, {"remove": "remove", "release": "publish"},
                   lambda case, _: Q(client_id=case.subject_id) & Q(pk__in=_jobs(case)), lambda row: row.title),
    "message": _Source(Message, MESSAGE, {"withhold": "withhold", "release": "release"},
                       lambda case, deals: Q(author_id=case.subject_id, deal__in=deals, state="held"), lambda row: row.text),
    "application": _Source(Application, APPLICATION, {"withhold": "withhold", "release": "release"},
                           lambda case, deals: Q(worker_id=case.subject_id, state="held")
                           & (Q(deal__in=deals) | Q(job=case.matter)),
                           lambda row: row.text),
    "statement": _Source(Statement, STATEMENT, {"withhold": "withhold", "release": "release"},
                         lambda case, deals: Q(author=case.subject_id, contract__deal__in=deals, state="held"),
                         lambda row: row.text),
    "review": _Source(Review, REVIEW, {"withhold": "withhold", "release": "release", "remove": "remove"},
                      lambda case, deals: Q(author=case.subject_id, contract__deal__in=deals, state__in=("hidden", "shown")),
                      lambda row: row.text),
    "contact_request": _Source(ContactRequest, REQUEST, {"release": "release"},
                               lambda case, deals: Q(deal__in=deals, state="held") & _asked_by(case.subject_id),
                               lambda row: row.purpose),
}  # fmt: skip


def _asked_by(account: UUID) -> Q:
    return Q(asker="client", deal__client=account) | Q(asker="worker", deal__worker=account)


def _jobs(case: Case) -> list[UUID]:
    named = CaseSource.objects.filter(case=case, facts__thing="job").values_list("ref", flat=True)
    return [case.matter, *named]


def options(case: Case) -> list[Option]:
    """Measures on things of the case, those that undo nothing last. Sanctions of the account are not here."""
    deals = [deal.id for deal in deals_of(case)]
    found = []
    for thing, source in _SOURCES.items():
        for row in source.model.objects.filter(source.of(case, deals)).order_by("pk")[:MOST]:
            verbs = {move.verb for move in source.table.open(row.state, HOUSE)}
            found += [
                Option(kind, thing, row.pk, source.name(row)[:60], row.state)
                for kind, verb in source.measures.items() if verb in verbs
            ]  # fmt: skip
    live = Contract.objects.filter(deal__in=deals, state__in=[state.value for state in LIVE], frozen_by=None)
    found += [Option("freeze", "contract", row.pk, row.title[:60], row.state) for row in live[:MOST]]
    settled: Any = Settlement.objects.filter(contract__deal__in=deals, state="proposed").select_related("contract")
    found += [
        Option("settle", "settlement", row.pk, row.contract.title[:60], row.state) for row in settled[:MOST]
    ]
    return sorted(found, key=lambda option: option.kind == "release")

"""Acts on things: which are open to whoever looks, and doing one. Open is what lifecycle and permission table both allow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve
from django.views.decorators.http import require_POST

from sekisho.interfaces.web import words
from sekisho.interfaces.web.acts import ACTS, Field
from sekisho.interfaces.web.doors import day, member, whole
from sekisho.interfaces.web.places import THINGS, name_of, place
from sekisho.interfaces.web.views.files import taken, unused
from sekisho.market.contact_requests.policy import policy
from sekisho.market.contracts.models import Change, Review, Settlement, Termination
from sekisho.market.contracts.reasons import reasons
from sekisho.market.contracts.states import ContractState, DisputeState
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.permits import may, relations
from sekisho.market.kernel.problems import Kind, Problem
from sekisho.market.kernel.verbs import VERBS
from sekisho.market.people.models import Account
from sekisho.market.safety.claims import barred
from sekisho.market.safety.models import Case

Choice = tuple[str, Any]


def _reasons(actor: Actor, contract: Any, lang: str) -> list[Choice]:
    side = contract.deal.side(actor.id)
    return [(code, row.words[lang]) for code, row in reasons().items() if side in row.by]


def _clients(actor: Actor, thing: Any, lang: str) -> list[Choice]:
    rows = Account.objects.filter(is_client=True, deleted_at=None).order_by("display_name")[:1000]
    return [(str(row.pk), row.display_name) for row in rows]


def _percents(actor: Actor, pack: Any, lang: str) -> list[Choice]:
    least = pack.percent if pack.state == "canary" else 0
    return [(str(n), f"{n}%") for n in (1, 2, 5, 10, 20, 50) if n > least]


def _colleagues(actor: Actor, case: Any, lang: str) -> list[Choice]:
    house = Account.objects.filter(Q(is_moderator=True) | Q(is_operator=True), is_active=True).exclude(pk=actor.me)
    return [(str(row.pk), row.display_name) for row in house.order_by("display_name")[:100] if not barred(row.actor, case)]


def _twins(actor: Actor, case: Any, lang: str) -> list[Choice]:
    rows = Case.objects.visible_to(actor).queue().filter(subject=case.subject).exclude(pk=case.pk)[:50]
    return [(str(row.pk), f"{words.STATES['case'][row.state]}・{row.opened_at:%Y-%m-%d}") for row in rows]


CHOICES: dict[str, Callable[[Actor, Any, str], list[Choice]]] = {
    "reasons": _reasons, "clients": _clients, "colleagues": _colleagues, "twins": _twins,
    "stars": lambda *_: [(str(n), "★" * n) for n in (5, 4, 3, 2, 1)], "percent": _percents,
    "days": lambda _, __, lang: [(str(n), f"{n} days" if lang == "en" else f"{n}日") for n in (30, 7, 90, 365)],
}  # fmt: skip
FILES = ("files", "file")
"""Kinds of fields that carry files: any number, or one."""
_OVER = ("completed", "cancelled", "declined", "withdrawn", "lapsed")
_CHANGEABLE = (ContractState.AGREED, ContractState.FUNDED, ContractState.DELIVERED)


def _waits(name: str, contract: Any) -> bool:
    """Whether a termination or a change waits for its answer; a page that has them by heart has noted it (`asked`)."""
    if hasattr(contract, "asked"):
        return name in contract.asked
    models: dict[str, tuple[Any, str]] = {"change": (Change, "proposed"), "termination": (Termination, "asked")}
    model, state = models[name]
    return bool(model.objects.filter(contract=contract, state=state).exists())


def _reviewed(contract: Any, actor: Actor) -> bool:
    if hasattr(contract, "reviewed_by"):
        return actor.me in contract.reviewed_by
    return bool(Review.objects.filter(contract=contract, author=actor.me).exists())


def _may_change(contract: Any, _actor: Actor) -> bool:
    return contract.state in _CHANGEABLE and not _waits("change", contract)


def _may_settle(dispute: Any, actor: Actor) -> bool:
    if not actor.roles & {"moderator", "operator"}:
        return False
    waits = Settlement.objects.filter(dispute=dispute, state="proposed").exists()
    return dispute.state == DisputeState.DECISION and not waits


MORE: dict[str, dict[str, Callable[[Any, Actor], bool]]] = {
    "contract": {
        "contract.review": lambda c, a: c.state == "completed" and not _reviewed(c, a),
        "contract.offer_again": lambda c, _: c.state in _OVER,
        "change.propose": _may_change,
        "change.record_outside": _may_change,
        "termination.ask": lambda c, _: c.state == "funded" and not _waits("termination", c),
    },
    "dispute": {
        "dispute.say": lambda d, _: d.state == DisputeState.EVIDENCE,
        "settlement.propose": _may_settle,
    },
    "deal": {
        "contact_request.suggest": lambda d, a: (
            d.side(a.id) in policy().suggest and d.stage != "pre_contract"
        ),
    },
    "case": {
        "case.claim": lambda c, a: c.state in ("open", "second") and c.holder_now is None and not barred(a, c),
        "case.note": lambda c, a: not barred(a, c),
        **{f"case.{verb}": lambda c, a: c.state == "open" and c.holder_now == a.id
           for verb in ("hand_over", "escalate", "release")},
    },
    "report": {
        "report.mark_bad_faith": lambda r, a: not r.bad_faith and r.case is not None and r.case.holder_now == a.id,
    },
    "profile": {"profile.show": lambda p, _: not p.shown},
    "account": {
        "people.verify_identity": lambda p, _: p.identity_verified_at is None,
        "people.withdraw_deletion": lambda p, _: p.deletion_asked_at is not None,
    },
    "pack": {
        "backtest.ask": lambda p, _: p.state != "retired",
        "rescan.ask": lambda p, _: p.state != "retired",
    },
    "example": {"example.unmask": lambda e, a: not e.readable_to(a.id) and e.judgement.erased_at is None},
    "token": {"people.revoke_token": lambda t, _: t.revoked_at is None},
    "file": {"file.discard": lambda f, _: f.about is None},
    "webhook": {"webhook.replay": lambda d, _: d.state != "waiting"},
}
"""Acts on a thing that are no moves of its lifecycle, and when they are worth a button."""


@dataclass(frozen=True, slots=True)
class Bound:
    """One open act on one thing, ready for a template. `key`: its own, so that two forms of a page never share one."""

    action: str
    words: Any
    calm: bool
    first: bool
    url: str
    key: str
    tried: bool
    fields: list[dict[str, Any]]

    @property
    def with_files(self) -> bool:
        """Whether its form carries files."""
        return any(field["kind"] in FILES for field in self.fields)


def open_acts(thing: Any, actor: Actor) -> list[str]:
    """The actions on `thing` that are open to `actor` and have a button."""
    name = name_of(thing)
    table = THINGS[name].table
    rows = table.open(thing.state, relations(actor, thing)) if table else []
    moves = [f"{name}.{row.verb}" for row in rows if all(table.needs[need](thing) for need in row.needs)]  # type: ignore[union-attr]
    more = [action for action, fits in MORE.get(name, {}).items() if actor.id and fits(thing, actor)]
    found = dict.fromkeys([*moves, *more])
    return [action for action in found if action in ACTS and action in VERBS and may(actor, action, thing)]


def bound(thing: Any, actor: Actor, context: dict[str, Any], first: str = "") -> list[Bound]:
    """The open acts of `thing`; `first` is shown open, and so is one that was just refused, with what was typed."""
    name, lang = name_of(thing), words.lang()
    tried, values = context.get("tried"), context.get("values") or {}
    rows = []
    for action in open_acts(thing, actor):
        again = tried == f"{action}:{thing.pk}"
        act = ACTS[action]
        fields = [_field(field, actor, thing, lang, values if again else None) for field in act.fields]
        if any(field["choices"] == [] and field["needed"] for field in fields):
            continue
        url = f"/{THINGS[name].plural}/{thing.pk}/{action.removeprefix(f'{name}.').replace('.', '-')}"
        rows.append(Bound(action, act.words, act.calm, action == first, url, uuid4().hex, again, fields))
    return sorted(rows, key=lambda row: (not row.first, row.calm))


def _field(field: Field, actor: Actor, thing: Any, lang: str, typed_before: Any) -> dict[str, Any]:
    values, again = typed_before or {}, typed_before is not None
    choices = CHOICES[field.kind](actor, thing, lang) if field.kind in CHOICES else None
    value = values.get(field.name)
    if value is None and field.name == "terms":
        value = thing.terms
    return {
        "name": field.name, "label": field.label, "kind": field.kind, "most": field.most, "needed": field.needed,
        "hint": field.hint, "choices": choices, "value": "" if value is None else value,
        "kept": unused(actor, field.purpose) if again and field.kind in FILES else (),
    }  # fmt: skip


def _uuid(value: str, field: str) -> UUID:
    try:
        return UUID(value)
    except ValueError:
        raise Problem("not_found") from None


def _row(model: Any) -> Callable[[str, str], Any]:
    def read(value: str, field: str) -> Any:
        row = model.objects.filter(pk=_uuid(value, field)).first()
        if row is None:
            raise Problem("not_found")
        return row

    return read


_READ: dict[str, Callable[[str, str], Any]] = {
    "yen": whole, "date": day, "stars": whole, "clients": _uuid, "percent": whole, "days": whole, "colleagues": _row(Account),
    "twins": _row(Case),
}  # fmt: skip


def typed(fields: tuple[Field, ...], request: HttpRequest, actor: Actor) -> dict[str, Any]:
    """What was typed, as the verb wants it. Raises `Problem`. An empty field that is not needed is left out."""
    values: dict[str, Any] = {}
    post = request.POST
    for field in fields:
        if field.kind in FILES:
            found = taken(request, actor, field.purpose, field.name)
            values |= {field.name: found if field.kind == "files" else found[0]} if found else {}
            continue
        value = post.get(field.name, "")
        if value.strip() or field.needed:
            values[field.name] = _READ[field.kind](value, field.name) if field.kind in _READ else value
    return values


@require_POST
def act(request: HttpRequest, things: str, pk: UUID, action: str) -> HttpResponse:
    """Do one act on one thing, then on to where the thing is shown. Refused, that page says why and keeps what was typed."""
    actor = member(request)
    thing = _thing(things, pk)
    name = action.replace("-", ".", 1) if "-" in action else f"{name_of(thing)}.{action}"
    if name not in ACTS or name not in _known(thing):
        raise Problem("not_found")
    try:
        done = VERBS[name](
            actor, thing, **typed(ACTS[name].fields, request, actor), key=request.POST.get("key") or None
        )
    except Problem as problem:
        if problem.kind in (Kind.NOT_FOUND, Kind.UNAUTHENTICATED):
            raise
        match = resolve(place(thing, actor))
        page = match.func.view_class()  # type: ignore[attr-defined]
        page.setup(request, **match.kwargs)
        return page.refused(request, problem, match.kwargs, tried=f"{name}:{pk}")  # type: ignore[no-any-return]
    return redirect(place(done if name == "contract.offer_again" else thing, actor))


def _known(thing: Any) -> set[str]:
    name = name_of(thing)
    table = THINGS[name].table
    return (
        {f"{name}.{verb}" for verb in table.verbs} | MORE.get(name, {}).keys()
        if table
        else set(MORE.get(name, {}))
    )


def _thing(things: str, pk: UUID) -> Any:
    model = next((row.model for row in THINGS.values() if row.plural == things), None)
    row = model._base_manager.filter(pk=pk).first() if model else None
    if row is None:
        raise Problem("not_found")
    return row

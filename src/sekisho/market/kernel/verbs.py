"""`@verb`: one act as one transaction: permission, lock, idempotency key, the act, its audit row."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, OperationalError, models, transaction

from sekisho.market.kernel import fields
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.ids import new_id
from sekisho.market.kernel.models import AuditEntry, IdempotencyKey
from sekisho.market.kernel.permits import TABLE, permit
from sekisho.market.kernel.problems import Problem
from sekisho.market.kernel.sealing import keyed_hash

R = TypeVar("R")
VERBS: dict[str, Callable[..., Any]] = {}
"""Every verb by its action: compared with the permission table and the lifecycles by tests."""
RETRIES = 3


@dataclass(slots=True)
class Act:
    """The act that is going on: its id for the audit row, and why it is done."""

    id: UUID
    action: str
    held: frozenset[str]
    because: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Call:
    """One call of a verb."""

    function: Callable[..., Any]
    action: str
    actor: Actor
    thing: Any
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    key: str | None


_act: ContextVar[Act | None] = ContextVar("act", default=None)


def current() -> Act:
    """The act that is going on. Raises `LookupError` outside a verb."""
    act = _act.get()
    if act is None:
        raise LookupError("no verb is going on")
    return act


def verb(
    action: str,
) -> Callable[[Callable[..., R]], Callable[..., R]]:
    """Make a function `(actor, thing, …)` the verb `action`.

    `thing` is None or a model row, which is locked and read anew before the function sees it. The keyword `key`
    makes the call idempotent: a second call with it returns the row the first returned; with other arguments it
    is refused. A verb called by a verb joins its transaction and names it as parent. A deadlock is tried again.
    """

    def wrap(function: Callable[..., R]) -> Callable[..., R]:
        if action in VERBS:
            raise ValueError(f"two verbs are called {action}")

        @functools.wraps(function)
        def run(actor: Actor, thing: Any, /, *args: Any, key: str | None = None, **kwargs: Any) -> R:
            if key is not None:
                key = fields.line(key, "key", 200)
            call = _Call(function, action, actor, thing, args, kwargs, key)
            for attempt in range(RETRIES):
                try:
                    return _once(call)  # type: ignore[no-any-return]
                except OperationalError as error:
                    inner = _act.get() is not None
                    if (
                        inner
                        or getattr(error.__cause__, "sqlstate", None) not in ("40P01", "40001")
                        or attempt == RETRIES - 1
                    ):
                        raise
            raise AssertionError("unreachable")

        VERBS[action] = run
        return run

    return wrap


def _once(call: _Call) -> Any:
    parent = _act.get()
    with transaction.atomic():
        thing: Any = _locked(call.thing) if isinstance(call.thing, models.Model) else call.thing
        held = permit(call.actor, call.action, thing)
        claim = None
        if call.key is not None:
            claim, done = _claim(call, call.key)
            if done:
                return _result(claim)
        act = Act(new_id(), call.action, held)
        token = _act.set(act)
        try:
            result = call.function(call.actor, thing, *call.args, **call.kwargs)
        finally:
            _act.reset(token)
        if claim is not None and isinstance(result, models.Model):
            claim.result_model, claim.result_id = result._meta.label, str(result.pk)
            claim.save(update_fields=["result_model", "result_id"])
        _note(call, act, thing if isinstance(thing, models.Model) else result, parent)
    return result


def _note(call: _Call, act: Act, about: Any, parent: Act | None) -> None:
    row = about if isinstance(about, models.Model) else None
    AuditEntry(
        id=act.id, actor=call.actor.id, actor_name=call.actor.name, action=call.action, because=act.because,
        thing=row._meta.label_lower if row is not None else "",
        thing_id=row.pk if row is not None and isinstance(row.pk, UUID) else None,
        parent=parent.id if parent else None,
    ).save(force_insert=True)  # fmt: skip


def _locked(thing: models.Model) -> models.Model:
    row = type(thing)._default_manager.select_for_update(of=("self",)).filter(pk=thing.pk).first()
    if row is None:
        raise Problem("not_found")
    return row


def _fingerprint(call: _Call) -> bytes:
    def plain(value: Any) -> Any:
        return f"{value._meta.label}:{value.pk}" if isinstance(value, models.Model) else str(value)

    body = [
        call.action,
        plain(call.thing) if call.thing is not None else None,
        call.args,
        sorted(call.kwargs.items()),
    ]
    text = json.dumps(body, default=plain, ensure_ascii=False)
    return keyed_hash(text.encode("utf-8", "surrogatepass"))


def _claim(call: _Call, key: str) -> tuple[IdempotencyKey, bool]:
    """The claim on a key and whether it was used before. Two at once: the second waits for the first's end."""
    body = _fingerprint(call)
    try:
        with transaction.atomic():
            made = IdempotencyKey.objects.create(
                actor=call.actor.id, key=key, action=call.action, body=body
            )
            return made, False
    except IntegrityError:
        claim = IdempotencyKey.objects.get(actor=call.actor.id, key=key)
        if bytes(claim.body) != body:
            raise Problem("key_reused") from None
        return claim, True


def _result(claim: IdempotencyKey) -> models.Model | None:
    if not claim.result_model:
        return None
    return apps.get_model(claim.result_model)._base_manager.get(pk=claim.result_id)  # type: ignore[no-any-return]


def unlisted() -> list[str]:
    """Verbs without a row in the permission table: must be empty."""
    return sorted(VERBS.keys() - TABLE.keys())

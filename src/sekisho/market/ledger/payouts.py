"""Payouts: a worker's earnings on their way to her bank, and the bank data they go to. Nothing goes anywhere else."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable
from datetime import datetime
from functools import cache
from importlib.resources import files
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from sekisho.market.kernel import clock, fields
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.outbox import tell
from sekisho.market.kernel.problems import Kind as ProblemKind
from sekisho.market.kernel.problems import Problem, Row, describe
from sekisho.market.kernel.verbs import current, verb
from sekisho.market.kernel.yen import yen
from sekisho.market.ledger.bank_transfer import kana
from sekisho.market.ledger.book import Leg, account, post
from sekisho.market.ledger.models import BankAccount, Kind, Payout, PayoutBatch
from sekisho.market.ledger.port import File, Order
from sekisho.market.ledger.providers import provider
from sekisho.market.ledger.states import PAYOUT, PayoutState
from sekisho.market.linkage.noting import note_bank_account
from sekisho.market.people.models import Account

TYPES = ("ordinary", "current", "savings")
"""普通, 当座, 貯蓄."""
Holding = Callable[[UUID], datetime | None]
_HOLDINGS: list[Holding] = []

describe({
    "bad_digits": Row(ProblemKind.INVALID, "「{field}」は半角数字{length}桁で入力してください。",
                      "“{field}” must be {length} digits."),
    "no_bank_account": Row(ProblemKind.CONFLICT, "先に、振込先の口座を登録してください。",
                           "First enter the bank account to pay to."),
    "below_minimum": Row(ProblemKind.INVALID, "出金は{minimum:,}円からです。", "A payout is {minimum:,} yen at least."),
    "on_hold": Row(ProblemKind.CONFLICT, "この出金は{until}まで保留されています。", "This payout is on hold until {until}."),
    "nothing_waits": Row(ProblemKind.CONFLICT, "振り込みを待っている出金はありません。", "No payout is waiting."),
})  # fmt: skip


def holds_payouts(function: Holding) -> Holding:
    """Register a function of a room above: until when new payouts of a worker wait (an appeal may come), or None."""
    _HOLDINGS.append(function)
    return function


@cache
def minimum() -> int:
    """The least amount of one payout, in yen."""
    return int(tomllib.loads(files(__package__).joinpath("payouts.toml").read_text("utf-8"))["minimum_yen"])


def bank_account(worker: UUID) -> BankAccount | None:
    """Where a worker's next payout would go."""
    return BankAccount.objects.filter(worker=worker, replaced_at=None).first()


@verb("ledger.set_bank_account")
def set_bank_account(
    actor: Actor, thing: None, *, bank: str, branch: str, type_: str, number: str, holder: str
) -> BankAccount:
    """Where one's payouts go from now on. Codes of 4 and 3 digits, a number of up to 7, the holder in katakana."""
    values = {
        "bank": _digits(bank, "bank", 4), "branch": _digits(branch, "branch", 3), "type": fields.one_of(type_, "type", TYPES),
        "number": _digits(number, "number", 7, fill=True), "holder": kana.holder(holder),
    }  # fmt: skip
    Account.objects.select_for_update().get(pk=actor.me)  # two at once would both be the live one
    BankAccount.objects.filter(worker=actor.me, replaced_at=None).update(replaced_at=clock.now())
    row = BankAccount.objects.create(worker_id=actor.me, sealed=values)
    note_bank_account(actor.me, values["bank"], values["branch"], values["type"], values["number"])
    tell("ledger.bank_account_set", worker=actor.me)
    return row


def _digits(value: str, field: str, length: int, *, fill: bool = False) -> str:
    bare = unicodedata.normalize("NFKC", value[:40]).strip()
    least = 4 if fill else length
    if not re.fullmatch(rf"[0-9]{{{least},{length}}}", bare):
        raise Problem("bad_digits", field=field, length=f"{least}–{length}" if fill else length)
    return bare.zfill(length)


@verb("payout.ask")
def ask_payout(actor: Actor, thing: None, *, amount: int) -> Payout:
    """Send `amount` yen of one's earnings to one's bank. Raises `Problem` no_bank_account, below_minimum, too_little."""
    PAYOUT.find(None, "ask", current().held)
    if yen(amount, field="amount") < minimum():
        raise Problem("below_minimum", minimum=minimum())
    target = bank_account(actor.me)
    if target is None:
        raise Problem("no_bank_account")
    held = [until for function in _HOLDINGS if (until := function(actor.me)) is not None]
    payout = Payout.objects.create(
        worker=actor.me, amount=amount, bank_account=target, code=_code(), hold_until=max(held, default=None)
    )
    _post(payout, Leg(account(Kind.WORKER, actor.me), account(Kind.PAYOUT, payout.id), amount, "payout"))
    tell("ledger.payout_asked", payout=payout.id)
    return payout


def _code() -> str:
    # A thousand million codes: taken digits are met once in a long while, twice in a row never.
    codes = [provider().new_payout_code() for _ in range(8)]
    taken = set(Payout.objects.filter(code__in=codes).values_list("code", flat=True))
    return next(code for code in codes if code not in taken)


@verb("payout.hold")
def hold_payout(actor: Actor, payout: Payout, *, until: datetime, because: str) -> Payout:
    """On an authority: it does not go to the bank before `until`. One that was sent already cannot be held."""
    current().because = fields.text(because, "because", 1000)
    if payout.state != PayoutState.ASKED:
        raise Problem("not_from_here", state=payout.state)
    payout.hold_until = until
    payout.save(update_fields=["hold_until"])
    return payout


@verb("payout.cancel")
def cancel_payout(actor: Actor, payout: Payout) -> Payout:
    """The worker wants it back before it went to the bank."""
    _move(payout, "cancel")
    return _back(payout)


@verb("payout.send")
def send_payout(actor: Actor, payout: Payout, *, batch: PayoutBatch) -> Payout:
    """It stands in a list for the bank."""
    _not_held(payout)
    PAYOUT.move(payout, "send", current().held, batch=batch)
    return payout


@verb("ledger.list_payouts")
def list_payouts(actor: Actor, thing: None) -> PayoutBatch:
    """Every payout that waits and is not held goes into one list for the bank. Raises `Problem("nothing_waits")`."""
    free = Q(hold_until=None) | Q(hold_until__lte=clock.now())
    waiting = list(
        Payout.objects.select_for_update().filter(free, state=PayoutState.ASKED).order_by("pk")[:5000]
    )
    if not waiting:
        raise Problem("nothing_waits")
    batch = PayoutBatch(by=actor.me, count=len(waiting), total=sum(payout.amount for payout in waiting))
    batch.save()
    for payout in waiting:
        send_payout(actor, payout, batch=batch)
    return batch


@verb("ledger.download_batch")
def download_batch(actor: Actor, thing: None, *, batch: PayoutBatch) -> File:
    """The list as a file for the bank, with whole bank data: a verb, so that every download is in the audit chain."""
    rows = batch.payouts.select_related("bank_account").order_by("asked_at", "id")
    orders = [
        Order(code=row.code, amount=row.amount, **row.bank_account.sealed) for row in rows
    ]  # fmt: skip
    return provider().write(orders, timezone.localdate(batch.at))


@verb("payout.confirm")
def confirm_payout(actor: Actor, payout: Payout) -> Payout:
    """The bank has paid it."""
    if payout.state == PayoutState.ASKED:
        _not_held(payout)
    _move(payout, "confirm")
    _post(payout, Leg(account(Kind.PAYOUT, payout.id), account(Kind.BANK), payout.amount, "payout_paid"))
    tell("ledger.payout_paid", payout=payout.id)
    return payout


@verb("payout.fail")
def fail_payout(actor: Actor, payout: Payout) -> Payout:
    """The bank did not pay it: it is the worker's balance again."""
    _move(payout, "fail")
    tell("ledger.payout_failed", payout=payout.id)
    return _back(payout)


@verb("payout.bring_back")
def bring_back_payout(actor: Actor, payout: Payout) -> Payout:
    """The bank paid it and later sent it back: it is the worker's balance again."""
    _move(payout, "bring_back")
    _post(
        payout, Leg(account(Kind.BANK), account(Kind.WORKER, payout.worker), payout.amount, "payout_returned")
    )
    tell("ledger.payout_failed", payout=payout.id)
    return payout


def _back(payout: Payout) -> Payout:
    _post(
        payout,
        Leg(
            account(Kind.PAYOUT, payout.id),
            account(Kind.WORKER, payout.worker),
            payout.amount,
            "payout_failed",
        ),
    )
    return payout


def _move(payout: Payout, name: str) -> None:
    PAYOUT.move(payout, name, current().held, ended_at=clock.now())


def _not_held(payout: Payout) -> None:
    if payout.hold_until is not None and payout.hold_until > clock.now():
        raise Problem("on_hold", until=timezone.localtime(payout.hold_until).strftime("%Y-%m-%d %H:%M"))


def _post(payout: Payout, leg: Leg) -> None:
    post([leg], key=f"{leg.purpose}:{payout.id}", matter=payout.id)

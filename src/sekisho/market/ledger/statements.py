"""What a client or a worker sees of the ledger: the rows of a period, the balance after each; as data, as CSV. Reads only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Case, F, Q, Sum, When
from django.utils import timezone

from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.problems import Kind as ProblemKind
from sekisho.market.kernel.problems import Problem, Row, describe
from sekisho.market.ledger.cells import table
from sekisho.market.ledger.models import LedgerAccount, Transfer
from sekisho.market.ledger.port import File
from sekisho.market.ledger.purposes import PURPOSES, Kind

SIDES = {"client": Kind.CLIENT, "worker": Kind.WORKER}
MOST_DAYS = 366

describe({
    "bad_period": Row(ProblemKind.INVALID, "期間は、開始日から終了日まで{most}日以内で指定してください。",
                      "Give a period from a first to a last day, of at most {most} days."),
})  # fmt: skip
_HEADER = {
    "ja": ("日付", "案件・契約", "内容", "入", "出", "残高"),
    "en": ("Date", "Matter", "Purpose", "In", "Out", "Balance"),
}
_ENDS = {"ja": ("繰越", "合計"), "en": ("Carried forward", "Total")}


@dataclass(frozen=True, slots=True)
class Line:
    """One movement. Yen; one of `paid_in` and `paid_out` is 0. `matter`: the contract, payout or deposit; None: by hand."""

    at: datetime
    matter: UUID | None
    title: str
    purpose: str
    paid_in: int
    paid_out: int
    balance: int


@dataclass(frozen=True, slots=True)
class Statement:
    """A period, both days included, by the clock of Japan. `opening` + `paid_in` - `paid_out` = `closing`."""

    owner: UUID
    side: str
    first: date
    last: date
    opening: int
    closing: int
    paid_in: int
    paid_out: int
    lines: tuple[Line, ...] = field(repr=False)

    def purpose(self, line: Line, lang: str = "ja") -> str:
        """What the line is for, in words."""
        row = PURPOSES[line.purpose]
        return row.en if lang == "en" else row.ja


def statement(
    actor: Actor,
    side: str,
    first: date,
    last: date,
    *,
    owner: UUID | None = None,
    titles: Mapping[UUID, str] | None = None,
) -> Statement:
    """The statement of one's own account as `client` or `worker`; the operator may name another `owner`.

    `titles` are what rooms above call the matters. Raises `Problem` bad_value (side), bad_period, not_found (not one's own).
    """
    if side not in SIDES:
        raise Problem("bad_value", field="side", choices=", ".join(SIDES))
    if not (timedelta(0) <= last - first < timedelta(days=MOST_DAYS) and 2000 <= first.year < 2200):
        raise Problem("bad_period", most=MOST_DAYS)
    whose = owner if owner is not None else actor.me
    if whose != actor.id and "operator" not in actor.roles:
        raise Problem("not_found")
    account = LedgerAccount.objects.filter(kind=SIDES[side], owner=whose).first()
    opening = _before(account, first) if account else 0
    lines = tuple(_lines(account, first, last, opening, titles or {})) if account else ()
    return Statement(
        whose, side, first, last, opening, lines[-1].balance if lines else opening,
        sum(line.paid_in for line in lines), sum(line.paid_out for line in lines), lines,
    )  # fmt: skip


def statement_csv(data: Statement, lang: str = "ja") -> File:
    """The statement as a CSV for spreadsheets: UTF-8 with BOM, no formula, amounts as bare numbers."""
    words, ends = _HEADER.get(lang, _HEADER["ja"]), _ENDS.get(lang, _ENDS["ja"])
    rows: list[tuple[object, ...]] = [words, (data.first.isoformat(), "", ends[0], "", "", data.opening)]
    for line in data.lines:
        day = timezone.localtime(line.at).strftime("%Y-%m-%d %H:%M")
        what = line.title or (str(line.matter) if line.matter else "")
        rows.append(
            (day, what, data.purpose(line, lang), line.paid_in or "", line.paid_out or "", line.balance)
        )
    rows.append((data.last.isoformat(), "", ends[1], data.paid_in, data.paid_out, data.closing))
    name = f"statement-{data.side}-{data.first.isoformat()}-{data.last.isoformat()}.csv"
    return File(name, "text/csv; charset=utf-8", table(rows))


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _touching(account: LedgerAccount) -> Q:
    return Q(debit=account) | Q(credit=account)


def _before(account: LedgerAccount, first: date) -> int:
    step = Case(When(credit=account, then=F("amount")), default=-F("amount"))
    earlier = Transfer.objects.filter(_touching(account), at__lt=_start(first))
    return earlier.aggregate(total=Sum(step))["total"] or 0


def _lines(
    account: LedgerAccount, first: date, last: date, balance: int, titles: Mapping[UUID, str]
) -> Iterator[Line]:
    end = _start(last + timedelta(days=1))
    rows = Transfer.objects.filter(_touching(account), at__gte=_start(first), at__lt=end)
    for row in rows.order_by("at", "id"):
        paid_in, paid_out = (row.amount, 0) if row.credit_id == account.pk else (0, row.amount)
        balance += paid_in - paid_out
        title = titles.get(row.matter, "") if row.matter else ""
        yield Line(row.at, row.matter, title, row.purpose, paid_in, paid_out, balance)

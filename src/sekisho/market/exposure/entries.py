"""One thing that was given away, as a form or a program tells it: for a stored record, and for one that is only printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.timezone import localdate

from sekisho.core.guidance import Exposed
from sekisho.market.deals.models import Deal
from sekisho.market.exposure.plain import without_values
from sekisho.market.kernel import clock, fields
from sekisho.market.kernel.problems import Kind, Problem, Row, describe
from sekisho.market.kernel.yen import yen

KINDS = tuple(kind.value for kind in Exposed)
"""What can be given away: the list of the guidance, and no other."""
TOOLS = (
    "site", "line", "email", "phone", "sms", "zoom", "meet", "teams", "chatwork", "slack", "discord", "instagram", "x",
    "facebook", "whatsapp", "telegram", "kakaotalk", "skype", "form", "in_person", "post", "bank_transfer", "other",
)  # fmt: skip
"""By what it was given; `site`: in messages of this site."""
MOST = 40
"""Things in one record."""
describe({
    "given_ahead": Row(Kind.INVALID, "「{field}」には、今日までの日付を入力してください。",
                       "“{field}” must not lie in the future."),
    "given_most": Row(Kind.INVALID, "1つの記録に書けるのは{most}件までです。", "One record holds at most {most} entries."),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing: its kind, the day (None: not known), the tool ("": not known), to whom (an account or words), yen for money."""

    kind: str
    on: date | None = None
    tool: str = ""
    to: UUID | None = None
    to_words: str = ""
    amount_yen: int | None = None


def entries(rows: Sequence[Mapping[str, Any]], account: UUID | None) -> tuple[Entry, ...]:
    """What was told, checked. `account`: whose record it is (None: nobody's; then nobody of this site can be named).

    Raises `Problem` blank, bad_value, bad_amount, given_ahead, given_most, value_in_text; not_found for a stranger as recipient.
    """
    if not rows:
        raise Problem("blank", field="given")
    if len(rows) > MOST:
        raise Problem("given_most", most=MOST)
    told = tuple(_entry(row) for row in rows)
    named = {entry.to for entry in told if entry.to is not None}
    if named and (account is None or named - met_by(account)):
        raise Problem("not_found")
    return told


def _entry(row: Mapping[str, Any]) -> Entry:
    kind = fields.one_of(str(row.get("kind") or ""), "kind", KINDS)
    on, tool = row.get("on"), str(row.get("tool") or "")
    if on is not None and on > localdate(clock.now()):
        raise Problem("given_ahead", field="on")
    return Entry(
        kind, on, fields.one_of(tool, "tool", TOOLS) if tool else "", row.get("to"),
        without_values(str(row.get("to_words") or ""), "to_words", 80),
        yen(row.get("amount_yen")) if kind == Exposed.MONEY else None,
    )  # fmt: skip


def met_by(account: UUID) -> set[UUID]:
    """Whom somebody has dealt with here: only those can be named as accounts."""
    pairs = Deal.objects.filter(Q(client_id=account) | Q(worker_id=account)).values_list(
        "client_id", "worker_id"
    )
    return {one for pair in pairs for one in pair} - {account}

"""What a posting's pay, client and gaps are called in sentences. Words only; the core has judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from sekisho.core.detection.postings import PostingPay, PostingVerdict, Standing, Unit
from sekisho.core.detection.postings.library import load_policy
from sekisho.interfaces.web import words

STANDINGS = {
    Standing.FAR_BELOW: (_("頼まれている仕事に対して極端に低い"), "care"),
    Standing.BELOW: (_("相場より低い"), "care"),
    Standing.WITHIN: (_("相場の範囲"), "ok"),
    Standing.ABOVE: (_("相場より高い"), ""),
    Standing.OUT_OF_PROPORTION: (_("仕事とつり合わないほど高い"), "care"),
}
UNITS = {
    Unit.HOUR: _("1時間"), Unit.DAY: _("1日"), Unit.WEEK: _("1週間"), Unit.MONTH: _("1か月"), Unit.ITEM: _("1件"),
    Unit.CHARACTER: _("1文字"), Unit.WORD: _("1語"), Unit.PAGE: _("1ページ"), Unit.MINUTE: _("1分"), Unit.PROJECT: _("一式"),
}  # fmt: skip
MONEY = {
    ("ja", "JPY"): "{}円", ("ja", "USD"): "{}ドル", ("ja", "EUR"): "{}ユーロ", ("ja", "GBP"): "{}ポンド",
    ("en", "JPY"): "¥{}", ("en", "USD"): "${}", ("en", "EUR"): "€{}", ("en", "GBP"): "£{}",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PayRow:
    """Pay as it is written, how it stands, and the going rate with its source; `tone` is the colour, never the only sign."""

    written: str
    standing: Any
    tone: str
    going: str
    source: str


def row(one: PostingPay, text: str) -> PayRow:
    """One pay of a posting; `text` is the field it stands in."""
    written = text[one.start : one.end]
    if one.standing is None or one.going is None:
        return PayRow(written, "", "", "", "")
    going, (standing, tone) = one.going, STANDINGS[one.standing]
    low, high = _money(going.low, going.currency), _money(going.high, going.currency)
    told = _("相場の目安：%(per)s %(low)s〜%(high)s") % {
        "per": UNITS[Unit(going.unit)],
        "low": low,
        "high": high,
    }
    return PayRow(written, standing, tone, str(told), f"{going.source[words.lang()]} {going.seen}")


def _money(amount: float, currency: str) -> str:
    number = f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.3f}".rstrip("0")
    return MONEY.get((words.lang(), currency), "{} " + currency).format(number)


def signs(said: PostingVerdict, pack: str) -> tuple[str, ...]:
    """What about the client calls for care."""
    policy = load_policy(pack)
    limits = policy.thresholds
    facts = {
        "reviews": limits.reviews,
        "rating": limits.rating,
        "orders": limits.orders,
        "new_days": limits.new_days,
    }
    return tuple(policy.signs[sign][words.lang()].format(**facts) for sign in said.signs)


def missing(said: PostingVerdict, pack: str) -> tuple[str, ...]:
    """What the posting does not state."""
    return tuple(load_policy(pack).parts[part][words.lang()] for part in said.missing)

"""What to do about an answer: which refusal comes first, whom to call, where to go on. Sends nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from sekisho.core.guidance import Point, Refusal, Situation, refusals
from sekisho.core.guidance.library import load_guide
from sekisho.interfaces.web import words
from sekisho.interfaces.web.checking.found import Answer
from sekisho.interfaces.web.checking.platforms import Platform

_BY_RULE = {"presses-after-refusal": Situation.REPEATED, "cancels-after-refusal": Situation.REPEATED}
_BY_LABEL = {
    "direct_payment": Situation.PAYMENT_DECLINED, "direct_contract": Situation.PAYMENT_DECLINED,
    "fee_avoidance": Situation.PAYMENT_DECLINED, "approval_pressure": Situation.REQUEST_DECLINED,
}  # fmt: skip
"""Which refusal answers what; steering outside is answered by the first."""
_STEERING = frozenset({"channel_solicitation", "contact_disclosure", "interview_offplatform"})
POINTS = ("police", "consumer", "freelance", "emergency")
"""Whom to call, as ids of the pack's points: a question, money asked, unpaid work, danger now."""
ADVICE = {
    ("posting", "violation"): _("応募は見送るのが安全です。もう応募したときは、下の文で断り、違反報告ができます。"),
    ("posting", "caution"): _("応募の前に、気になる点を確かめてください。確かめられないときは、見送るのが安全です。"),
    ("posting", "clear"): _(
        "募集文に、外部への誘導は見つかりませんでした。応募の後も、やり取りと支払いはサイトの中で続けてください。"
    ),
}  # fmt: skip
"""What is advised where a posting is not as a message; the rest is in `words.ADVICE`."""
DO_NOW = {
    "posting": _("まずは、応募しないで大丈夫です"),
    "message": _("まず、この一文だけ返せば大丈夫です"),
    "thread": _("まず、この一文だけ返せば大丈夫です"),
}


@dataclass(frozen=True, slots=True)
class Call:
    """A consultation point with a number to tap; `link` is "" where it has none."""

    point: Point
    link: str


def ordered_refusals(answer: Answer, platform: Platform) -> tuple[Refusal, ...]:
    """All five, the one that fits first."""
    guide = load_guide(platform.id)
    site = platform.id if platform.id in guide.sites else "here"
    first = best_refusal(answer)
    return tuple(sorted(refusals(site, pack=platform.id), key=lambda one: one.situation is not first))


def best_refusal(answer: Answer) -> Situation:
    """The refusal for what was found."""
    for rule, situation in _BY_RULE.items():
        if rule in answer.rules:
            return situation
    if _STEERING & set(answer.labels):
        return Situation.FIRST
    return next((_BY_LABEL[label] for label in answer.labels if label in _BY_LABEL), Situation.FIRST)


def calls(pack: str) -> tuple[Call, ...]:
    """Whom to call, of those that the pack knows."""
    points = load_guide(pack).points
    return tuple(
        Call(points[name], f"tel:{quote(points[name].phone.replace('-', ''), safe='')}" if points[name].phone else "")
        for name in POINTS if name in points
    )  # fmt: skip


def advice(kind: str, verdict: str) -> Any:
    """One sentence: what to do."""
    return ADVICE.get((kind, verdict)) or words.ADVICE[verdict]


def place_of(name: str) -> str:
    """The address of a page by its name, "" where this site has no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def card_link(answer: Answer) -> str:
    """The address of the picture to share. It carries verdict and labels, which are of closed lists, and nothing else."""
    asked = urlencode({"v": answer.verdict, "l": ",".join(answer.labels), "lang": words.lang()})
    return f"{reverse('check_card')}?{asked}"


def site_address() -> str:
    """How the site is reached, as people write it."""
    parts = urlsplit(settings.BASE_URL)
    return f"{parts.netloc}{parts.path}".rstrip("/")

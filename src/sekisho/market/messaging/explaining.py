"""What a message's writer is told when it was not delivered, and what its recipient is told beside it. Words only, no state.

The rules' own sentences come from the pack that judged; a rule that is gone from it is told by the reason kept with the finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sekisho.core.detection import load
from sekisho.core.guidance import refusal
from sekisho.core.guidance.library import load_guide
from sekisho.core.rules.errors import PackError
from sekisho.core.rules.model import Rule
from sekisho.market.judging.models import Judgement
from sekisho.market.messaging.models import Message
from sekisho.market.messaging.policy import policy
from sekisho.market.messaging.states import MessageState

_TITLES: Mapping[str, Mapping[str, str]] = {
    MessageState.NUDGED: {
        "ja": "送信する前に、もう一度ご確認ください。相手にはまだ届いていません。",
        "en": "Please look again before sending. It has not been delivered yet.",
    },
    MessageState.HELD: {
        "ja": "このメッセージは運営が確認しています。{hours}時間以内に確認し、結果をお知らせします。",
        "en": "We are looking at this message. We will do so within {hours} hours and tell you the outcome.",
    },
    MessageState.REFUSED: {
        "ja": "このメッセージは送信できませんでした。",
        "en": "This message could not be sent.",
    },
    MessageState.WITHHELD: {
        "ja": "このメッセージは、運営が確認した結果、届けませんでした。",
        "en": "We looked at this message and did not deliver it.",
    },
}
_WARNINGS: Mapping[str, Mapping[str, str]] = {
    "seen": {
        "ja": "このメッセージには、注意が必要な内容が含まれている可能性があります。返信する前にご確認ください。",
        "en": "This message may hold something to be careful about. Please look before you answer.",
    },
    "unsure": {
        "ja": "このメッセージの自動確認は完了していません。不自然な点がないか、ご自身でもご確認ください。",
        "en": "The automatic check of this message did not finish. Please look at it with care yourself.",
    },
}
_STEPS: tuple[Mapping[str, str], ...] = (
    {"ja": "応じる義務はありません。断っても、契約や評価に影響しません。",
     "en": "You need not agree. Declining changes nothing in your contract or reviews."},
    {"ja": "外部のツールが必要なときは、サービス外連絡申請を利用してください。",
     "en": "Where an outside tool is needed, use a contact request."},
    {"ja": "やり取りを止めたいときは、相手のプロフィールからブロックできます。相手には知らされません。",
     "en": "To stop hearing from them, block them on their profile page; they are not told."},
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that was seen: where (code points of the text; None: in a picture or an earlier message) and why it matters."""

    quote: str
    start: int | None
    end: int | None
    rule: str
    title: str
    why: str
    instead: str
    risks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """For the writer: what was seen, and how to do it properly. No points where the reason is given in general only."""

    title: str
    points: tuple[Point, ...]
    instead: tuple[str, ...]
    may_send_anyway: bool


@dataclass(frozen=True, slots=True)
class Caution:
    """For the recipient: what to look at, what it may lead to, what to do, and a sentence to decline with."""

    title: str
    points: tuple[Point, ...]
    risks: tuple[str, ...]
    todo: tuple[str, ...]
    refusal: str


def explanation(message: Message, of_files: Iterable[Judgement] = (), lang: str = "ja") -> Explanation | None:
    """What its writer is told; None for one that was said."""
    title = _TITLES.get(message.state)
    if title is None:
        return None
    nudged = message.state == MessageState.NUDGED
    points = (
        ()
        if message.general or message.state == MessageState.HELD
        else _points((message.judgement, *of_files), lang)
    )
    return Explanation(
        title[lang].format(hours=policy().look_hours), points, tuple(dict.fromkeys(p.instead for p in points if p.instead)),
        nudged and message.judgement.verdict in (*policy().send_anyway, "clear"),
    )  # fmt: skip


def warning(
    message: Message, of_files: Iterable[Judgement] = (), lang: str = "ja", *, site: str = "here"
) -> Caution | None:
    """What its recipient is told beside it; None where nothing was seen. `site`: a name for the sentence to decline with."""
    judgements = (message.judgement, *of_files)
    points = _points(judgements, lang)
    unsure = message.judgement.verdict == "unsure" or bool(message.not_read)
    if not points and not unsure:
        return None
    pack = message.judgement.pack
    known = {risk: load_guide(pack).risks[risk].what[lang] for point in points for risk in point.risks}
    money = any(
        finding["label"] in ("direct_payment", "fee_avoidance") for j in judgements for finding in _told(j)
    )
    say = refusal("payment_declined" if money else "first", site, pack=pack).text(lang) if points else ""
    todo = tuple(one[lang] for one in _STEPS) if points else ()
    return Caution(_WARNINGS["seen" if points else "unsure"][lang], points, tuple(known.values()), todo, say)


def _points(judgements: Iterable[Judgement], lang: str) -> tuple[Point, ...]:
    told = ((judgement.pack, finding) for judgement in judgements for finding in _told(judgement))
    return tuple(_point(finding, _rule(pack, finding["rule"]), lang) for pack, finding in told)


def _told(judgement: Judgement) -> list[dict[str, Any]]:
    """What counts against its writer: an answer to what the other side began does not."""
    return [f for f in judgement.findings if f["verdict"] != "clear" and not f.get("lured")]


def _point(finding: Mapping[str, Any], rule: Rule | None, lang: str) -> Point:
    return Point(
        finding.get("quote", ""), finding.get("start"), finding.get("end"), finding["rule"],
        rule.title[lang] if rule else "", finding.get("why", {}).get(lang, ""), rule.instead[lang] if rule else "",
        tuple(finding.get("risks", ())),
    )  # fmt: skip


def _rule(pack: str, rule: str) -> Rule | None:
    try:
        return load(pack).pack.rules.get(rule)
    except PackError:
        return None

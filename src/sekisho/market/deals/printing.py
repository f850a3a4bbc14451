"""A deal as a person reads it on paper: one sentence an event, its words, what was seen in them. Not how it looks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sekisho.core.detection.threads.record import text_of
from sekisho.market.deals.models import Deal, Event
from sekisho.market.deals.reading import EventRow, row

_SIDES = {
    "client": {"ja": "クライアント", "en": "The client"}, "worker": {"ja": "ワーカー", "en": "The worker"},
    "operator": {"ja": "運営", "en": "The operator"}, "clock": {"ja": "期限の到来により自動で", "en": "The clock"},
}  # fmt: skip
_SENTENCES: Mapping[str, tuple[str, str]] = {
    "message": ("{by}がメッセージを送りました。", "{by} wrote."),
    "posting": ("{by}が案件を掲載しました。", "{by} posted the job."),
    "application": ("{by}が応募しました。", "{by} applied."),
    "contract_agreed": ("{by}が契約内容に同意しました。", "{by} agreed to the contract."),
    "escrow_funded": (
        "{by}が{amount_yen:,}円を仮払いしました。",
        "{by} funded {amount_yen:,} yen in escrow.",
    ),
    "contact_request": (
        "{by}がサービス外連絡を申請しました（{tools}）。",
        "{by} asked for contact outside ({tools}).",
    ),
    "contact_request_approved": (
        "{by}がサービス外連絡を承認しました。",
        "{by} approved the contact request.",
    ),
    "contact_request_declined": (
        "{by}がサービス外連絡を辞退しました。",
        "{by} declined the contact request.",
    ),
    "contact_request_ended": (
        "サービス外連絡の申請または承認が終了しました。",
        "The contact request or its approval ended.",
    ),
    "delivered": ("{by}が納品しました。", "{by} delivered."),
    "sent_back": ("{by}が差し戻しました。", "{by} sent the delivery back."),
    "accepted": ("{by}が検収しました。", "{by} accepted the delivery."),
    "cancelled": ("{by}が契約を終了しました。", "{by} cancelled."),
    "lapsed": (
        "期限までに仮払いがなく、契約は失効しました。",
        "The contract was not funded in time and lapsed.",
    ),
    "terms_changed": ("{by}が契約条件の変更を記録しました。", "{by} recorded a change of terms."),
    "termination_asked": ("{by}が契約の途中終了を求めました。", "{by} asked to end the contract early."),
    "termination_answered": (
        "{by}が途中終了の求めに回答しました。",
        "{by} answered the request to end early.",
    ),
    "disputed": ("{by}が運営に判断を求めました。", "{by} asked the house to decide."),
    "settled": ("運営が判断を示しました。", "The house decided."),
    "outside_agreement": (
        "{by}がサービス外で合意した内容を記録しました。",
        "{by} recorded what was agreed outside.",
    ),
    "personal_data": (
        "{by}が個人情報の提供について手続きをしました。",
        "{by} took a step about personal data.",
    ),
    "reviewed": ("{by}が評価を投稿しました。", "{by} wrote a review."),
    "file": ("{by}がファイルを登録しました。", "{by} added a file."),
    "statement_shown": (
        "確認のために預かっていた{by}の文が示されました。",
        "Words of {by} that were held are shown now.",
    ),
    "terms_proposed": ("{by}が契約条件の変更を提案しました。", "{by} proposed a change of terms."),
    "terms_answered": (
        "{by}が条件の変更の提案に回答しました。",
        "{by} answered the proposed change of terms.",
    ),
    "contract_ended": ("契約が終わりました。", "The contract has ended."),
    "dispute_said": (
        "{by}が判断のための説明を提出しました。",
        "{by} submitted a statement for the decision.",
    ),
    "dispute_proposed": ("運営が解決案を示しました。", "The house proposed a way to settle."),
    "dispute_answered": ("{by}が解決案に回答しました。", "{by} answered the proposal."),
    "dispute_decided": ("運営が裁定しました。お金は異議申し立ての期間のあとに動きます。",
                        "The house decided; the money moves when the time to appeal is over."),
    "dispute_reopened": ("異議申し立てにより、裁定が取り消されました。", "The decision was reversed on an appeal."),
    "contact_suggested": ("{by}がサービス外連絡の申請を依頼しました。", "{by} asked the client to file a contact request."),
    "contact_request_withdrawn": ("{by}がサービス外連絡の申請を取り下げました。", "{by} withdrew the contact request."),
    "body_erased": (
        "{by}が{position}番の記録の本文を消去しました。",
        "{by} erased the body of event {position}.",
    ),
}
_UNKNOWN = ("{by}の操作が記録されました。", "An act of {by} was recorded.")
_WORDS = ("text", "purpose", "title", "terms", "note", "because")
_GONE = {
    "ja": "（本文は規定により消去されています。理由: {why}）",
    "en": "(The body was erased by policy. Reason: {why})",
}


Findings = Mapping[tuple[int, str], Sequence[Mapping[str, Any]]]
"""What was seen, by the number of an event as the core counts (`turn`) and its text."""


@dataclass(frozen=True, slots=True)
class Line:
    """One event on paper. `digest` lets a reader find it in the export; `findings` are records as judgements keep them."""

    position: int
    at: datetime
    sentence: str
    name: str
    words: str
    files: tuple[str, ...]
    findings: tuple[Mapping[str, Any], ...]
    digest: str


def printed(deal: Deal, findings: Findings | None = None, lang: str = "ja") -> Iterator[Line]:
    """The whole deal in order, in `ja` or `en`."""
    seen = findings or {}
    events = Event.objects.filter(deal=deal).select_related("body", "author").order_by("position")
    for event in events.iterator(chunk_size=500):
        shown = row(event)
        files = tuple(
            f"{f.get('name', '—')} ({f['size']:,} B, SHA-256 {f['sha256']})"
            for f in (shown.body or {}).get("files", ())
        )
        said = text_of(shown.body or {})
        told = tuple(seen.get((event.turn, said), ())) if event.turn is not None else ()
        yield Line(
            event.position, event.at, sentence(shown, lang), shown.author_name, words_of(shown, lang), files, told,
            bytes(event.digest).hex(),
        )  # fmt: skip


def sentence(event: EventRow, lang: str = "ja") -> str:
    """What happened, in one sentence."""
    body = event.body or {}
    form = _SENTENCES.get(event.type, _UNKNOWN)[lang == "en"]
    return form.format(
        by=_SIDES.get(event.by, {}).get(lang, event.by), amount_yen=body.get("amount_yen", 0),
        tools=", ".join(body.get("tools", ())), position=body.get("position", "?"),
    )  # fmt: skip


def words_of(event: EventRow, lang: str) -> str:
    """What it says, or why that is gone."""
    if event.body is None:
        return _GONE[lang].format(why=event.erased)
    return "\n".join(str(event.body[name]) for name in _WORDS if event.body.get(name))

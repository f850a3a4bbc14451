"""The table of notices: for each topic who is told what. A topic that tells nobody stands in `SILENT`, with the reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """One row. `to`: client, worker, owner, other (of the two, who did not do it) or staff. `{names}` come from the thing."""

    topic: str
    to: str
    ja: str
    en: str
    mail: bool = True


T = Told
TABLE: tuple[Told, ...] = (
    T("job.opened",               "owner",  "案件「{title}」の募集を始めました", "Your job “{title}” is open", mail=False),
    T("job.held",                 "owner",  "案件「{title}」の内容を運営が確認しています", "“{title}” is being looked at before it opens"),
    T("job.held",                 "staff",  "確認待ちの案件があります：「{title}」", "A job waits for screening: “{title}”", mail=False),
    T("job.sent_back",            "owner",  "案件「{title}」の修正をお願いします：{because}", "Please change “{title}”: {because}"),
    T("job.removed",              "owner",  "案件「{title}」の掲載を終えました：{because}", "“{title}” was taken down: {because}"),
    T("application.made",         "client", "「{title}」に応募がありました", "A new application for “{title}”"),
    T("application.chosen",       "worker", "「{title}」で採用されました。契約の申し込みをお待ちください", "You were chosen for “{title}”; a contract offer follows"),
    T("application.declined",     "worker", "「{title}」は今回見送りとなりました", "“{title}” went to somebody else this time"),
    T("contract.offered",         "worker", "契約の申し込みが届きました：「{title}」", "A contract is offered: “{title}”"),
    T("contract.agreed",          "client", "契約が合意されました。仮払いをお願いします：「{title}」", "Agreed; please fund the escrow: “{title}”"),
    T("contract.declined",        "client", "契約の申し込みは辞退されました：「{title}」", "The offer was declined: “{title}”"),
    T("contract.funded",          "worker", "仮払いが済みました。作業を始められます：「{title}」", "Escrow is funded; you may start: “{title}”"),
    T("contract.delivered",       "client", "納品されました。検収をお願いします：「{title}」", "Delivered; please accept or send back: “{title}”"),
    T("contract.sent_back",       "worker", "納品が差し戻されました：「{title}」", "Your delivery was sent back: “{title}”"),
    T("contract.completed",       "worker", "検収が済み、報酬が残高に加わりました：「{title}」", "Accepted; your earnings are in your balance: “{title}”"),
    T("contract.completed",       "client", "契約が完了しました：「{title}」", "The contract is completed: “{title}”", mail=False),
    T("contract.cancelled",       "other",  "契約が中止されました：「{title}」", "The contract was cancelled: “{title}”"),
    T("contract.lapsed",          "client", "仮払いの期限が過ぎ、契約は終わりました：「{title}」", "Not funded in time; the contract lapsed: “{title}”"),
    T("contract.lapsed",          "worker", "仮払いの期限が過ぎ、契約は終わりました：「{title}」", "Not funded in time; the contract lapsed: “{title}”"),
    T("contract.disputed",        "other",  "運営の判断が求められました：「{title}」", "The house is asked to decide: “{title}”"),
    T("contract.disputed",        "staff",  "異議のある契約があります：「{title}」", "A contract is disputed: “{title}”", mail=False),
    T("contract.settled",         "client", "運営の判断が出ました：「{title}」", "The house has decided: “{title}”"),
    T("contract.settled",         "worker", "運営の判断が出ました：「{title}」", "The house has decided: “{title}”"),
    T("message.delivered",        "other",  "新しいメッセージが届きました：「{title}」", "A new message: “{title}”"),
    T("message.held",             "staff",  "確認待ちのメッセージがあります：「{title}」", "A message waits to be looked at: “{title}”", mail=False),
    T("message.overdue",          "staff",  "24時間を過ぎた確認待ちのメッセージがあります：「{title}」", "A held message is overdue: “{title}”"),
    T("message.withheld",         "author", "メッセージは届けられませんでした：{because}", "Your message was not delivered: {because}"),
    T("contact_request.asked",    "other",  "サービス外連絡の申請が届きました。辞退しても契約は変わりません", "A contact request came; declining changes nothing"),
    T("contact_request.approve",  "other",  "サービス外連絡が承認されました", "The contact request was approved"),
    T("contact_request.decline",  "other",  "サービス外連絡は辞退されました。契約はそのまま続きます", "The contact request was declined; the contract goes on"),
    T("contact_request.end",      "other",  "サービス外連絡の承認が終わりました", "The approval of outside contact has ended"),
    T("contact_request.suggested", "client", "ワーカーから、サービス外連絡の申請を出してほしいと依頼がありました", "The worker asks you to file a contact request"),
    T("ledger.deposited",         "owner",  "入金を確認しました：{amount:,}円", "Your deposit of ¥{amount:,} has arrived"),
    T("ledger.payout_paid",       "owner",  "出金が完了しました：{amount:,}円", "Your payout of ¥{amount:,} was made"),
    T("ledger.payout_failed",     "owner",  "出金が組み戻されました。口座をご確認ください：{amount:,}円", "Your payout of ¥{amount:,} came back; check your account"),
    T("ledger.payout_asked",      "staff",  "出金の申請があります：{amount:,}円", "A payout waits: ¥{amount:,}", mail=False),
    T("profile.held",             "staff",  "確認待ちのプロフィールがあります", "A profile waits to be looked at", mail=False),
)  # fmt: skip
SILENT: dict[str, str] = {
    "message.nudged": "its writer sees it on the page at once",
    "message.refused": "its writer sees it on the page at once",
    "message.muted": "a block is silent",
    "contact_request.withdraw": "nothing changes for the other side",
    "contact_request.expire": "nothing changes for either side",
    "people.deletion_asked": "the page says so at once",
    "people.deleted": "there is nobody left to tell",
    "people.standing_set": "the decision behind it tells its subject",
}

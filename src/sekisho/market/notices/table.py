"""The table of notices: for each topic who is told what. A topic that tells nobody stands in `SILENT`, with the reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """One row. `to`: client, worker, owner, author, asker, other (of the two, who did not do it), both, or staff.

    `{names}` come from the thing and from what was told of it."""

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
    T("job.closed",               "owner",  "案件「{title}」の募集が終わりました", "“{title}” takes no more applications", mail=False),
    T("job.edited",               "owner",  "案件「{title}」の変更を反映しました", "Your changes to “{title}” are shown", mail=False),
    T("job.overdue",              "staff",  "確認の期限を過ぎた案件があります：「{title}」", "A job's screening is overdue: “{title}”"),
    T("revision.held",            "owner",  "案件「{title}」の変更内容を運営が確認しています", "Your changes to “{title}” are being looked at", mail=False),
    T("revision.held",            "staff",  "確認待ちの変更があります：「{title}」", "Changes to a job wait: “{title}”", mail=False),
    T("revision.sent_back",       "owner",  "案件「{title}」の変更を見送りました：{because}", "Your changes to “{title}” were not taken over: {because}"),
    T("revision.overdue",         "staff",  "確認の期限を過ぎた変更があります：「{title}」", "Changes to a job are overdue: “{title}”"),
    T("application.held",         "staff",  "確認待ちの応募があります：「{title}」", "An application waits to be looked at: “{title}”", mail=False),
    T("application.withheld",     "worker", "「{title}」への応募は届けられませんでした：{because}", "Your application for “{title}” was not passed on: {because}"),
    T("application.overdue",      "staff",  "確認の期限を過ぎた応募があります：「{title}」", "A held application is overdue: “{title}”"),
    T("invitation.sent",          "worker", "案件「{title}」への招待が届きました", "You are invited to “{title}”"),
    T("invitation.declined",      "client", "「{title}」への招待は辞退されました", "Your invitation to “{title}” was declined", mail=False),
    T("contract.withdrawn",       "worker", "契約の申し込みは取り下げられました：「{title}」", "The offer was withdrawn: “{title}”"),
    T("contract.reminder",        "both",   "期限まであと{days}日です：「{title}」", "{days} days are left: “{title}”"),
    T("statement.held",           "staff",  "確認待ちの文があります：「{title}」", "A statement waits to be looked at: “{title}”", mail=False),
    T("statement.released",       "author", "お預かりした文を相手に届けました：「{title}」", "Your statement was passed on: “{title}”", mail=False),
    T("statement.released",       "other",  "新しい記載があります：「{title}」", "There is a new statement: “{title}”", mail=False),
    T("statement.withheld",       "author", "お預かりした文は届けられませんでした：{because}", "Your statement was not passed on: {because}"),
    T("statement.overdue",        "staff",  "確認の期限を過ぎた文があります：「{title}」", "A held statement is overdue: “{title}”"),
    T("review.hidden",            "staff",  "確認待ちの評価があります：「{title}」", "A review waits to be looked at: “{title}”", mail=False),
    T("review.shown",             "other",  "評価が届きました：「{title}」", "You were reviewed: “{title}”", mail=False),
    T("review.withheld",          "author", "評価は掲載されませんでした：{because}", "Your review is not shown: {because}"),
    T("review.overdue",           "staff",  "確認の期限を過ぎた評価があります：「{title}」", "A held review is overdue: “{title}”"),
    T("termination.asked",        "other",  "途中終了の申し込みが届きました。期限までに返事をお願いします：「{title}」", "The other side asks to end the contract; please answer in time: “{title}”"),
    T("termination.agreed",       "asker",  "途中終了が合意されました：「{title}」", "Your request to end the contract was agreed to: “{title}”", mail=False),
    T("termination.refused",      "asker",  "途中終了の申し込みは受け入れられませんでした：「{title}」", "Your request to end the contract was refused: “{title}”"),
    T("termination.withdrawn",    "other",  "途中終了の申し込みは取り下げられました：「{title}」", "The request to end the contract was withdrawn: “{title}”", mail=False),
    T("termination.lapsed",       "both",   "途中終了の申し込みの期限が過ぎました：「{title}」", "The request to end the contract has run out: “{title}”"),
    T("change.proposed",          "other",  "条件の変更が提案されました：「{title}」", "A change of terms is proposed: “{title}”"),
    T("change.agreed",            "asker",  "条件の変更が合意されました：「{title}」", "Your change of terms was agreed to: “{title}”"),
    T("change.refused",           "asker",  "条件の変更は合意されませんでした：「{title}」", "Your change of terms was refused: “{title}”"),
    T("change.withdrawn",         "other",  "条件の変更の提案は取り下げられました：「{title}」", "The change of terms was withdrawn: “{title}”", mail=False),
    T("change.lapsed",            "both",   "条件の変更の提案は期限が過ぎました。条件は変わりません：「{title}」", "The change of terms has run out; the terms stay: “{title}”", mail=False),
    T("dispute.said",             "other",  "相手の説明が届きました：「{title}」", "The other side has told its view: “{title}”", mail=False),
    T("dispute.waiting",          "staff",  "解決案を待っている契約があります：「{title}」", "A dispute waits for a proposal: “{title}”", mail=False),
    T("dispute.proposed",         "both",   "運営の解決案が届きました。期限までに返事をお願いします：「{title}」", "The house proposes an ending; please answer in time: “{title}”"),
    T("dispute.accepted",         "other",  "相手が解決案を受け入れました：「{title}」", "The other side accepts the proposal: “{title}”"),
    T("dispute.decision",         "both",   "運営が裁定します：「{title}」", "The house will decide: “{title}”"),
    T("dispute.decision",         "staff",  "裁定を待っている契約があります：「{title}」", "A dispute waits for a decision: “{title}”", mail=False),
    T("dispute.overdue",          "staff",  "裁定の期限を過ぎた契約があります：「{title}」", "A decision is overdue: “{title}”"),
    T("settlement.proposed",      "staff",  "2人目の確認を待っている裁定案があります：「{title}」", "A settlement waits for its second person: “{title}”", mail=False),
    T("settlement.rejected",      "staff",  "裁定案が差し戻されました：「{title}」", "A settlement was rejected: “{title}”", mail=False),
    T("contact_request.held",     "staff",  "確認待ちのサービス外連絡申請があります：「{title}」", "A contact request waits to be looked at: “{title}”", mail=False),
    T("contact_request.overdue",  "staff",  "確認の期限を過ぎたサービス外連絡申請があります：「{title}」", "A held contact request is overdue: “{title}”"),
    T("contact_request.withheld", "asker",  "サービス外連絡申請は届けられませんでした：{because}", "Your contact request was not passed on: {because}"),
    T("contact_request.asked",    "other",  "サービス外連絡の申請が届きました。辞退しても契約は変わりません", "A contact request came; declining changes nothing"),
    T("contact_request.half_approved", "asker", "サービス外連絡の申請は、もう一方の承認を待っています", "Your contact request waits for the second approval", mail=False),
    T("contact_request.approved", "both",   "サービス外連絡が承認されました", "The contact request was approved"),
    T("contact_request.declined", "asker",  "サービス外連絡は辞退されました。契約はそのまま続きます", "The contact request was declined; the contract goes on"),
    T("contact_request.expired",  "asker",  "サービス外連絡の申請は、回答のないまま期限が過ぎました", "Your contact request ran out without an answer", mail=False),
    T("contact_request.ended",    "both",   "サービス外連絡の承認が終わりました。連絡はこのサイトの中でお願いします", "The approval of outside contact has ended; please stay on this site"),
    T("contact_request.suggested", "client", "ワーカーから、サービス外連絡の申請を出してほしいと依頼がありました", "The worker asks you to file a contact request"),
    T("personal_data.asked",      "worker", "個人情報の提供について確認の依頼があります：「{title}」", "You are asked for personal data: “{title}”"),
    T("personal_data.approved",   "client", "個人情報の提供が承認されました：「{title}」", "The personal data you asked for may be read: “{title}”"),
    T("personal_data.declined",   "client", "個人情報の提供は辞退されました：「{title}」", "Your request for personal data was declined: “{title}”"),
    T("judgement.unsure",         "staff",  "判定しきれなかった文があります", "A text could not be judged to the end", mail=False),
    T("ledger.deposited",         "owner",  "入金を確認しました：{amount:,}円", "Your deposit of ¥{amount:,} has arrived"),
    T("ledger.unmatched",         "staff",  "照合できない入金があります：{amount:,}円", "A deposit has no match: ¥{amount:,}", mail=False),
    T("ledger.bank_account_set",  "owner",  "振込先の口座が登録されました。お心当たりがない場合は、すぐに運営へお知らせください", "Your bank account was set. If this was not you, tell us at once"),
    T("ledger.payout_paid",       "owner",  "出金が完了しました：{amount:,}円", "Your payout of ¥{amount:,} was made"),
    T("ledger.payout_failed",     "owner",  "出金が組み戻されました。口座をご確認ください：{amount:,}円", "Your payout of ¥{amount:,} came back; check your account"),
    T("ledger.payout_asked",      "staff",  "出金の申請があります：{amount:,}円", "A payout waits: ¥{amount:,}", mail=False),
    T("profile.held",             "staff",  "確認待ちのプロフィールがあります", "A profile waits to be looked at", mail=False),
)  # fmt: skip
PRIVATE = frozenset({"linkage.near"})
"""Silent ones that are a step within one room: not even a marketplace's back end is told."""
SILENT: dict[str, str] = {
    "deal.body_erased": "the record itself says so",
    "file.deleted": "who deletes it sees it at once",
    "file.uploaded": "a step on the way to a message",
    "linkage.candidate": "a case opens from it; nobody concerned hears of it",
    "linkage.near": "linkage counts in silence",
    "judgement.shadowed": "a rehearsal of rules tells nobody",
    "personal_data.withdrawn": "nothing changes for the other side",
    "message.nudged": "its writer sees it on the page at once",
    "message.refused": "its writer sees it on the page at once",
    "message.muted": "a block is silent",
    "contract.returned": "its writer sees it on the page at once",
    "application.returned": "its writer sees it on the page at once",
    "contact_request.returned": "its writer sees it on the page at once",
    "contact_request.withdrawn": "nothing changes for the other side",
    "dispute.over": "contract.settled, told with it, says how it ended",
    "settlement.done": "contract.settled, told with it, says how it ended",
    "ledger.statement_imported": "the operator who read it in sees what came of it",
    "people.deletion_asked": "the page says so at once",
    "people.deleted": "there is nobody left to tell",
    "people.standing_set": "the decision behind it tells its subject",
}

"""How things of the market are called on pages: states, verbs, labels, stages. Japanese is the source, English the catalogue."""

from __future__ import annotations

from typing import Any

from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sekisho.core.rules.model import Label
from sekisho.core.rules.names import name_of
from sekisho.interfaces.web import safety_words

VERDICTS = {"clear": _("問題は見つかりませんでした"), "caution": _("注意が必要です"), "violation": _("規約違反の可能性が高い内容です"),
            "unsure": _("判定できませんでした")}  # fmt: skip
ADVICE = {
    "clear": _(
        "このまま、サイトの中でやり取りを続けてください。少しでも不安があれば、応じる必要はありません。"
    ),
    "caution": _("応じる前に、相手の実績や条件をもう一度確かめてください。"),
    "violation": _(
        "応じずに、サイト上でのやり取りを希望すると伝えてください。断った後は、違反報告ができます。"
    ),
    "unsure": _("文が長すぎるか、読み取れない部分がありました。気になるところだけを貼り付けてください。"),
}
TONES = {"clear": "ok", "caution": "care", "violation": "bad", "unsure": "care", "funded": "ok", "delivered": "ok", "completed": "ok",
         "offered": "care", "agreed": "care", "disputed": "care", "returned": "care", "held": "care", "approved": "ok", "chosen": "ok", "open": "ok", "paid": "ok",
         "live": "ok", "done": "ok", "told": "ok", "canary": "care", "shadow": "care", "running": "care", "previewed": "care", "failed": "bad"}  # fmt: skip


def _called(label: Label) -> str:
    return capfirst(name_of(label, lang()))


LABELS = {label.value: lazy(_called, str)(label) for label in Label}
STAGES = {
    "pre_contract": _("契約前"),
    "contracted": _("契約中"),
    "contact_approved": _("契約中・外部連絡の承認あり"),
}
STATES: dict[str, dict[str, Any]] = {
    "job": {"draft": _("下書き"), "screening": _("確認中"), "open": _("募集中"), "closed": _("募集終了"), "removed": _("掲載終了"),
            "paused": _("一時停止中")},
    "revision": {"held": _("変更を確認中"), "shown": _("反映済み"), "sent_back": _("見送り"), "dropped": _("取り下げ")},
    "application": {"returned": _("未送信"), "held": _("運営が確認中"), "withheld": _("届けられませんでした"), "submitted": _("応募中"),
                    "withdrawn": _("取り下げ"), "declined": _("見送り"), "chosen": _("採用")},
    "invitation": {"sent": _("招待中"), "muted": _("招待中"), "taken_up": _("応募あり"), "declined": _("辞退"), "withdrawn": _("取り下げ")},
    "contract": {"returned": _("未送信"), "offered": _("申込中"), "agreed": _("合意済み・仮払い待ち"), "funded": _("仮払い済み・作業中"),
                 "delivered": _("納品済み・検収待ち"), "completed": _("完了"), "disputed": _("運営が判断中"), "cancelled": _("中止"),
                 "declined": _("辞退"), "withdrawn": _("取り下げ"), "lapsed": _("期限切れ")},
    "termination": {"asked": _("回答待ち"), "agreed": _("合意"), "refused": _("継続"), "withdrawn": _("取り下げ"), "lapsed": _("期限切れ")},
    "change": {"proposed": _("回答待ち"), "agreed": _("合意"), "refused": _("不合意"), "withdrawn": _("取り下げ"), "lapsed": _("期限切れ")},
    "dispute": {"evidence": _("説明の受付中"), "waiting": _("解決案の準備中"), "proposed": _("解決案に回答中"), "decision": _("裁定の準備中"),
                "agreed": _("解決案で合意"), "conceded": _("一方の受け入れで終了"), "paid_by_silence": _("説明がなく支払い"), "decided": _("裁定済み")},
    "settlement": {"proposed": _("2人目の確認待ち"), "waiting": _("確定・異議申し立ての期間中"), "done": _("実行済み"), "rejected": _("差し戻し"),
                   "withdrawn": _("取り下げ"), "reversed": _("異議申し立てにより取り消し")},
    "statement": {"shown": _("表示中"), "held": _("運営が確認中"), "withheld": _("届けられませんでした")},
    "review": {"shown": _("掲載中"), "hidden": _("運営が確認中"), "withheld": _("掲載されませんでした")},
    "message": {"delivered": _("送信済み"), "nudged": _("送信前"), "held": _("運営が確認中"), "refused": _("送信できません"),
                "withheld": _("届けられませんでした"), "muted": _("送信済み")},
    "contact_request": {"returned": _("未送信"), "held": _("運営が確認中"), "asked": _("回答待ち"), "half_approved": _("もう一方の承認待ち"),
                        "approved": _("承認"), "declined": _("辞退"), "withdrawn": _("取り下げ"), "withheld": _("届けられませんでした"),
                        "expired": _("期限切れ"), "ended": _("終了"), "paused": _("一時停止中")},
    "payout": {"asked": _("振込待ち"), "sent": _("振込手続き中"), "paid": _("振込済み"), "failed": _("振込不能"), "cancelled": _("取り消し"),
               "returned": _("組戻し")},
    "unmatched": {"waiting": _("照合待ち"), "assigned": _("照合済み"), "returned": _("返金済み")},
    "outcome": {"credited": _("入金"), "suspense": _("照合できない入金"), "duplicate": _("取り込み済み"), "by_hand": _("手動で記録済み"),
                "payout_paid": _("出金の振込"), "payout_failed": _("出金の振込不能"), "payout_returned": _("出金の組戻し"), "conflict": _("要確認"),
                "other": _("その他の出金")},
    "exposure": {"kept": _("保管中"), "leaving": _("消去待ち"), "erased": _("消去済み")},
    "pack": {"draft": _("登録済み"), "shadow": _("影響なしで試行中"), "canary": _("一部の利用者で試行中"), "live": _("公開中"), "retired": _("終了")},
    "backtest": {"asked": _("開始待ち"), "running": _("再判定中"), "done": _("完了"), "failed": _("失敗"), "cancelled": _("中止")},
    "rescan": {"running": _("確認中"), "previewed": _("一覧ができました"), "telling": _("伝えています"), "told": _("確認の対象にしました"),
               "failed": _("失敗"), "dropped": _("使わずに終了")},
    "account_type": {"ordinary": _("普通"), "current": _("当座"), "savings": _("貯蓄")},
    **safety_words.STATES,
}  # fmt: skip
FIELDS = {
    "title": _("件名"), "body": _("内容"), "category": _("種類"), "pay_text": _("報酬"), "questions": _("応募者への質問"), "answers": _("回答"),
    "closes_on": _("募集の締め切り"), "text": _("本文"), "because": _("理由"), "price_yen": _("金額"), "amount": _("金額"), "amount_yen": _("金額"),
    "terms": _("条件"), "deadline": _("納期"), "note": _("納品の内容"), "stars": _("星"), "tools": _("ツール"), "purpose": _("目的"),
    "agreed_on": _("合意した日"), "tool": _("使ったツール"), "reason": _("理由"), "bank": _("銀行コード"), "branch": _("支店コード"),
    "type": _("口座の種類"), "number": _("口座番号"), "holder": _("口座名義"), "reference": _("銀行の取引番号"), "client": _("クライアント"),
    "headline": _("見出し"), "links": _("作品のURL"), "company": _("会社名"), "to_worker": _("ワーカーへの支払い"), "name": _("名前"), "given": _("渡したもの"), "kind": _("種類"), "on": _("日付"), "to_words": _("相手"), "story": _("経緯"), "step": _("手順"),
    "display_name": _("表示名"), "first": _("開始日"), "last": _("終了日"), "side": _("区分"),
    "pack": _("ルール集"), "percent": _("割合"), "days": _("期間"), "untested": _("再判定をしていない理由"),
    "breach": _("違反の有無"), "rule": _("当てはまるルール"), "public_reason": _("ご本人への説明"), "private_note": _("運営のメモ"),
    "happened_on": _("起きた日"), "pasted": _("貼り付けたやり取り"),
}  # fmt: skip
NEEDS = {"is_live": _("ルール集がまだ公開されていません"), "something_found": _("見つかった案件がありません"),
         "may_be_sent_back": _("差し戻しの回数か期間の上限に達しています")}


def lang() -> str:
    """The language of the page: `ja` or `en`."""
    return "en" if (get_language() or "ja").startswith("en") else "ja"


def fact(name: str, value: Any) -> Any:
    """A fact of a problem as people call it."""
    if name == "field":
        return FIELDS.get(str(value), value)
    if name == "need":
        return NEEDS.get(str(value), value)
    if name == "state":
        return next((table[str(value)] for table in STATES.values() if str(value) in table), value)
    return value


EVENTS = {
    "posting": _("募集文"), "application": _("応募文"), "contract_agreed": _("契約に合意しました"), "escrow_funded": _("仮払いが済みました"),
    "contact_request": _("サービス外連絡が申請されました"), "contact_request_approved": _("サービス外連絡が承認されました"),
    "contact_request_declined": _("サービス外連絡は辞退されました"), "contact_request_ended": _("サービス外連絡の承認・申請が終わりました"),
    "delivered": _("納品されました"), "accepted": _("検収されました"), "cancelled": _("契約が中止されました"), "lapsed": _("仮払いの期限が過ぎました"),
    "sent_back": _("差し戻されました"), "disputed": _("運営の判断が求められました"), "settled": _("運営が判断しました"), "reviewed": _("評価が投稿されました"),
    "terms_proposed": _("条件の変更が提案されました"), "terms_answered": _("条件の変更の提案に回答がありました"), "terms_changed": _("条件が変更されました"),
    "outside_agreement": _("サイト外で合意したことが記録されました"), "termination_asked": _("途中終了の申し込みがありました"),
    "termination_answered": _("途中終了の申し込みに回答がありました"), "dispute_said": _("運営への説明がありました"),
    "dispute_proposed": _("運営が解決案を示しました"), "dispute_answered": _("解決案に回答がありました"),
    "dispute_decided": _("運営が裁定しました"), "dispute_reopened": _("異議申し立てにより、裁定が取り消されました"),
    "contact_suggested": _("サービス外連絡の申請をお願いしました"), "contact_request_withdrawn": _("サービス外連絡の申請が取り下げられました"),
    "statement_shown": _("お預かりしていた文が届きました"), "contract_ended": _("契約が終わりました"),
}  # fmt: skip
CATEGORIES = {
    "writing": _("ライティング"), "design": _("デザイン"), "development": _("開発"), "data_entry": _("データ入力"), "translation": _("翻訳"),
    "video": _("動画"), "marketing": _("マーケティング"), "consulting": _("相談・コンサルティング"), "other": _("その他"),
}  # fmt: skip
UNITS = {
    "project": _("1件の総額"), "hour": _("時給"), "day": _("日給"), "week": _("週給"), "month": _("月給"), "item": _("1点・1記事あたり"),
    "page": _("1ページあたり"), "word": _("1単語あたり"), "character": _("1文字あたり"), "minute": _("1分あたり"),
}  # fmt: skip
TOOLS = {
    "chatwork": "Chatwork", "slack": "Slack", "zoom": "Zoom", "meet": "Google Meet", "teams": "Microsoft Teams", "email": _("メール"),
    "phone": _("電話"), "line": "LINE", "discord": "Discord", "whatsapp": "WhatsApp", "skype": "Skype", "wordpress": "WordPress", "github": "GitHub",
}  # fmt: skip
PACKS = {
    "standard": _("そのほかのサイト"),
    "crowdworks": "クラウドワークス",
    "lancers": "ランサーズ",
    "coconala": "ココナラ",
    "upwork": "Upwork",
    "fiverr": "Fiverr",
}
SIDES = {"client": _("クライアントから"), "worker": _("ワーカーから")}
HELD = {
    "message": _("メッセージ"), "job": _("掲載前の案件"), "revision": _("掲載中の案件の変更"), "application": _("応募"),
    "statement": _("納品・差し戻し・申し立ての文"), "contact_request": _("サービス外連絡申請"), "review": _("評価"), "profile": _("プロフィール"),
}  # fmt: skip
STATEMENTS = {
    "delivery": _("納品"), "send_back": _("差し戻し"), "termination": _("途中終了"), "change": _("条件の変更"), "dispute": _("申し立て"),
    "cancel": _("中止"), "judged": _("規約に反するおそれがある内容です"), "after_refusal": _("外部での連絡を断られた方からの評価です"),
}  # fmt: skip
ROLE_WORDS = {
    "is_client": _("仕事を頼む"),
    "is_worker": _("仕事を受ける"),
    "is_moderator": _("モデレーター"),
    "is_operator": _("運営者"),
}
MET = {"met": _("満たしています"), "unmet": _("満たしていません"), "unknown": _("確認できません")}
GIVEN_BY = TOOLS | {
    "site": _("このサイトのメッセージ"), "sms": "SMS", "instagram": "Instagram", "x": "X", "facebook": "Facebook", "telegram": "Telegram",
    "kakaotalk": "KakaoTalk", "form": _("入力フォーム"), "in_person": _("対面"), "post": _("郵送"), "bank_transfer": _("銀行振込・決済"),
    "other": _("その他"),
}  # fmt: skip
"""By what something was given away."""
NOT_REPLAYED = {"erased": _("文章が消去されています")}
WHOLE = {"pay-out-of-proportion": _("作業に見合わない高い報酬"), "pay-far-below": _("作業に見合わない低い報酬"),
         "tells-too-little": _("募集文に書かれていないことが多い"), "client-signs": _("依頼者の実績についての注意")}  # fmt: skip
FAILED = {
    "changed": _("途中で、ルール集か判定エンジンが変わりました。もう一度登録してから行ってください。"),
    "stalled": _("処理が長いあいだ進みませんでした。裏側の処理が動いているかを確かめてください。"),
    "too_many": _("見つかる案件が多すぎます。このルール集は公開せずに見直してください。"),
    "bad_pack": _("ルール集を読み込めませんでした。"),
}


EVENTS |= {
    "personal_data": _("個人情報の提供について手続きがありました"), "body_erased": _("運営が記録の本文を消去しました"),
    "file": _("ファイルが登録されました"),
}  # fmt: skip
STATES |= {
    "personal_data": {"asked": _("回答待ち"), "refused": _("未送信"), "approved": _("提供中"), "declined": _("提供なし"),
                      "withdrawn": _("取り下げ"), "expired": _("期限切れ"), "ended": _("終了")},
    "delivery": {"waiting": _("送信待ち"), "delivered": _("届きました"), "failed": _("届きませんでした")},
}  # fmt: skip
FIELDS |= {
    "file": _("ファイル"), "files": _("ファイル"), "for": _("用途"), "kinds": _("項目"), "url": _("通知先のアドレス"), "topics": _("知らせる内容"),
    "position": _("記録の番号"), "pack": _("ルール集"), "address": _("住所"), "contact": _("連絡先"), "real_name": _("氏名"),
    "phone": _("電話番号"), "birth_date": _("生年月日"), "invoice_number": _("適格請求書の登録番号"), "qualification": _("資格"),
    "before": _("記録の番号"),
}  # fmt: skip
DATA_KINDS = {name: FIELDS[name] for name in ("real_name", "address", "phone", "birth_date", "invoice_number", "qualification")}
NOT_READ = {
    "empty": _("中身がないため"), "too_large": _("大きすぎるため"), "unknown_format": _("形式がわからないため"), "damaged": _("ファイルが壊れているため"),
    "animated": _("動く画像のため"), "too_many_pages": _("ページ数が多すぎるため"), "encrypted": _("パスワードがかかっているため"),
    "missing_extra": _("読み取り機能がこのサイトにないため"),
}  # fmt: skip
PURPOSES = {"message": _("メッセージ"), "delivery": _("納品"), "evidence": _("証拠"), "agreement": _("サイト外の合意の記録")}

"""How things of the market are called on pages: states, verbs, labels, stages. Japanese is the source, English the catalogue."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

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
         "offered": "care", "agreed": "care", "disputed": "bad"}  # fmt: skip
LABELS = {
    "channel_solicitation": _("外部ツールへの誘導"), "contact_disclosure": _("連絡先の記載"), "interview_offplatform": _("外部での面談の誘い"),
    "personal_info_request": _("個人情報の要求"), "age_sex_restriction": _("年齢・性別の限定"), "too_good_pay": _("高すぎる報酬"),
    "upfront_fee": _("先払いの要求"), "direct_contract": _("直接契約の誘い"), "direct_payment": _("直接払いの誘い"),
    "fee_avoidance": _("手数料の回避"), "approval_pressure": _("承認の催促・圧力"), "vague_posting": _("内容が不明瞭"),
    "upsell_or_recruit": _("教材・勧誘など別の目的"),
}  # fmt: skip
STAGES = {
    "pre_contract": _("契約前"),
    "contracted": _("契約中"),
    "contact_approved": _("契約中・外部連絡の承認あり"),
}
STATES = {
    "job": {"draft": _("下書き"), "screening": _("確認中"), "open": _("募集中"), "closed": _("募集終了"), "removed": _("掲載終了")},
    "application": {"submitted": _("応募中"), "withdrawn": _("取り下げ"), "declined": _("見送り"), "chosen": _("採用")},
    "contract": {"offered": _("申込中"), "agreed": _("合意済み・仮払い待ち"), "funded": _("仮払い済み・作業中"), "delivered": _("納品済み・検収待ち"),
                 "completed": _("完了"), "disputed": _("異議の確認中"), "cancelled": _("中止"), "declined": _("辞退"),
                 "withdrawn": _("取り下げ"), "lapsed": _("期限切れ")},
    "message": {"delivered": _("送信済み"), "nudged": _("送信前"), "held": _("運営が確認中"), "refused": _("送信できません"),
                "withheld": _("届けられませんでした"), "muted": _("送信済み")},
    "contact_request": {"asked": _("回答待ち"), "approved": _("承認"), "declined": _("辞退"), "withdrawn": _("取り下げ"),
                        "expired": _("期限切れ"), "ended": _("終了")},
    "payout": {"asked": _("振込待ち"), "paid": _("振込済み"), "failed": _("組戻し")},
}  # fmt: skip
VERBS = {
    "contract": {"agree": _("合意する"), "decline": _("辞退する"), "withdraw": _("取り下げる"), "fund": _("仮払いする"), "deliver": _("納品する"),
                 "send_back": _("差し戻す"), "accept": _("検収する（報酬を支払う）"), "cancel": _("中止する"), "dispute": _("運営に判断を求める")},
    "contact_request": {"approve": _("承認する"), "decline": _("辞退する"), "withdraw": _("取り下げる"), "end": _("承認を取り消す")},
    "job": {"send_back": _("差し戻す"), "remove": _("掲載しない")},
}  # fmt: skip
NEXT = {
    ("offered", "worker"): _("内容を確かめて、合意するか辞退してください。作業はまだ始めないでください。"),
    ("offered", "client"): _("ワーカーの回答を待っています。"),
    ("agreed", "worker"): _("クライアントの仮払いを待っています。仮払いが済むまで作業を始めないでください。"),
    ("agreed", "client"): _("仮払いをお願いします。仮払いが済むまで、作業は始まりません。"),
    ("funded", "worker"): _("仮払いが済みました。作業を進めて納品してください。"),
    ("funded", "client"): _("ワーカーが作業中です。"),
    ("delivered", "worker"): _(
        "クライアントの検収を待っています。期限までに回答がなければ、自動的に検収されます。"
    ),
    ("delivered", "client"): _(
        "納品を確かめて、検収するか差し戻してください。期限までに回答がなければ、自動的に検収されます。"
    ),
    ("completed", "worker"): _("報酬が残高に加わりました。次の仕事には、新しい契約が必要です。"),
    ("completed", "client"): _("契約は完了しました。次の仕事には、新しい契約が必要です。"),
    ("disputed", "worker"): _("運営が確認しています。お金は決まるまで動きません。"),
    ("disputed", "client"): _("運営が確認しています。お金は決まるまで動きません。"),
}
EVENTS = {
    "posting": _("募集文"), "application": _("応募"), "contract_agreed": _("契約に合意しました"), "escrow_funded": _("仮払いが済みました"),
    "contact_request": _("サービス外連絡が申請されました"), "contact_request_approved": _("サービス外連絡が承認されました"),
    "contact_request_declined": _("サービス外連絡は辞退されました"), "contact_request_ended": _("サービス外連絡の承認・申請が終わりました"),
    "delivered": _("納品されました"), "accepted": _("検収されました"), "cancelled": _("契約が中止されました"), "lapsed": _("仮払いの期限が過ぎました"),
    "sent_back": _("差し戻されました"), "disputed": _("運営の判断が求められました"), "settled": _("運営が判断しました"), "reviewed": _("評価が投稿されました"),
}  # fmt: skip
CATEGORIES = {
    "writing": _("ライティング"), "design": _("デザイン"), "development": _("開発"), "data_entry": _("データ入力"), "translation": _("翻訳"),
    "video": _("動画"), "marketing": _("マーケティング"), "consulting": _("相談・コンサルティング"), "other": _("その他"),
}  # fmt: skip
PURPOSES = {
    "deposit": _("入金"), "fund": _("仮払い"), "release": _("報酬"), "fee": _("手数料"), "fee_tax": _("手数料の消費税"), "refund": _("返金"),
    "payout": _("出金"), "payout_paid": _("出金の完了"), "payout_failed": _("出金の組戻し"),
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

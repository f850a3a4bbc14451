"""How each act looks on a page: the words on its button and the fields it asks for. Which acts are open, the rooms say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `kind`: text, line, yen, date, stars, files, file, or a list of choices of `acting.CHOICES`.

    `most`: code points; `purpose`: what the files are for, a word of the files' policy.
    """

    name: str
    label: Any
    kind: str = "text"
    most: int = 5000
    needed: bool = True
    hint: Any = ""
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """One act. `calm`: not what most people come for, so its button is quiet."""

    words: Any
    fields: tuple[Field, ...] = ()
    calm: bool = False


WHY = Field("because", _("理由"))
TOLD = Field("because", _("理由（ご本人に伝わります）"), most=1000)
BOTH = Field("because", _("理由（双方が読みます）"))
SPLIT = Field("to_worker", _("ワーカーへの支払い（円・税込・手数料を引く前）"), "yen",
              hint=_("残りはクライアントに返金されます。0円も指定できます。"))  # fmt: skip
TERMS = Field("terms", _("新しい条件（全文）"), most=10_000)
DEADLINE = Field("deadline", _("納期（変えないときは空欄）"), "date", needed=False)
PERCENT = Field("percent", _("試す利用者の割合"), "percent",
                hint=_("利用者ごとに決まり、途中で入れ替わりません。止めすぎると自動で止まります。"))  # fmt: skip
WORK = Field("files", _("納品するファイル"), "files", needed=False, purpose="delivery",
             hint=_("種類は問いません。1つ500MBまで、10個まで。"))  # fmt: skip
PROOF = Field("files", _("証拠になるファイル"), "files", needed=False, purpose="evidence",
              hint=_("画面の写真やPDFなど。1つ25MBまで、10個まで。相手も見ます。"))  # fmt: skip
PICTURE = Field("file", _("合意したことがわかる画面の写真"), "file", needed=False, purpose="agreement",
                hint=_("25MBまで。相手も見ます。"))  # fmt: skip
ACTS: dict[str, Act] = {
    "job.submit": Act(_("掲載する")),
    "job.take_back": Act(_("下書きに戻す"), calm=True),
    "job.close": Act(_("募集を終える"), calm=True),
    "job.publish": Act(_("掲載する")),
    "job.send_back": Act(_("修正をお願いする"), (TOLD,), calm=True),
    "job.remove": Act(_("掲載を終える"), (TOLD,), calm=True),
    "revision.publish": Act(_("変更を反映する")),
    "revision.send_back": Act(_("変更を見送る"), (TOLD,), calm=True),
    "revision.drop": Act(_("変更を取り下げる"), calm=True),
    "application.choose": Act(_("採用する")),
    "application.decline": Act(_("見送る"), calm=True),
    "application.withdraw": Act(_("応募を取り下げる"), calm=True),
    "application.release": Act(_("届ける")),
    "application.withhold": Act(_("届けない"), (TOLD,), calm=True),
    "invitation.decline": Act(_("招待を辞退する"), calm=True),
    "invitation.withdraw": Act(_("招待を取り下げる"), calm=True),
    "message.send_anyway": Act(_("このまま送る（相手に注意が表示され、記録に残ります）"), calm=True),
    "message.release": Act(_("届ける")),
    "message.withhold": Act(_("届けない"), (TOLD,), calm=True),
    "contract.agree": Act(_("合意する")),
    "contract.decline": Act(_("辞退する"), calm=True),
    "contract.withdraw": Act(_("取り下げる"), calm=True),
    "contract.fund": Act(_("仮払いする")),
    "contract.deliver": Act(_("納品する"), (Field("note", _("納品の内容")), WORK)),
    "contract.accept": Act(_("検収する（報酬を支払う）")),
    "contract.send_back": Act(_("差し戻す"), (Field("because", _("直していただきたい点")),), calm=True),
    "contract.cancel": Act(_("中止する"), (Field("because", _("理由"), most=1000),), calm=True),
    "contract.dispute": Act(_("運営に判断を求める"), (Field("because", _("経緯と、求めること")), PROOF), calm=True),
    "contract.review": Act(_("評価を投稿する"), (
        Field("stars", _("星（1〜5）"), "stars"), Field("text", _("ひとこと"), most=1000, needed=False))),
    "contract.offer_again": Act(_("同じ内容で新しい契約を申し込む"), (
        Field("deadline", _("納期"), "date", needed=False),), calm=True),
    "termination.ask": Act(_("途中終了を申し込む"), (
        Field("reason_code", _("理由"), "reasons"), Field("text", _("相手への説明"))), calm=True),
    "termination.agree": Act(_("途中終了に合意する（全額返金）")),
    "termination.refuse": Act(_("契約を続ける"), calm=True),
    "termination.withdraw": Act(_("申し込みを取り下げる"), calm=True),
    "change.propose": Act(_("条件の変更を提案する"), (TERMS, DEADLINE), calm=True),
    "change.record_outside": Act(_("サイト外で合意したことを記録する"), (
        Field("agreed_on", _("合意した日"), "date"), Field("tool", _("使ったツール"), "line", 40),
        Field("terms", _("合意後の条件（全文）"), most=10_000), DEADLINE, PICTURE), calm=True),
    "change.agree": Act(_("変更に合意する")),
    "change.refuse": Act(_("合意しない"), calm=True),
    "change.withdraw": Act(_("提案を取り下げる"), calm=True),
    "dispute.say": Act(_("説明を送る"), (Field("text", _("経緯の説明")), PROOF)),
    "dispute.accept": Act(_("解決案を受け入れる")),
    "dispute.reject": Act(_("受け入れない（運営が裁定します）"), calm=True),
    "dispute.concede": Act(_("相手の主張を受け入れて終える"), calm=True),
    "dispute.propose": Act(_("解決案を示す"), (SPLIT, BOTH)),
    "settlement.propose": Act(_("裁定案をつくる"), (SPLIT, BOTH)),
    "settlement.confirm": Act(_("2人目として確認し、確定する")),
    "settlement.reject": Act(_("差し戻す"), (Field("because", _("理由"), most=1000),), calm=True),
    "settlement.withdraw": Act(_("取り下げる"), calm=True),
    "statement.release": Act(_("届ける")),
    "statement.withhold": Act(_("届けない"), (TOLD,), calm=True),
    "review.release": Act(_("掲載する")),
    "review.withhold": Act(_("掲載しない"), (TOLD,), calm=True),
    "contact_request.approve": Act(_("承認する"), calm=True),  # as quiet as declining: neither is urged
    "contact_request.decline": Act(_("辞退する"), calm=True),
    "contact_request.withdraw": Act(_("取り下げる"), calm=True),
    "contact_request.end": Act(_("承認を終わらせる"), calm=True),
    "contact_request.release": Act(_("届ける")),
    "contact_request.withhold": Act(_("届けない"), (TOLD,), calm=True),
    "contact_request.suggest": Act(_("クライアントに申請をお願いする"), calm=True),
    "payout.cancel": Act(_("出金を取り消す"), calm=True),
    "payout.confirm": Act(_("振り込んだ")),
    "payout.fail": Act(_("振り込めなかった"), calm=True),
    "payout.bring_back": Act(_("組み戻された"), calm=True),
    "unmatched.assign": Act(_("この方の入金にする"), (Field("client", _("クライアント"), "clients"),)),
    "unmatched.send_back": Act(_("返金済みにする"), (Field("because", _("理由"), most=1000),), calm=True),
    "profile.show": Act(_("表示する")),
    "people.verify_identity": Act(_("本人確認済みにする"), calm=True),
    "people.withdraw_deletion": Act(_("退会を取りやめる")),
    "people.revoke_token": Act(_("無効にする"), calm=True),
    "pack.shadow": Act(_("判定に影響させずに試す")),
    "pack.canary": Act(_("一部の利用者で試す"), (PERCENT,), calm=True),
    "pack.widen": Act(_("試す割合を広げる"), (PERCENT,), calm=True),
    "pack.stop": Act(_("試すのを止める"), (Field("because", _("止める理由"), most=1000),), calm=True),
    "pack.go_live": Act(_("公開する（すべての判定に使う）"), (
        Field("because", _("公開する理由"), most=1000),
        Field("untested", _("再判定をしていない場合、その理由"), most=1000, needed=False,
              hint=_("公開中のルール集との再判定が済んでいれば、空欄のままで構いません。"))), calm=True),
    "pack.retire": Act(_("片付ける"), calm=True),
    "backtest.ask": Act(_("過去の文で再判定する"), (Field("days", _("期間"), "days"),), calm=True),
    "backtest.cancel": Act(_("再判定を中止する"), calm=True),
    "example.unmask": Act(_("全文を読む"), (
        Field("purpose", _("読む目的（記録に残ります）"), most=1000,
              hint=_("一定の時間が過ぎると、元の伏せた表示に戻ります。")),), calm=True),
    "rescan.ask": Act(_("募集中の案件を確認する"), calm=True),
    "rescan.confirm": Act(_("この一覧を確定し、確認の対象にする")),
    "rescan.drop": Act(_("一覧を使わずに終える"), calm=True),
    "file.discard": Act(_("削除する"), calm=True),
    "personal_data.decline": Act(_("提供しない"), calm=True),
    "personal_data.withdraw": Act(_("取り下げる"), calm=True),
    "personal_data.end": Act(_("提供を終わらせる（情報は消去されます）"), calm=True),
    "webhook.replay": Act(_("もう一度送る"), calm=True),
    "report.withdraw": Act(_("報告を取り下げる"), calm=True),
    "case.claim": Act(_("担当する")),
    "case.release": Act(_("担当を離れる"), calm=True),
    "case.hand_over": Act(_("引き継ぐ"), (
        Field("to", _("引き継ぐ相手"), "colleagues"), Field("because", _("引き継ぐ内容"), most=1000)), calm=True),
    "case.escalate": Act(_("運営者に相談する"), (Field("because", _("相談したいこと"), most=1000),), calm=True),
    "case.note": Act(_("メモを残す"), (Field("text", _("メモ（運営の中だけで読みます）")),), calm=True),
    "case.merge": Act(_("ほかの案件にまとめる"), (Field("into", _("まとめる先"), "twins"),), calm=True),
    "decision.confirm": Act(_("2人目として確認し、実施する")),
    "decision.reject": Act(_("差し戻す"), (Field("because", _("差し戻す理由（運営の中だけで読みます）")),), calm=True),
    "decision.withdraw": Act(_("判断を取り下げる"), calm=True),
    "appeal.withdraw": Act(_("申し立てを取り下げる"), calm=True),
    "appeal.uphold": Act(_("異議を認める（判断を取り消す）"), (Field("because", _("理由（ご本人に伝わります）")),), calm=True),
    "appeal.reject": Act(_("異議を認めない（判断を維持する）"), (Field("because", _("理由（ご本人に伝わります）")),), calm=True),
    "report.mark_bad_faith": Act(_("作り話の報告とする"), (Field("because", _("そう判断した理由（運営の中だけで読みます）"),
        hint=_("勘違いや行き違いは、作り話ではありません。報告者についての案件が新しく開きます。")),), calm=True),
    "bulk.start": Act(_("まとめて判断を始める")),
    "bulk.drop": Act(_("使わずに片付ける"), calm=True),
    "bulk.stop": Act(_("残りを止める"), calm=True),
    "bulk.undo": Act(_("判断をすべて取り消す"), calm=True),
}  # fmt: skip
"""By action. A verb that is not here has a page of its own in `views`, or is not for people."""

"""The words a person reads in the terminal, in Japanese and English. Titles and reasons of rules are in the pack, not here."""

from __future__ import annotations

import os
from typing import Final

from sekisho.core.rules.model import Action, Label, Level, Outcome

LANGUAGES = ("ja", "en")

VERDICTS: Final = {
    "ja": {
        Outcome.CLEAR: "問題なし",
        Outcome.CAUTION: "注意",
        Outcome.VIOLATION: "規約違反の可能性が高い",
        Outcome.UNSURE: "判定できず",
    },
    "en": {
        Outcome.CLEAR: "clear",
        Outcome.CAUTION: "caution",
        Outcome.VIOLATION: "probably a violation of the terms",
        Outcome.UNSURE: "could not be judged",
    },
}
LABELS: Final = {
    "ja": {
        Label.CHANNEL_SOLICITATION: "外部の連絡手段への誘導",
        Label.CONTACT_DISCLOSURE: "連絡先の記載",
        Label.INTERVIEW_OFFPLATFORM: "サービス外での面談・通話",
        Label.PERSONAL_INFO_REQUEST: "個人情報の要求",
        Label.AGE_SEX_RESTRICTION: "年齢・性別の限定",
        Label.TOO_GOOD_PAY: "仕事に見合わない高額報酬",
        Label.UPFRONT_FEE: "事前の費用の請求",
        Label.DIRECT_CONTRACT: "直接契約の誘い",
        Label.DIRECT_PAYMENT: "サービス外での支払い",
        Label.FEE_AVOIDANCE: "手数料の回避",
        Label.APPROVAL_PRESSURE: "サービス外連絡申請の承認の強要",
        Label.VAGUE_POSTING: "内容があいまいな募集",
        Label.UPSELL_OR_RECRUIT: "商材・スクール・別サービスへの勧誘",
    },
    "en": {
        Label.CHANNEL_SOLICITATION: "steering to an outside channel",
        Label.CONTACT_DISCLOSURE: "contact details given",
        Label.INTERVIEW_OFFPLATFORM: "interview or call off the platform",
        Label.PERSONAL_INFO_REQUEST: "personal information requested",
        Label.AGE_SEX_RESTRICTION: "limited by age or sex",
        Label.TOO_GOOD_PAY: "pay out of proportion to the work",
        Label.UPFRONT_FEE: "money asked in advance",
        Label.DIRECT_CONTRACT: "contract off the platform",
        Label.DIRECT_PAYMENT: "payment off the platform",
        Label.FEE_AVOIDANCE: "avoiding the platform fee",
        Label.APPROVAL_PRESSURE: "pressure to approve a contact request",
        Label.VAGUE_POSTING: "vague posting",
        Label.UPSELL_OR_RECRUIT: "selling or recruiting for something else",
    },
}
ACTIONS: Final = {
    "ja": {
        Action.ALLOW: "そのまま通す",
        Action.NUDGE: "送信前に注意を促す",
        Action.HOLD: "保留して確認する",
        Action.REFUSE: "送信を断る",
    },
    "en": {
        Action.ALLOW: "let it pass",
        Action.NUDGE: "warn the writer before sending",
        Action.HOLD: "hold it for review",
        Action.REFUSE: "refuse it",
    },
}
LEVELS: Final = {
    "ja": {Level.LOW: "低", Level.MEDIUM: "中", Level.HIGH: "高"},
    "en": {Level.LOW: "low", Level.MEDIUM: "medium", Level.HIGH: "high"},
}
PHRASES: Final = {
    "ja": {
        "action": "措置",
        "why": "理由",
        "instead": "代わりに",
        "severity": "重大さ",
        "confidence": "確かさ",
        "rule": "ルール",
        "unfinished": "最後まで調べられなかったもの",
    },
    "en": {
        "action": "action",
        "why": "why",
        "instead": "instead",
        "severity": "severity",
        "confidence": "confidence",
        "rule": "rule",
        "unfinished": "not looked at to the end",
    },
}


def terminal_language() -> str:
    """Say "ja" when the locale is Japanese, else "en"."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "ja" if value.lower().startswith("ja") else "en"
    return "en"

"""What the members of the closed lists are called in front of people, in Japanese and English. Words only."""

from __future__ import annotations

from enum import StrEnum

from sekisho.core.rules.course import Fact
from sekisho.core.rules.model import (
    Action,
    Expect,
    Kind,
    Label,
    Level,
    Outcome,
    Risk,
    Sender,
    Stage,
    Status,
)

LANGUAGES = ("ja", "en")
"""The languages a person can be told things in."""

# By list first: members of different lists may be the same string.
_NAMES: dict[type[StrEnum], dict[str, tuple[str, str]]] = {
    Label: {
        Label.CHANNEL_SOLICITATION: ("外部の連絡手段への誘導", "steering to an outside channel"),
        Label.CONTACT_DISCLOSURE: ("連絡先の開示", "contact details given away"),
        Label.INTERVIEW_OFFPLATFORM: ("サービス外での面談", "interview outside the platform"),
        Label.PERSONAL_INFO_REQUEST: ("個人情報の要求", "request for personal data"),
        Label.AGE_SEX_RESTRICTION: ("年齢・性別の限定", "limit of age or sex"),
        Label.TOO_GOOD_PAY: ("高すぎる報酬", "pay too good to be true"),
        Label.UPFRONT_FEE: ("先払いの費用", "fee to be paid first"),
        Label.DIRECT_CONTRACT: ("直接契約", "contract outside the platform"),
        Label.DIRECT_PAYMENT: ("直接の支払い", "payment outside the platform"),
        Label.FEE_AVOIDANCE: ("手数料の回避", "dodging the platform fee"),
        Label.APPROVAL_PRESSURE: ("承認の強要", "pressure to approve a contact request"),
        Label.VAGUE_POSTING: ("内容のあいまいな案件", "vague posting"),
        Label.UPSELL_OR_RECRUIT: ("商材の販売・勧誘", "selling or recruiting"),
    },
    Stage: {
        Stage.PRE_CONTRACT: ("契約前", "before the contract"),
        Stage.CONTRACTED: ("契約後", "after the contract"),
        Stage.CONTACT_APPROVED: ("サービス外連絡の承認後", "contact request approved"),
    },
    Outcome: {
        Outcome.CLEAR: ("問題なし", "clear"),
        Outcome.CAUTION: ("注意", "caution"),
        Outcome.VIOLATION: ("規約違反の可能性が高い", "likely violation"),
        Outcome.UNSURE: ("判定できず", "unsure"),
    },
    Action: {
        Action.ALLOW: ("通す", "allow"),
        Action.NUDGE: ("注意を促す", "nudge"),
        Action.HOLD: ("保留する", "hold"),
        Action.REFUSE: ("受け付けない", "refuse"),
    },
    Risk: {
        Risk.UNPAID: ("報酬の未払い", "not being paid"),
        Risk.DATA_MISUSE: ("個人情報の悪用", "misuse of personal data"),
        Risk.CHARGES: ("不当な請求", "being charged"),
        Risk.FRAUD: ("詐欺", "fraud"),
    },
    Level: {
        Level.LOW: ("低", "low"),
        Level.MEDIUM: ("中", "medium"),
        Level.HIGH: ("高", "high"),
    },
    Status: {
        Status.DRAFT: ("下書き", "draft"),
        Status.TESTING: ("試行中", "testing"),
        Status.STABLE: ("確立", "stable"),
        Status.RETIRED: ("廃止", "retired"),
    },
    Kind: {
        Kind.POSTING: ("案件", "posting"),
        Kind.MESSAGE: ("メッセージ", "message"),
        Kind.CONTACT_REQUEST: ("サービス外連絡申請", "contact request"),
        Kind.APPLICATION: ("応募", "application"),
        Kind.PROFILE: ("プロフィール", "profile"),
        Kind.DELIVERY: ("納品", "delivery"),
        Kind.DISPUTE: ("紛争の申し立て", "dispute"),
        Kind.REVIEW: ("評価", "review"),
        Kind.FILE_NAME: ("ファイル名", "file name"),
    },
    Sender: {
        Sender.CLIENT: ("クライアント", "client"),
        Sender.WORKER: ("ワーカー", "worker"),
    },
    Expect: {
        Expect.HIT: ("見つける", "found"),
        Expect.CLEAR: ("問題なしとする", "left clear"),
        Expect.KNOWN_MISS: ("見逃すと分かっている", "known to be missed"),
    },
    Fact: {
        Fact.IN_THREAD: ("取引の経過の中", "in a thread"),
        Fact.AFTER_REFUSAL: ("断られたあと", "after a refusal"),
        Fact.AFTER_REQUEST_DECLINED: ("連絡申請を辞退されたあと", "after a contact request was declined"),
        Fact.REQUEST_OPEN: ("連絡申請が承認されていない", "a contact request is not approved"),
        Fact.REQUEST_PENDING: ("連絡申請が返事待ち", "a contact request awaits its answer"),
        Fact.REQUEST_FILED: ("連絡申請そのもの", "the contact request itself"),
        Fact.PURPOSE_MISSING: ("目的が書かれていない", "no purpose is stated"),
        Fact.CANCELLED_BY_CLIENT: ("クライアントによる取り消し", "a cancellation by the client"),
        Fact.NO_CONTRACT: ("有効な契約がない", "no contract is live"),
        Fact.CONTRACT_LIVE: ("仮払い済みの契約がある", "a funded contract is live"),
        Fact.TOKEN_CONTRACT: ("名ばかりの少額の契約だけがある", "only a token contract is funded"),
        Fact.AFTER_COMPLETION: ("契約が完了したあと", "after a contract was completed"),
        Fact.JUST_CONTRACTED: ("契約の直後", "right after the contract"),
        Fact.POSTING_SEEN: ("案件の掲載のあと", "after the posting"),
        Fact.CONTACT_COMPLETED: ("分けて書かれた連絡先がそろった", "the pieces make a contact"),
        Fact.LURED: ("相手が先に誘導した", "the other side began to solicit"),
    },
}


def name_of(member: StrEnum, lang: str) -> str:
    """What `member` is called in `lang`, "ja" or "en". Raises `ValueError` for another language."""
    if lang not in LANGUAGES:
        raise ValueError(f"no names in language {lang!r}; there are {', '.join(LANGUAGES)}")
    return _NAMES[type(member)][member][LANGUAGES.index(lang)]

"""What the types of events are called in front of people, in Japanese and English. Words only."""

from __future__ import annotations

from sekisho.core.detection.threads.events import EventType
from sekisho.core.rules.names import LANGUAGES

_NAMES: dict[EventType, tuple[str, str]] = {
    EventType.MESSAGE: ("メッセージ", "message"),
    EventType.POSTING: ("案件の掲載", "posting"),
    EventType.APPLICATION: ("応募", "application"),
    EventType.CONTRACT_AGREED: ("契約の合意", "contract agreed"),
    EventType.ESCROW_FUNDED: ("仮払い", "escrow funded"),
    EventType.CONTACT_REQUEST: ("サービス外連絡申請", "contact request"),
    EventType.CONTACT_REQUEST_APPROVED: ("申請の承認", "contact request approved"),
    EventType.CONTACT_REQUEST_DECLINED: ("申請の辞退", "contact request declined"),
    EventType.CONTACT_REQUEST_ENDED: ("承認の終了", "contact request ended"),
    EventType.DELIVERED: ("納品", "delivered"),
    EventType.ACCEPTED: ("検収", "accepted"),
    EventType.CANCELLED: ("契約の取り消し", "cancelled"),
    EventType.LAPSED: ("契約の失効", "lapsed"),
}


def name_of_event(kind: EventType, lang: str) -> str:
    """What an event of this type is called in `lang`, "ja" or "en". Raises `ValueError` for another language."""
    return _NAMES[kind][LANGUAGES.index(lang)]

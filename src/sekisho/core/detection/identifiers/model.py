"""What a contact identifier is, and the step budget its parsers share.

Not a finding: an identifier says that a contact *stands* in a text, never who gives it to whom or
whether that is allowed.
"""

import hashlib
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The closed list of identifier kinds. ``handle`` is a name whose service is not told."""

    EMAIL = "email"
    PHONE = "phone"
    URL = "url"
    INVITE = "invite"
    LINE_ID = "line_id"
    TELEGRAM = "telegram"
    WHATSAPP = "whatsapp"
    KAKAOTALK = "kakaotalk"
    DISCORD = "discord"
    INSTAGRAM = "instagram"
    X = "x"
    SKYPE = "skype"
    CHATWORK = "chatwork"
    SLACK = "slack"
    MEETING = "meeting"
    FORM = "form"
    HANDLE = "handle"
    BANK_ACCOUNT = "bank_account"
    MY_NUMBER = "my_number"
    CARD = "card"
    CRYPTO = "crypto"


@dataclass(frozen=True, slots=True)
class Identifier:
    """One identifier in a folded text.

    ``start`` and ``end`` are code points of the folded text, end exclusive. ``canonical`` is the same
    string for the same contact however it is written. ``tool`` is one of line, email, phone, zoom,
    meet, teams, slack, chatwork, discord, whatsapp, telegram, kakaotalk, instagram, x, skype, form,
    web, or ''. ``checked`` is true when a check digit, a checksum or a library's validation passed;
    false is no sign of being wrong (numbers reserved for fiction are unchecked).
    """

    kind: Kind
    start: int
    end: int
    canonical: str
    tool: str = ""
    checked: bool = False


class Steps:
    """A count of work that only goes down. Steps, not seconds, so that the same text always ends in the
    same place.
    """

    __slots__ = ("exhausted", "left", "phones")

    def __init__(self, budget: int, phones: int) -> None:
        self.left = budget
        self.phones = phones
        self.exhausted = False

    def take(self, cost: int = 1) -> bool:
        """Pay for one candidate; False, from then on, when the budget is spent."""
        if self.left < cost:
            self.exhausted = True
            self.left = 0
            return False
        self.left -= cost
        return True

    def take_phone(self) -> bool:
        """Pay for one number handed to the phone library, the only dear step."""
        if self.phones <= 0:
            self.exhausted = True
            return False
        self.phones -= 1
        return True


def masked(name: str, secret: str) -> str:
    """A canonical form that does not hold ``secret`` in full: its last four characters and a digest
    prefix.

    The digest links equal values; it does not protect them (a seven-digit account number can be guessed
    back), so whoever stores it must key it first.
    """
    digest = hashlib.sha256(f"{name}:{secret}".encode()).hexdigest()[:8]
    return f"{name}:***{secret[-4:]}:{digest}"

"""The classes the engine makes by itself (parsed identifiers, pay, quotation marks), for packs to name.

Only names and meanings; how each is found stands in `detection`. Every name begins with `at_`; no pack may
define such a class.
"""

from __future__ import annotations

RESERVED_PREFIX = "at_"
"""Class ids that begin so belong to the engine."""

ENGINE_CLASSES: dict[str, str] = {
    "at_email": "an e-mail address, however it is spelled out",
    "at_phone": "a telephone number that can exist",
    "at_url": "a web address or bare domain",
    "at_invite": "an invitation or add-a-friend link (LINE, Discord, Telegram, WhatsApp, an open chat, …)",
    "at_form": "a link to an outside form (Google Forms and its like)",
    "at_meeting": "a link or number of an online meeting (Zoom, Meet, Teams, …)",
    "at_handle": "an account name written with @ or named as an account of some service",
    "at_chat_id": "an id of a chat service given as such (LINE ID, Chatwork ID, Skype name, …)",
    "at_bank": "a bank account: bank, branch, kind and number, or an IBAN",
    "at_my_number": "twelve digits whose My Number check digit is right",
    "at_card": "a payment card number whose check digit is right",
    "at_crypto": "an address of a crypto currency whose checksum is right",
    "at_pay_absurd": "a stated pay that no honest work of the kind brings",
    "at_pay_high": "a stated pay well above the market rate",
    "at_quote_open": "an opening quotation mark",
    "at_quote_close": "a closing quotation mark",
    "at_evasive": "letters split, masked or swapped so that a plain search would miss the word",
    "at_id_like": "letters and digits that may be an account name, where a service is named too",
    "at_hidden": "a place: right before a word of an `evade` class or an identifier that a plain search would have missed",
    "at_spelled_number": "six or more digits written as words, in kanji or set apart, as a telephone number would be",
    "at_spelled_name": "five or more Latin letters set apart one by one, as an account name would be",
}
"""Class id -> what a token of it is."""

ENGINE_GROUPS: dict[str, tuple[str, ...]] = {
    "at_contact": ("at_email", "at_phone", "at_invite", "at_meeting", "at_handle", "at_chat_id"),
}
"""Group id -> its classes; word classes may join. `at_contact`: whatever reaches a person outside."""

"""Turns what the parsers find (identifiers, amounts of pay) into tokens, so that frames can speak of them."""

from __future__ import annotations

from sekisho.core.detection.identifiers import Identifier, Kind
from sekisho.core.detection.pay import Height, find_amounts, height_of
from sekisho.core.detection.reading import Token

CLASS_OF_KIND = {
    Kind.EMAIL: "at_email",
    Kind.PHONE: "at_phone",
    Kind.URL: "at_url",
    Kind.INVITE: "at_invite",
    Kind.FORM: "at_form",
    Kind.MEETING: "at_meeting",
    Kind.HANDLE: "at_handle",
    Kind.BANK_ACCOUNT: "at_bank",
    Kind.MY_NUMBER: "at_my_number",
    Kind.CARD: "at_card",
    Kind.CRYPTO: "at_crypto",
}
"""The engine class of each kind of identifier; every kind not named here is an id on a chat or social service."""


def identifier_tokens(identifiers: list[Identifier], bits: dict[str, int]) -> list[Token]:
    """One token per identifier."""
    return [
        (found.start, found.end, bits[CLASS_OF_KIND.get(found.kind, "at_chat_id")]) for found in identifiers
    ]


def pay_tokens(text: str, bits: dict[str, int]) -> list[Token]:
    """One token per amount that is high for simple work; an absurd one is a high one too."""
    high = bits["at_pay_high"]
    masks = {Height.HIGH: high, Height.ABSURD: high | bits["at_pay_absurd"]}
    found = ((amount, height_of(amount)) for amount in find_amounts(text))
    return [(amount.start, amount.end, masks[height]) for amount, height in found if height in masks]

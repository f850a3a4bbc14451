"""Numbers of money and state: bank accounts, IBAN, payment cards, My Number.

Not holders of those numbers: the canonical form keeps four characters and a digest prefix, never the whole.
"""

import re
from collections.abc import Iterator

from sekisho.core.detection.identifiers.model import Identifier, Kind, Steps, masked

_BANK = re.compile(
    r"(?:普通|当座|貯蓄|口座番号|口座no|口座|店番[ :]?\d{3})(?:預金|口座|番号|no|"
    r"[ :;=.()は、,\n/-]){0,8}(\d(?:[ -]?\d){6})(?![0-9]|-\d)"
)
_YUCHO = re.compile(r"(?:ゆうちょ|郵便局|記号)[^\d\n]{0,12}(1\d{4})[^\d]{1,10}(\d{6,8})(?!\d)")
_BRANCH = re.compile(r"銀行|信金|信用金庫|信組|農協|ゆうちょ|支店|口座|振込|振り込")
_ROUTING = re.compile(
    r"(?:account|acct|a/c)(?:[ ]?(?:number|no|num|#))?[ .:#]{1,4}(?:is )?(\d(?:[ -]?\d){5,16})(?![0-9])"
)
_ENGLISH_BANK = re.compile(r"bank|routing|sort code|swift|iban|wire|ach|deposit|beneficiary")

# Length of the IBAN by country, as registered.
_IBAN_LENGTHS = dict(
    re.findall(
        r"([a-z]{2})(\d\d)",
        "ad24ae23al28at20az28ba20be16bg22bh22br29by28ch21cr22cy28cz24de22dk18do28ee20es24fi18fo18fr27gb22ge22gi23gl18gr27gt28"
        "hr21hu28ie22il23is26it27iq23jo30kw30kz20lb28lc32li21lt20lu20lv21mc27md24me22mk19mr27mt31mu30nl18no15pk24pl28ps29pt25"
        "qa29ro24rs22sa24sc31se24si19sk24sm27st25sv28tl23tn24tr26ua29va22vg24xk20eg29ly25bi27dj27ni28ru33so23fk18mn20om23ye30hn28",
    )
)
_IBAN = re.compile(r"\d\d(?:[ -]?[a-z0-9]){11,30}")

_BEFORE_CARD = re.compile(r"[a-z0-9.-]")
_CARD = re.compile(
    r"(?:\d{13,19}|\d{4}(?P<gap>[ -])\d{4}(?P=gap)\d{4}(?P=gap)\d{1,4}(?:(?P=gap)\d{3})?|"
    r"\d{4}[ -]\d{6}[ -]\d{4,5}|\d(?:[ -]\d){12,18})(?![a-z0-9]|-[a-z0-9])"
)
_CARD_RANGES = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|"
    r"35(?:2[89]|[3-8]\d)\d{12}|3(?:0[0-5]|[689]\d)\d{11}|6(?:011|5\d\d|4[4-9]\d)\d{12}|62\d{14,17}|"
    r"(?:50(?:18|19|20|38)|6304|6759|676[1-3])\d{8,15}"
)
_NOT_A_CARD = re.compile(
    r"(?:追跡|伝票|注文|受注|送り状|型番|品番|tracking|order|isbn|jan|sku|serial)[^\d\n]{0,14}$"
)

_MY_NUMBER = re.compile(
    r"(?:マイナンバー|まいなんばー|個人番号|my ?number)[^\d\n]{0,20}(\d(?:[ -]?\d){11})(?![0-9]|-\d)"
)


def luhn(digits: str) -> bool:
    """The check digit of payment cards. ``digits`` holds digits only."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 * (value > 9)
    return total % 10 == 0


def my_number_check(digits: str) -> bool:
    """The check digit of a My Number (12 digits), by the ordinance of 2014 that defines it."""
    if len(digits) != 12:
        return False
    weights = [n + 1 if n <= 6 else n - 5 for n in range(1, 12)]
    rest = sum(int(digit) * weight for digit, weight in zip(reversed(digits[:11]), weights, strict=True)) % 11
    return int(digits[11]) == (0 if rest <= 1 else 11 - rest)


def iban_check(iban: str) -> bool:
    """Length by country and the remainder 97; ``iban`` is lower case without spaces."""
    if _IBAN_LENGTHS.get(iban[:2]) != str(len(iban)):
        return False
    return int("".join(str(int(char, 36)) for char in iban[4:] + iban[:4])) % 97 == 1


def _plain(shown: str) -> str:
    return re.sub(r"[ -]", "", shown)


def find_bank_accounts(text: str, steps: Steps) -> Iterator[Identifier]:
    """Japanese accounts (a word for the account and seven digits; ゆうちょ), English ones with a bank's word
    near, IBAN.
    """
    for match in _BANK.finditer(text):
        if not steps.take():
            return
        near = text[max(0, match.start() - 40) : match.end() + 10]
        if _BRANCH.search(near):
            number = _plain(match[1])
            yield Identifier(Kind.BANK_ACCOUNT, match.start(), match.end(), masked("bank", number))
    for match in _YUCHO.finditer(text):
        if not steps.take():
            return
        yield Identifier(Kind.BANK_ACCOUNT, match.start(1), match.end(), masked("bank", match[1] + match[2]))
    for match in _ROUTING.finditer(text):
        if not steps.take():
            return
        if _ENGLISH_BANK.search(text[max(0, match.start() - 60) : match.end() + 60]):
            yield Identifier(Kind.BANK_ACCOUNT, match.start(1), match.end(), masked("bank", _plain(match[1])))
    yield from _ibans(text, steps)


def _ibans(text: str, steps: Steps) -> Iterator[Identifier]:
    at = 2
    while match := _IBAN.search(text, at):
        if not steps.take():
            return
        start = match.start() - 2
        at = match.start() + 2
        length = int(_IBAN_LENGTHS.get(text[start : start + 2], "0"))
        if not length or (start and text[start - 1].isascii() and text[start - 1].isalnum()):
            continue
        end, seen = start, 0
        while seen < length and end < match.end():
            seen += text[end] not in " -"
            end += 1
        whole = end >= len(text) or not (text[end].isascii() and text[end].isalnum())
        iban = _plain(text[start:end])
        if seen == length and whole and iban_check(iban):
            yield Identifier(Kind.BANK_ACCOUNT, start, end, masked("iban", iban), "", True)
            at = end


def find_cards(text: str, steps: Steps) -> Iterator[Identifier]:
    """Payment cards by range, length and check digit."""
    for match in _CARD.finditer(text):
        if not steps.take():
            return
        digits = _plain(match[0])
        if match.start() and _BEFORE_CARD.match(text, match.start() - 1):
            continue
        named_otherwise = _NOT_A_CARD.search(text[max(0, match.start() - 24) : match.start()])
        if _CARD_RANGES.fullmatch(digits) and luhn(digits) and len(set(digits)) > 1 and not named_otherwise:
            yield Identifier(Kind.CARD, match.start(), match.end(), masked("card", digits), "", True)


def find_my_numbers(text: str, steps: Steps) -> Iterator[Identifier]:
    """My Numbers: twelve digits whose check digit is right, after the word for them."""
    for match in _MY_NUMBER.finditer(text):
        if not steps.take():
            return
        digits = _plain(match[1])
        if my_number_check(digits):
            yield Identifier(
                Kind.MY_NUMBER, match.start(1), match.end(), masked("my_number", digits), "", True
            )

"""Telephone numbers in folded text: found by shape, read by ``phonenumbers``.

Not every run of digits: dates, prices, times, order and part numbers, addresses of machines and codes
are refused by shape or by the word before them. A number no one was given (090-0xxx-xxxx, 555-01xx) is
found all the same, as ``checked=False``.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from sekisho.core.detection.identifiers.model import Identifier, Kind, Steps

_GAP = r"[ \-.()/ー・の\n]{0,3}"
_NARROW = r"[ \-.()ー]{0,3}"
# A hyphen or letter after the last digit makes a part number of it: 415-555-0188-02, fx-0120-555-bk.
_END = r"(?![a-z0-9_]|[-.]\d|-[a-z])"
_SHAPES = re.compile(
    r"(?<![0-9])(?<!\d[.,])(?:"
    rf"(?P<mobile>\(?0{_GAP}[5789]{_GAP}0(?:{_GAP}\d){{8}}){_END}"
    rf"|(?P<free>\(?0800(?:{_NARROW}\d){{7}}){_END}"
    rf"|(?P<land>\(?0\d(?:{_NARROW}\d){{8}}){_END}"
    rf"|(?P<eleven>\(?0\d(?:{_NARROW}\d){{9}}){_END}"
    rf"|(?P<plus>\(?\+[ ]?\(?[1-9](?:{_GAP}\d){{6,14}}){_END}"
    rf"|(?P<japan>(?:010|00)?[ -]?\(?81\)?[ -]?(?:\(0\)|0)?[ -]?[789]0(?:{_NARROW}\d){{8}}){_END}"
    rf"|(?P<nanp>(?:1[ .-]?)?\([2-9]\d\d\)[ .-]{{0,2}}[2-9]\d\d[ .-]{{0,2}}\d{{4}}){_END}"
    rf"|(?P<nanp2>(?:1[ .-])?[2-9]\d\d[ ./-]{{1,3}}[2-9]\d\d[ .-]{{0,3}}\d{{4}}){_END}"
    rf"|(?P<run>\d(?:[ .-]?\d){{8,13}}){_END}"
    r")"
)
# Where digits are thick enough for any of the shapes; everything else is skipped at the speed of one
# character class.
_RUN = re.compile(rf"\d(?:{_GAP}\d){{6,40}}")
_CALL_WORDS = (
    "電話|でんわ|デンワ|tel|携帯|けいたい|ケータイ|☎|📞|📱|phone|cell|mobile|call|text|ring|sms|"
    "ショートメール|whatsapp|"
    "ワッツアップ|連絡先|fax|viber|signal|wechat|dial"
)
_CALLED = re.compile(_CALL_WORDS)
_REFERENCE = re.compile(
    "(?:注文|受注|発注|伝票|追跡|管理|商品|製品|案件|会員|社員|顧客|予約|整理|登録|法人|許可|"
    "届出|証明書?|請求書?|見積書?|製造|図面|"
    "ロット|シリアル|問い?合わ?せ|送り状|口座|カード|郵便|免許|学籍|受験|部品|議題)(?:番号|no|"
    "ナンバー|コード|id|#)|"
    "伝票|追跡|型番|品番|請求書|品目|"
    r"(?<![a-z])(?:jan|ean|upc|asin|isbn|issn|doi|sku|order|invoice|inv|ref|reference|po|tracking|"
    r"serial|part|model|lot|ticket|"
    r"case|item|product|account|acct|version|zip|postal|batch|receipt|booking|confirmation|job id|"
    r"contract)(?![a-z])"
)
_GLUED_WORDS = re.compile(r"(?:tel|phone|call|text|ph|mob|mobile|cell|fax|sms|whatsapp|no|t|m|p)$")
_JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠]")
_BEFORE = 24


class _Read(NamedTuple):
    canonical: str
    valid: bool


def _read(number: str, region: str) -> _Read | None:
    # Imported late: the library costs more than the rest of this room together, and few texts need it.
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(parsed):
        return None
    form = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return _Read(form, phonenumbers.is_valid_number(parsed))


def _best(number: str, regions: tuple[str, ...]) -> _Read | None:
    """The first region where the number is valid, else the first where it is possible."""
    possible: _Read | None = None
    for region in regions:
        read = _read(number, region)
        if read and read.valid:
            return read
        possible = possible or read
    return possible


def _digits(shown: str) -> str:
    return re.sub(r"\D", "", shown)


def _sizes(shown: str) -> list[int]:
    return [len(group) for group in re.findall(r"\d+", shown)]


def _is_reference(before: str) -> bool:
    """True when the nearest telling word before the digits names something that is not a telephone."""
    last_reference = max((match.end() for match in _REFERENCE.finditer(before)), default=-1)
    last_call = max((match.end() for match in _CALLED.finditer(before)), default=-1)
    # 16 code points between the word and the digits at most: beyond that it speaks of something else.
    return last_reference > last_call and len(before) - last_reference <= 16


def _glued(text: str, start: int) -> bool:
    """True when letters or a part number's first half stand right before the digits."""
    before = text[max(0, start - 10) : start]
    if not before:
        return False
    last = before[-1]
    if last.isascii() and (last.isalpha() or last == "_"):
        return not _GLUED_WORDS.search(before)
    return last in "#%$€£¥=\\@" or bool(re.search(r"(?:[a-z0-9][-.]|[a-z_]/|\d[ ]?:)$", before))


def _landline(sizes: list[int]) -> bool:
    return (
        len(sizes) == 1 or (2 <= len(sizes) <= 3 and 2 <= sizes[0] <= 5 and sizes[-1] >= 3) or sizes[0] == 10
    )


def _mobile(shown: str, sizes: list[int]) -> bool:
    if "\n" in shown or "/" in shown:
        return sizes == [3, 4, 4]
    return "-" not in shown or sizes[0] <= 4 or len(sizes) > 7


def _regions(text: str, match: re.Match[str], default: str) -> tuple[str, ...]:
    """In text without Japanese letters a leading 0 is as likely British; the British seldom write hyphens."""
    near = text[max(0, match.start() - 40) : match.end() + 40]
    if default == "JP" and not _JAPANESE.search(near):
        return ("JP", "GB") if "-" in match[0] else ("GB", "JP")
    return (default,)


def _candidate(text: str, match: re.Match[str], region: str) -> _Read | None:
    shape, shown = match.lastgroup, match[0]
    digits, sizes = _digits(shown), _sizes(shown)
    before = text[max(0, match.start() - _BEFORE) : match.start()]
    if shape == "mobile":
        british = len(sizes) > 1 and sizes[0] != 3 and sizes[0] != 1
        regions = _regions(text, match, region) if british else (region,)
        return _best(digits, (*regions, "JP")) if _mobile(shown, sizes) else None
    if shape in {"land", "free", "eleven"}:
        if not _landline(sizes) or (shape == "eleven" and len(sizes) == 1 and not _CALLED.search(before)):
            return None
        regions = ("JP",) if shape == "land" and sizes[-1] == 4 and len(sizes) == 3 and region == "JP" else ()
        return _best(digits, regions or _regions(text, match, region))
    if shape == "plus":
        return _read("+" + re.sub(r"\(0\)", "", shown).split("+", 1)[1], region)
    if shape == "japan":
        return _read("+81" + digits[-10:], region)
    return _american_or_run(shape or "", shown, before)


def _american_or_run(shape: str, shown: str, before: str) -> _Read | None:
    """North American shapes, and bare runs of digits that a word before them makes a telephone number."""
    called = _CALLED.search(before)
    if shape in {"nanp", "nanp2"}:
        read = _read("+1" + _digits(shown)[-10:], "US")
        strict = shape == "nanp" or "-" in shown or shown.count(".") == 2
        return read if read and (called or strict or read.valid) else None
    digits = _digits(shown)
    if not called or shown.count(".") > 2 or digits[0] == "0":
        return None
    for number in (f"+{digits}", f"+1{digits}" if len(digits) == 10 else ""):
        read = _read(number, "US") if number else None
        if read and read.valid:
            return read
    return None


def find_phones(text: str, steps: Steps, default_region: str) -> Iterator[Identifier]:
    """Telephone numbers of ``text`` in order. A number without a country is read as of ``default_region``
    (ISO 3166).
    """
    at = 0
    for run in _RUN.finditer(text):
        if not steps.take():
            return
        at = max(at, run.start() - 4)
        # Three code points more, so that the look-ahead sees what follows the last digit.
        while match := _SHAPES.search(text, at, run.end() + 3):
            if not steps.take():
                return
            at = match.end()
            found = _identifier(text, match, steps, default_region)
            if found:
                yield found


def _identifier(text: str, match: re.Match[str], steps: Steps, region: str) -> Identifier | None:
    shown = match[0]
    start = match.start() + (shown[0] == "(" and shown.count("(") > shown.count(")"))
    before = text[max(0, start - _BEFORE) : start]
    if _glued(text, match.start()) or _is_reference(before) or _is_date(shown) or not steps.take_phone():
        return None
    read = _candidate(text, match, region)
    if read is None:
        return None
    tool = "whatsapp" if re.search("whatsapp|ワッツアップ", before) else "phone"
    return Identifier(Kind.PHONE, start, match.end(), read.canonical, tool, read.valid)


_DATE = re.compile(
    r"(?:19|20)\d\d[-/. ](?:0?[1-9]|1[0-2])[-/. ](?:0?[1-9]|[12]\d|3[01])(?!\d)|\d{1,2}/\d{1,2}[/ -]"
)


def _is_date(shown: str) -> bool:
    return bool(_DATE.search(shown)) and not shown.startswith(("+", "("))

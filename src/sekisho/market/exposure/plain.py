"""Free text of a record: it names people and says what happened, and holds no contact identifier and no number.

The core finds identifiers as it does everywhere. Beside that any run of six digits counts as a number, whatever it counts; dates
and amounts of money do not. A name or a street address cannot be told from other words: the pages ask not to write them.
"""

from __future__ import annotations

import re

from sekisho.core.detection import check
from sekisho.core.text import fold
from sekisho.market.kernel import fields
from sekisho.market.kernel.problems import Kind, Problem, Row, describe

_DATE = re.compile(r"\d{4} ?[-/.年] ?\d{1,2} ?[-/.月] ?\d{1,2}(?!\d)日?")
_MONEY = re.compile(r"[¥\\] ?\d[\d,]{0,15}|\d[\d,]{0,15} ?(?:円|万|yen)")
_NUMBER = re.compile(r"\d(?:[ \-‐–−ー.()]{0,2}\d){5,}")
describe({
    "value_in_text": Row(
        Kind.INVALID,
        "「{field}」に連絡先や番号と思われる部分（{found}）があります。この記録には、電話番号・口座番号・IDなどの値そのものは書きません。"
        "「電話番号を伝えた」のように、種類だけを書いてください。",
        "“{field}” seems to hold a contact or a number ({found}). Values such as telephone or account numbers and IDs are never "
        "written here; write the kind only, such as “I gave my phone number”."),
})  # fmt: skip


def without_values(value: str, field: str, most: int, *, several: bool = False) -> str:
    """`value` trimmed, of one line or `several`; may be blank. Raises `Problem` value_in_text, too_long."""
    clean = (fields.text if several else fields.line)(value, field, most, blank=True)
    found = _value_in(clean) if clean else ""
    if found:
        raise Problem("value_in_text", field=field, found=found)
    return clean


def _value_in(text: str) -> str:
    """How the first value in a text begins, masked so that an answer does not repeat it; "" for none."""
    said = check(text, sender="worker")
    if said.contacts:
        return _masked(text[said.contacts[0].start : said.contacts[0].end])
    # What could not be read to the end is not known to be free of values.
    if said.unsure:
        return "…"
    read = _MONEY.sub("円", _DATE.sub("日", fold(text).text))
    number = _NUMBER.search(read)
    return _masked(number[0]) if number else ""


def _masked(value: str) -> str:
    return value[: min(2, len(value) - 1)] + "…"

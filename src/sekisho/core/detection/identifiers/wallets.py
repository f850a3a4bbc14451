"""Bitcoin and Ethereum addresses.

Not checkable from folded text alone where letter case carries the checksum (base58, EIP-55): the
caller's original characters decide then; without them such an address is taken by shape and ``checked``
stays false. Bech32 is checked in either case.
"""

import hashlib
import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from sekisho.core.detection.identifiers.keccak import keccak256
from sekisho.core.detection.identifiers.model import Identifier, Kind, Steps

_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_SHAPES = {
    "0x": re.compile(r"0x[0-9a-f]{40}(?![a-z0-9])"),
    "bc1": re.compile(r"bc1[02-9ac-hj-np-z]{11,71}(?![a-z0-9])"),
    "": re.compile(r"[13][1-9a-z]{25,33}(?![a-z0-9])"),
}
_INSIDE = re.compile(r"[a-z0-9/_.=-]")


def base58_check(address: str) -> bool:
    """True for a Bitcoin address of the old kinds (versions 0 and 5) with the right checksum. Case
    matters.
    """
    number = 0
    for char in address:
        place = _BASE58.find(char)
        if place < 0:
            return False
        number = number * 58 + place
    if number >= 1 << 200:
        return False
    raw = number.to_bytes(25, "big")
    return raw[0] in (0, 5) and hashlib.sha256(hashlib.sha256(raw[:21]).digest()).digest()[:4] == raw[21:]


def bech32_check(address: str) -> bool:
    """True for a lower-case ``bc1`` address whose checksum is that of BIP 173 (version 0) or BIP 350
    (later versions).
    """
    values = [_BECH32.find(char) for char in address[3:]]
    if len(address) > 90 or len(values) < 7 or min(values) < 0:
        return False
    check = 1
    for value in [3, 3, 0, 2, 3, *values]:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= generator if top >> bit & 1 else 0
    return check == (1 if values[0] == 0 else 0x2BC830A3)


def eip55_check(address: str) -> bool | None:
    """Whether the letter case of ``0x`` and 40 hex digits is the checksum of EIP-55; None when the case
    says nothing.
    """
    body = address[2:]
    if body in (body.lower(), body.upper()):
        return None
    digest = keccak256(body.lower().encode()).hex()
    return all(
        char.isupper() == (int(digit, 16) >= 8)
        for char, digit in zip(body, digest, strict=False)
        if char.isalpha()
    )


def _looks_random(address: str) -> bool:
    """Letters and digits mixed as in a key, and not a hexadecimal digest or a word with a number."""
    changes = sum(a.isdigit() != b.isdigit() for a, b in pairwise(address))
    return changes >= 6 and bool(re.search("[g-z]", address)) and len(set(address)) >= 10


def find_wallets(
    text: str, steps: Steps, original: Callable[[int, int], str] | None = None
) -> Iterator[Identifier]:
    """Addresses of ``text``. ``original`` gives the characters as written for a span of the folded text."""
    for prefix, shape in _SHAPES.items():
        if prefix not in text:
            continue
        for match in shape.finditer(text):
            if not steps.take():
                return
            if match.start() and _INSIDE.match(text, match.start() - 1):
                continue
            written = original(match.start(), match.end()) if original else ""
            found = _wallet(prefix, match, written)
            if found:
                yield found


def _wallet(prefix: str, match: re.Match[str], written: str) -> Identifier | None:
    checked: bool | None = None
    form = f"btc:{match[0]}"
    if prefix == "0x":
        checked = eip55_check(written) if len(written) == 42 else None
        form = f"eth:{match[0]}"
    elif prefix == "bc1":
        checked = bech32_check(match[0])
    elif not _looks_random(match[0]):
        return None
    elif written:
        checked, form = base58_check(written), f"btc:{written}"
    return None if checked is False else Identifier(Kind.CRYPTO, *match.span(), form, "", checked is True)

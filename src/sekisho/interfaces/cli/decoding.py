"""Bytes of an unknown encoding to text: certain, or assumed and said so, or refused with the byte that does not fit."""

from __future__ import annotations

import codecs
import re
import sys
from dataclasses import dataclass

from sekisho.interfaces.cli.failures import Failure

MAX_BYTES = 4_000_004
"""No admissible text (1,000,000 code points) takes more in any of the encodings read here, a byte order mark included."""

_MARKED = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_GUESSED = ("cp932", "euc_jp")
_ISO_2022_JP = re.compile(rb"\x1b\$[@B]|\x1b\([BJI]")
_JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff\u3001-\u3015\uff01-\uff5e]")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fc]")
_UNCLEAN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd]")


def read_bytes(name: str, limit: int) -> bytes:
    """The file `name`, or standard input for `-`, up to one byte beyond `limit`. Raises `Failure` when it cannot be read."""
    try:
        if name == "-":
            return sys.stdin.buffer.read(limit + 1)
        with open(name, "rb") as file:
            return file.read(limit + 1)
    except OSError as error:
        raise Failure("unreadable", f"{name}: {error.strerror}") from None


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text; `assumed` names the encoding when it was guessed, else ""."""

    text: str
    assumed: str = ""


def decode(data: bytes, name: str) -> Decoded:
    """The text in `data`. Raises `Failure`, calling the source `name`, when it is too long or no encoding fits."""
    if len(data) > MAX_BYTES:
        raise Failure("text_too_long", f"{name}: longer than 1,000,000 characters", "judge it in parts")
    for mark, encoding in _MARKED:
        if data.startswith(mark):
            return Decoded(_strict(data, len(mark), encoding, name))
    if _ISO_2022_JP.search(data) and data.isascii():
        return Decoded(_strict(data, 0, "iso2022_jp", name), "ISO-2022-JP")
    if data.count(0) * 4 > len(data):
        raise Failure(
            "undecodable", f"{name}: looks like UTF-16 without a byte order mark", _mending("UTF-16LE", name)
        )
    try:
        return Decoded(data.decode())
    except UnicodeDecodeError as error:
        guess = _guess(data)
        if guess is None:
            message = f"{name}: byte {error.start} ({data[error.start]:#04x}) is not UTF-8, and no Japanese encoding fits"
            raise Failure("undecodable", message, _mending("ENCODING", name)) from None
        return guess


def _strict(data: bytes, skip: int, encoding: str, name: str) -> str:
    try:
        return data[skip:].decode(encoding)
    except UnicodeDecodeError as error:
        message = f"{name}: byte {error.start + skip} is not {encoding.upper()}, which the file begins as"
        raise Failure("undecodable", message, "save it again as UTF-8") from None


def _guess(data: bytes) -> Decoded | None:
    """The Japanese encoding that fits best; None when none fits cleanly or two fit equally well."""
    fits = []
    for encoding in _GUESSED:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        others = sum(not character.isascii() for character in text)
        if not _UNCLEAN.search(text) and len(_JAPANESE.findall(text)) * 10 >= others * 7:
            fits.append((len(_KANA.findall(text)), Decoded(text, encoding.upper().replace("_", "-"))))
    fits.sort(key=lambda fit: -fit[0])
    if not fits or (len(fits) == 2 and fits[0][0] == fits[1][0]):
        return None
    return fits[0][1]


def _mending(encoding: str, name: str) -> str:
    return f"save it as UTF-8, for example: iconv -f {encoding} -t UTF-8 {name}"

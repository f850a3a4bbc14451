from __future__ import annotations

import codecs
import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.interfaces.cli.decoding import MAX_BYTES, decode
from sekisho.interfaces.cli.failures import Failure

JAPANESE = "詳細はLINEでお送りします。ｶﾅもあります。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_marked_encodings_are_certain(encoding: str) -> None:
    decoded = decode(JAPANESE.encode(encoding), "f")
    assert (decoded.text, decoded.assumed) == (JAPANESE, "")


@pytest.mark.parametrize("mark", ["utf-16-be", "utf-32-le", "utf-32-be"])
def test_either_byte_order_is_read(mark: str) -> None:
    assert decode(("\ufeff" + JAPANESE).encode(mark), "f").text == JAPANESE


@pytest.mark.parametrize(("encoding", "name"), [("cp932", "CP932"), ("euc_jp", "EUC-JP")])
def test_japanese_encodings_are_assumed_and_said_so(encoding: str, name: str) -> None:
    decoded = decode(JAPANESE.encode(encoding), "f")
    assert (decoded.text, decoded.assumed) == (JAPANESE, name)


def test_mail_encoding_is_assumed_and_said_so() -> None:
    text = "詳細はLINEで"
    assert decode(text.encode("iso2022_jp"), "f").text == text
    assert decode(text.encode("iso2022_jp"), "f").assumed == "ISO-2022-JP"


def test_bytes_of_no_encoding_are_refused_with_their_place() -> None:
    with pytest.raises(Failure, match=r"byte 3 \(0xff\)"):
        decode("あ".encode() + b"\xff\xfe\xfd", "f")


def test_mixed_encodings_are_refused() -> None:
    with pytest.raises(Failure, match="byte"):
        decode("詳細は".encode() + "LINEで送ります".encode("cp932") + "です".encode("euc_jp"), "f")


def test_utf16_without_a_mark_is_refused_with_a_hint() -> None:
    with pytest.raises(Failure, match="UTF-16") as caught:
        decode("LINE".encode("utf-16-le"), "f")
    assert "iconv" in caught.value.hint


def test_a_broken_utf16_is_refused() -> None:
    with pytest.raises(Failure, match="UTF-16"):
        decode(codecs.BOM_UTF16_LE + b"\x00\xd8a", "f")


def test_more_bytes_than_any_text_are_refused() -> None:
    with pytest.raises(Failure, match="longer"):
        decode(b"a" * (MAX_BYTES + 1), "f")


def test_a_nul_is_a_character() -> None:
    assert decode(b"details on\x00 LINE", "f").text == "details on\x00 LINE"


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(Failure):
        assert isinstance(decode(data, "f").text, str)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\x1b"), max_size=40))
def test_utf8_is_never_taken_for_something_else(text: str) -> None:
    decoded = decode(text.encode(), "f")
    assert decoded.text == text.removeprefix("\ufeff")
    assert decoded.assumed == ""

"""Bank accounts, cards, My Numbers, wallets. Some cases are taken from the tests of Presidio (MIT)."""

import pytest

from sekisho.core.detection.identifiers import find_identifiers
from sekisho.core.detection.identifiers.accounts import my_number_check
from sekisho.core.detection.identifiers.keccak import keccak256
from sekisho.core.detection.identifiers.wallets import base58_check, bech32_check, eip55_check
from tests.core.detection.identifiers.reading import folded, found, kinds


@pytest.mark.parametrize(
    "text",
    [
        "みずほ銀行 渋谷支店 普通 1234567",
        "口座番号:1234567 (みずほ銀行)",
        "ゆうちょ 記号12345 番号1234567",
        "bank account number: 12345678, sort code 00-00-00",
        "AL47 2121 1009 0000 0002 3569 8741",
        "AT611904300234573201",
        "BY13 NBRB 3600 9000 0000 2Z00 AB00",
    ],
)
def test_a_bank_account_is_found(text: str) -> None:
    assert kinds(text) == ["bank_account"]


@pytest.mark.parametrize(
    "text", ["AL47 2121 1009 0000 0002 3569 8740", "AT61 1904 3002 3457 320", "普通 1234567"]
)
def test_a_wrong_or_lonely_account_stays_clear(text: str) -> None:
    assert "bank_account" not in kinds(text)


@pytest.mark.parametrize(
    "text", ["4012888888881881", "4012-8888-8888-1881", "4012 8888 8888 1881", "371449635398431"]
)
def test_a_card_is_found_by_its_check_digit(text: str) -> None:
    assert [(card.kind, card.checked) for card in found(text)] == [("card", True)]


@pytest.mark.parametrize("text", ["4012888888881882", "1748503543012", "追跡番号 4012888888881881"])
def test_other_long_numbers_are_no_cards(text: str) -> None:
    assert kinds(text) == []


def test_the_same_card_written_otherwise_has_one_canonical_form_without_the_number() -> None:
    (plain,), (spaced,) = found("4012888888881881"), found("4012 8888 8888 1881")
    assert plain.canonical == spaced.canonical
    assert "40128888" not in plain.canonical


def test_a_my_number_needs_its_word_and_its_check_digit() -> None:
    assert kinds("マイナンバーは 1234 5678 9018 です") == ["my_number"]
    assert kinds("マイナンバーは 1234 5678 9012 です") == []
    assert kinds("番号は 1234 5678 9018 です") == []


def test_every_body_of_a_my_number_has_exactly_one_check_digit() -> None:
    for body in ("12345678901", "00000000000", "99999999999", "31415926535"):
        assert sum(my_number_check(body + str(digit)) for digit in range(10)) == 1


OLD = "16Yeky6GMjeNkAiNcBY7ZhrLoMSgg1BoyZ"
SEGWIT = "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq"
TAPROOT = "bc1p5d7rjq7g6rdk2yhzks9smlaqtedr4dekq08ge8ztwac72sfr9rusxg3297"
ETHER = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"


@pytest.mark.parametrize("address", [OLD, "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy", SEGWIT, TAPROOT, ETHER])
def test_a_wallet_is_checked_against_the_characters_as_written(address: str) -> None:
    text = f"my wallet: {address}"
    (wallet,), _ = find_identifiers(folded(text), original=lambda start, end: text[start:end])
    assert (wallet.kind, wallet.checked, wallet.start) == ("crypto", True, 11)


def test_a_wallet_with_a_wrong_checksum_stays_clear() -> None:
    for address in (OLD[:-1] + "X", ETHER.replace("aAeb", "aaeb")):
        assert find_identifiers(folded(address), original=lambda s, e, a=address: a[s:e])[0] == []  # type: ignore[misc]
    assert kinds(SEGWIT[:-1] + "p") == []
    assert kinds(OLD + "2") == []
    assert kinds("8f953371d3e85eddb89b05ed6b9e680791055315c73e1025ab5dba7bb2aee189") == []


def test_the_checksums_agree_with_published_vectors() -> None:
    assert keccak256(b"").hex() == "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"
    assert base58_check(OLD)
    assert not base58_check(OLD.lower())
    assert bech32_check(TAPROOT)
    assert eip55_check(ETHER)
    assert eip55_check(ETHER.lower()) is None

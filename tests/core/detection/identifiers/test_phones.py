"""Telephone numbers. Some cases are taken from the tests of python-phonenumbers (Apache-2.0) and of Presidio (MIT)."""

import pytest

from tests.core.detection.identifiers.reading import canonicals, found, kinds


@pytest.mark.parametrize(
    "written",
    [
        "090-0417-2283",
        "０９０ー０４１７ー２２８３",
        "(090)0417-2283",
        "090.0417.2283",
        "090 0417 2283",
        "09004172283",
        "+81 90-0417-2283",
        "+81(0)90 0417 2283",
        "81-90-0417-2283",
        "0 9 0 0 4 1 7 2 2 8 3",
        "tel:090-0417-2283",
        "電話は090の0417の2283です",
        "090/0417/2283",
        "090\n0417\n2283",
    ],
)
def test_one_number_has_one_canonical_form_however_it_is_written(written: str) -> None:
    assert canonicals(f"携帯 {written} まで") == ["+819004172283"]


@pytest.mark.parametrize("number", ["090-0417-2283", "03-0123-4567", "+44 7700 900312"])
def test_a_number_no_one_was_given_is_found_but_unchecked(number: str) -> None:
    assert [(phone.kind, phone.checked) for phone in found(number)] == [("phone", False)]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("0120-123-456", "+81120123456"),
        ("☎03(1234)5678", "+81312345678"),
        ("050-1234-5678です", "+815012345678"),
        ("0800-123-4567へお電話ください", "+818001234567"),
        ("call 415-555-0188", "+14155550188"),
        ("(415) 555 0188", "+14155550188"),
        ("call 4155550188", "+14155550188"),
        ("020 7946 0018", "+442079460018"),
        ("whatsapp 919876543210", "+919876543210"),
    ],
)
def test_common_shapes_are_read(text: str, form: str) -> None:
    assert canonicals(text) == [form]


@pytest.mark.parametrize(
    "text",
    [
        "2024-01-02 10:00-18:00",
        "2024/05/06-2024/05/08",
        "1,000円〜12,000円",
        "受注番号 090-0471-2208 の商品画像",
        "Order 415-555-0188-02 shows the wrong colour",
        "ISBN 978-4-00-000000-0、ISSN 0385-1234。型番は FX-0120-555-BK と SL-03-3344-22",
        "SKUは 0810034-5678-A です",
        "伝票番号は 4402-0801-7719",
        "品番は「0120-AB-33」",
        "the DOI now reads 10.0000/555.0143",
        "192.168.100.200",
        "1.2.3.4 から 3.11 へ",
        "a0901234567890",
        "日給 10000 から 20000 円、 1200 名",
        "12345678901234567890",
    ],
)
def test_numbers_that_are_not_telephones_stay_clear(text: str) -> None:
    assert "phone" not in kinds(text)


def test_two_numbers_with_a_slash_between_them_are_two() -> None:
    assert canonicals("090-1234-5678/080-1234-5678") == ["+819012345678", "+818012345678"]


@pytest.mark.parametrize(
    "text",
    [
        "12345",
        "23456789",
        "234567890112",
        "650+253+1234",
        "3/10/1984",
        "03/27/2011",
        "31/8/2011",
        "1/12/2011",
        "10/12/82",
        "650x2531234",
        "2012-01-02 08:00",
        "2012/01/02 08:00",
        "20120102 08:00",
        "2014-04-12 04:04 pm",
    ],
)
def test_the_impossible_cases_of_the_phone_library_stay_clear(text: str) -> None:
    assert kinds(text, "US") == []


@pytest.mark.parametrize(
    "text",
    [
        "+1 415-666-7777",
        "415-666-7777",
        "415/666-7777",
        "(415) 6667777",
        "415-666-7777 ext. 503",
        "+52 332 123 23 23",
        "my US number is (415) 555-0132",
        "us: 415-555-0132",
        "brazil: +55 11 98456 5666",
        "+44 (20) 7123 4567",
        "+49 30 1234567",
        "+33 1 42 68 53 00",
        "+90 (532) 123 45 67",
    ],
)
def test_numbers_the_libraries_take_are_taken(text: str) -> None:
    assert kinds(text, "US") == ["phone"]

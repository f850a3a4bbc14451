"""Files of the bank and references in them: read as banks write them, refused with the line when something is wrong."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.market.kernel.problems import Problem
from sekisho.market.ledger.bank_transfer import codes, kana
from sekisho.market.ledger.bank_transfer.statement_file import MOST_ROWS, read

HEAD = "取引日,摘要,入金金額,出金金額,差引残高\n"
CODE = codes.closed("1000000001")
DIGITS = st.text("0123456789", min_size=9, max_size=9)


def refused(content: str | bytes) -> Problem:
    with pytest.raises(Problem) as caught:
        read(content.encode() if isinstance(content, str) else content)
    assert caught.value.code == "bad_statement"
    return caught.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_statement_reads_the_same_in_every_encoding_banks_use(encoding: str) -> None:
    row = f'２０２６年１０月１日,"振込　ｶ)ｱｵﾊﾞ {CODE}","１１,０００円",,"1,011,000"\r\n'
    (movement,) = read((HEAD + row).encode(encoding))
    assert (movement.date, movement.incoming, movement.amount, movement.codes) == (
        date(2026, 10, 1), True, 11_000, (CODE,),
    )  # fmt: skip
    assert movement.text == f"振込 カ)アオバ {CODE}"


@pytest.mark.parametrize(
    "day", ["2026-10-01", "2026/10/1", "2026.10.1", "20261001", "2026年10月1日", " 2026-10-01 "]
)
def test_a_date_may_be_written_as_banks_write_it(day: str) -> None:
    assert read(f"{HEAD}{day},x,1,,\n".encode())[0].date == date(2026, 10, 1)


def test_lines_above_the_header_and_empty_lines_are_passed_over() -> None:
    rows = read(f"口座番号,123\n\n{HEAD}\n2026-10-01,x,1,,\n,,,,\n2026-10-02,y,,2,\n".encode())
    assert [(row.line, row.incoming, row.amount) for row in rows] == [(5, True, 1), (7, False, 2)]


def test_texts_in_several_columns_are_read_together() -> None:
    (row,) = read(
        f"日付\t摘要\t振込依頼人名\t入金\n2026-10-01\t振込\t{codes.shown(CODE)} ｱｵﾊﾞ\t500\n".encode()
    )
    assert (row.text, row.codes) == (f"振込 {codes.shown(CODE)} アオバ", (CODE,))


def test_every_faulty_line_is_told_with_its_number_in_both_languages() -> None:
    problem = refused(
        HEAD + "2026-13-01,x,1,,\n2026-10-01,x,1.5,,\n2026-10-01,x,1,1,\n2026-10-01,x,,,\n2026-10-01,x,7,,\n"
    )
    assert problem.facts["count"] == 4
    for line in (2, 3, 4, 5):
        assert f"{line}行目" in problem.text("ja")
        assert f"line {line}:" in problem.text("en")
    assert "6行目" not in problem.text("ja")


@pytest.mark.parametrize(
    "amount", ["-5", "1,00", "1e3", "九", "0x10", "1 000 000 000 001", "9" * 5000, "(5)", "1,,000"]
)
def test_an_amount_that_is_no_whole_yen_is_refused(amount: str) -> None:
    assert "2行目" in refused(f'{HEAD}2026-10-01,x,"{amount}",,\n').text()


@pytest.mark.parametrize("content", [b"", b"\x80\xff\xfe\x00", b"a,b\n1,2\n", b'date,text,in\n2026-10-01,"x', b"\x00" * 50,
                                     b"date,text,in,in\n", b"x" * 3_000_000, "日付,入金\n2026-10-01,5\n".encode()])  # fmt: skip
def test_what_is_no_statement_is_refused_as_a_whole(content: bytes) -> None:
    assert refused(content).facts["count"] == 1


def test_a_number_of_the_bank_that_stands_twice_in_a_file_is_a_fault() -> None:
    assert "3行目" in refused("date,text,in,id\n2026-10-01,x,1,7\n2026-10-01,y,2,7\n").text()


def test_more_rows_than_one_file_may_have_are_refused() -> None:
    refused("date,text,in\n" + "2026-10-01,x,1\n" * (MOST_ROWS + 1))


@given(
    st.binary(max_size=400) | st.text(max_size=200).map(lambda text: (HEAD + text).encode("utf-8", "replace"))
)
def test_hostile_bytes_are_read_or_refused_and_nothing_else(content: bytes) -> None:
    code = ""
    try:
        rows = read(content)
    except Problem as problem:
        rows, code = [], problem.code
    assert code in ("", "bad_statement")
    assert all(row.amount > 0 for row in rows)


def test_equal_rows_of_one_file_are_different_rows_and_the_same_ones_in_the_next_file() -> None:
    row = "2026-10-01,ﾔﾏﾀﾞ,1000,,\n"
    first, second = read((HEAD + row + row).encode()), read((HEAD + row + row + row).encode())
    marks = [movement.fingerprint for movement in second]
    assert len(set(marks)) == 3
    assert [movement.fingerprint for movement in first] == marks[:2]


@given(DIGITS, st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_digit_of_a_reference_is_noticed(digits: str, place: int, step: int) -> None:
    code = codes.closed("1" + digits)
    wrong = code[:place] + str((int(code[place]) + step) % 10) + code[place + 1 :]
    assert codes.found(wrong) == ()


@given(DIGITS, st.integers(0, 10))
def test_two_swapped_digits_of_a_reference_are_noticed(digits: str, place: int) -> None:
    code = codes.closed("2" + digits)
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert codes.found(swapped) in ((), (code,) if swapped == code else ())


@given(DIGITS)
def test_a_reference_is_found_however_it_is_written(digits: str) -> None:
    code = codes.closed("1" + digits)
    wide = code.translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)})
    for text in (
        code,
        codes.shown(code),
        f"ﾌﾘｺﾐ{wide}",
        codes.shown(code).replace("-", "ー"),
        f"{code}.{code}",
    ):
        assert codes.found(text) == (code,), text
    # Digits beside it may make one more by chance (1 in 97); the ledger looks only for those it gave out.
    assert code in codes.found(f"2026 {codes.shown(code)}ｱｵﾊﾞ")


def test_looking_for_references_takes_time_in_proportion_to_the_text() -> None:
    def seconds(size: int) -> float:
        before = time.process_time()
        codes.found("1-" * size)
        return time.process_time() - before

    assert seconds(80_000) < 30 * max(seconds(8_000), 0.002)


@pytest.mark.parametrize(("written", "name"), [
    ("やまだ　はなこ", "ヤマダ ハナコ"), ("ｶ)ｼﾞｬﾊﾟﾝｼｮｯﾌﾟ", "カ)ジャパンショップ"), ("カ）アオバ・abc", "カ)アオバ.ABC"),
])  # fmt: skip
def test_a_holder_is_kept_in_katakana_however_it_is_typed(written: str, name: str) -> None:
    assert kana.holder(written) == name


@pytest.mark.parametrize(
    "written",
    ["", "山田花子", "HANAKO", "=ヤマダ", "-ヤマダ", "ヤマダ\x00", "ヤ" * 41, "ヤマダ😀", "ヤマダ@LINE"],
)
def test_a_holder_in_other_letters_is_refused(written: str) -> None:
    with pytest.raises(Problem) as refusal:
        kana.holder(written)
    assert refusal.value.code == "bad_holder"

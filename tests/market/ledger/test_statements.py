"""What both sides see of their money."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from sekisho.market.kernel import clock
from sekisho.market.kernel.ids import new_id
from sekisho.market.kernel.problems import Problem
from sekisho.market.ledger import payouts
from sekisho.market.ledger.cells import table
from sekisho.market.ledger.purposes import PURPOSES
from sekisho.market.ledger.statements import Line, Statement, statement, statement_csv


def today() -> date:
    return timezone.localdate(clock.now())


def rows_of(data: Statement, lang: str = "ja") -> list[list[str]]:
    return list(csv.reader(statement_csv(data, lang).content.decode("utf-8-sig").splitlines()))


def test_a_clients_statement_tells_deposit_and_escrow_with_the_balance_after_each(
    cast: dict[str, Any], earned: Any
) -> None:
    contract = earned(cast)
    data = statement(cast["aoba"].actor, "client", today(), today())
    assert [(line.purpose, line.paid_in, line.paid_out, line.balance) for line in data.lines] == [
        ("deposit", 11_000, 0, 11_000), ("fund", 0, 11_000, 0),
    ]  # fmt: skip
    assert (data.opening, data.closing, data.lines[1].matter) == (0, 0, contract.id)


def test_a_workers_statement_is_hers_alone_and_carries_over(
    cast: dict[str, Any], earned: Any, give_bank_account: Any
) -> None:
    earned(cast)
    give_bank_account(cast["hanako"])
    with clock.ahead(timedelta(days=40)):
        payouts.ask_payout(cast["hanako"].actor, None, amount=8_000)
        later = statement(cast["hanako"].actor, "worker", today(), today())
    assert (later.opening, later.paid_in, later.paid_out, later.closing) == (8_580, 0, 8_000, 580)
    assert [line.purpose for line in later.lines] == ["payout"]


def test_another_persons_statement_does_not_exist_but_for_the_operator(
    cast: dict[str, Any], earned: Any
) -> None:
    earned(cast)
    for name in ("aoba", "taro", "minarai"):
        with pytest.raises(Problem) as refusal:
            statement(cast[name].actor, "worker", today(), today(), owner=cast["hanako"].id)
        assert refusal.value.code == "not_found"
    assert (
        statement(cast["kancho"].actor, "worker", today(), today(), owner=cast["hanako"].id).closing == 8_580
    )


def test_a_person_without_money_has_an_empty_statement(cast: dict[str, Any]) -> None:
    data = statement(cast["taro"].actor, "worker", today(), today())
    assert (data.lines, data.opening, data.closing) == ((), 0, 0)


@pytest.mark.parametrize(("first", "last"), [(date(2026, 2, 1), date(2026, 1, 1)), (date(2026, 1, 1), date(2027, 1, 2)),
                                             (date(1, 1, 1), date(1, 1, 2)), (date.max, date.max)])  # fmt: skip
def test_a_period_that_is_none_is_refused(cast: dict[str, Any], first: date, last: date) -> None:
    with pytest.raises(Problem) as refusal:
        statement(cast["aoba"].actor, "client", first, last)
    assert refusal.value.code == "bad_period"


def test_the_csv_opens_in_a_spreadsheet_and_its_numbers_are_numbers(
    cast: dict[str, Any], earned: Any
) -> None:
    contract = earned(cast)
    data = statement(cast["hanako"].actor, "worker", today(), today(), titles={contract.id: "紹介文10本"})
    file, rows = statement_csv(data), rows_of(data)
    assert file.content[:3] == b"\xef\xbb\xbf"
    assert rows[0] == ["日付", "案件・契約", "内容", "入", "出", "残高"]
    assert rows[2][1:] == ["紹介文10本", "報酬", "8580", "", "8580"]
    assert rows[-1][1:] == ["", "合計", "8580", "0", "8580"]
    assert rows_of(data, "en")[2][2] == "Earnings"


@pytest.mark.parametrize(
    "title", ["=1+1", "+81", "-1", "@SUM(A1)", "\t=1", "＝1", "　=cmd", '=HYPERLINK("x")']
)
def test_no_title_becomes_a_formula(title: str) -> None:
    line = Line(clock.now(), new_id(), title, "release", 1, 0, 1)
    data = Statement(new_id(), "worker", today(), today(), 0, 1, 1, 0, (line,))
    cell = rows_of(data)[2][1]
    assert cell == f"'{title}"


def test_a_title_without_a_formula_stays_as_it_is() -> None:
    assert "紹介文 (10本) a=b".encode() in table([["紹介文 (10本) a=b", 5]])


def test_every_purpose_has_words_in_both_languages() -> None:
    assert all(row.ja and row.en and len(name) <= 20 for name, row in PURPOSES.items())

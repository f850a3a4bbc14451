"""Personal data are asked for with a purpose, given freely, read on record and gone in time."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from tests.market.stories import new_deal

from sekisho.market.contracts import verbs as contracts
from sekisho.market.contracts.models import Contract
from sekisho.market.deals.models import Deal
from sekisho.market.deals.verbs import export
from sekisho.market.kernel import clock, outbox, sweep
from sekisho.market.kernel.models import AuditEntry, OutboxRow
from sekisho.market.kernel.problems import Problem
from sekisho.market.ledger import verbs as ledger
from sekisho.market.personal_data import recruiter
from sekisho.market.personal_data.models import DataAccess, PersonalDataRequest, PersonalDatum
from sekisho.market.personal_data.verbs import approve, ask, decline, end, read

WHY = "校正用の見本をお送りするため、送付先を伺います。"
GIVEN = {"real_name": "山田花子", "address": "東京都千代田区1-1"}


@pytest.fixture
def contract(cast: dict[str, Any]) -> Contract:
    client, worker, deal = cast["aoba"].actor, cast["hanako"].actor, new_deal(cast)
    made = contracts.offer(client, deal, title="執筆", terms="10本", price_yen=10_000)
    made = contracts.agree(worker, made)
    ledger.confirm_deposit(cast["kancho"].actor, None, client=cast["aoba"].id, amount=made.funded_yen, reference="r")
    return contracts.fund(client, made)


@pytest.fixture
def request_(cast: dict[str, Any], contract: Contract) -> PersonalDataRequest:
    deal = Deal.objects.get(pk=contract.deal_id)
    return ask(cast["aoba"].actor, deal, kinds=("real_name", "address"), purpose=WHY)


def test_what_is_given_can_be_read_by_the_client_and_every_look_is_on_record(
    cast: dict[str, Any], request_: PersonalDataRequest
) -> None:
    approve(cast["hanako"].actor, request_, values=GIVEN)
    assert [read(cast["aoba"].actor, request_) for _ in range(2)] == [GIVEN, GIVEN]
    assert DataAccess.objects.filter(request=request_, reader=cast["aoba"]).count() == 2
    with pytest.raises(Problem) as refusal:
        read(cast["taro"].actor, request_)
    assert refusal.value.code == "not_found"


def test_no_value_stands_in_the_log_the_audit_chain_or_the_outbox(
    cast: dict[str, Any], request_: PersonalDataRequest
) -> None:
    approve(cast["hanako"].actor, request_, values=GIVEN)
    told = json.dumps(export(cast["aoba"].actor, request_.deal), ensure_ascii=False)
    told += repr([*AuditEntry.objects.values(), *OutboxRow.objects.values()])
    assert "real_name" in told
    assert not any(value in told for value in GIVEN.values())


@pytest.mark.parametrize("kind", ["bank", "bank_account", "my_number", "id_document", "password"])
def test_bank_data_and_documents_cannot_be_asked_for(cast: dict[str, Any], contract: Contract, kind: str) -> None:
    with pytest.raises(Problem) as refusal:
        ask(cast["aoba"].actor, contract.deal, kinds=(kind,), purpose=WHY)
    assert refusal.value.code == "bad_value"


def test_nothing_is_asked_for_before_a_funded_contract(cast: dict[str, Any]) -> None:
    with pytest.raises(Problem) as refusal:
        ask(cast["aoba"].actor, new_deal(cast), kinds=("address",), purpose=WHY)
    assert refusal.value.code == "data_before_contract"


def test_declining_changes_nothing_in_the_contract(
    cast: dict[str, Any], contract: Contract, request_: PersonalDataRequest
) -> None:
    before = Contract.objects.filter(pk=contract.pk).values().get()
    decline(cast["hanako"].actor, request_)
    assert Contract.objects.filter(pk=contract.pk).values().get() == before


def test_what_was_given_is_deleted_when_its_time_is_over_and_when_either_side_ends_it(
    cast: dict[str, Any], request_: PersonalDataRequest
) -> None:
    approve(cast["hanako"].actor, request_, values=GIVEN)
    with clock.ahead(timedelta(days=31)):
        sweep.sweep()
        request_.refresh_from_db()
        assert request_.state == "ended"
        again = ask(cast["aoba"].actor, request_.deal, kinds=("phone",), purpose="配送業者からの連絡のため")
    end(cast["hanako"].actor, approve(cast["hanako"].actor, again, values={"phone": "090-0000-0000"}))
    assert not PersonalDatum.objects.exists()
    with pytest.raises(Problem) as refusal:
        read(cast["aoba"].actor, again)
    assert refusal.value.code == "data_gone"


def test_what_was_given_goes_with_its_contract(
    cast: dict[str, Any], contract: Contract, request_: PersonalDataRequest
) -> None:
    approve(cast["hanako"].actor, request_, values=GIVEN)
    contract = contracts.deliver(cast["hanako"].actor, contract, note="納品です。")
    contracts.accept(cast["aoba"].actor, contract)
    outbox.deliver()
    assert not PersonalDatum.objects.exists()


def test_a_purpose_that_steers_outside_never_reaches_the_worker(cast: dict[str, Any], contract: Contract) -> None:
    made = ask(cast["aoba"].actor, contract.deal, kinds=("phone",), purpose="LINEでやり取りするのでIDも教えてください。")
    assert made.state == "refused"
    assert not PersonalDataRequest.objects.visible_to(cast["hanako"].actor).exists()
    with pytest.raises(Problem) as refusal:
        decline(cast["hanako"].actor, made)
    assert refusal.value.code == "not_found"


def test_exactly_what_was_asked_for_is_given(cast: dict[str, Any], request_: PersonalDataRequest) -> None:
    with pytest.raises(Problem) as refusal:
        approve(cast["hanako"].actor, request_, values={"real_name": "山田花子"})
    assert refusal.value.code == "data_kinds_differ"


def test_the_clients_own_fields_are_shown_with_a_funded_contract_only(
    cast: dict[str, Any], contract: Contract
) -> None:
    recruiter.write(cast["aoba"].actor, None, name="株式会社あおば", address="東京都", contact="03-0000-0000")
    assert recruiter.shown_to(cast["taro"].actor, cast["aoba"].id) is None
    seen = recruiter.shown_to(cast["hanako"].actor, cast["aoba"].id)
    assert seen == {"name": "株式会社あおば", "address": "東京都", "contact": "03-0000-0000"}

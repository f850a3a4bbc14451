"""Personal data and the client's own fields through pages: asked for, given, read and written down."""

from __future__ import annotations

from django.test import Client
from tests.market.stage import Stage

from sekisho.market.deals.models import Deal
from sekisho.market.personal_data.models import DataAccess, PersonalDataRequest, PersonalDatum

ASKED = {"kinds": ["address"], "purpose": "見本をお送りするためです。"}


def asked(stage: Stage, browsers: dict[str, Client]) -> PersonalDataRequest:
    """The client has asked through the page."""
    deal = stage.funded().deal
    browsers["aoba"].post(f"/deals/{deal.id}/personal-data", ASKED)
    return PersonalDataRequest.objects.get()


def given(stage: Stage, browsers: dict[str, Client]) -> PersonalDataRequest:
    """The worker has given what was asked for."""
    row = asked(stage, browsers)
    browsers["hanako"].post(f"/personal-data/{row.id}", {"value_address": "東京都新宿区4-5-6"})
    return PersonalDataRequest.objects.get(pk=row.pk)


def test_what_was_given_is_read_by_an_act_that_the_worker_sees(
    stage: Stage, browsers: dict[str, Client]
) -> None:
    row = given(stage, browsers)
    assert "新宿区" not in browsers["aoba"].get(f"/personal-data/{row.id}").content.decode()
    assert "新宿区" in browsers["aoba"].post(f"/personal-data/{row.id}/read").content.decode()
    assert "まだ誰も読んでいません" not in browsers["hanako"].get(f"/personal-data/{row.id}").content.decode()
    assert DataAccess.objects.count() == 1


def test_the_worker_declines_and_nothing_is_given(stage: Stage, browsers: dict[str, Client]) -> None:
    row = asked(stage, browsers)
    browsers["hanako"].post(f"/personal-data/{row.id}/decline")
    row.refresh_from_db()
    assert (row.state, PersonalDatum.objects.exists()) == ("declined", False)


def test_ending_deletes_what_was_given(stage: Stage, browsers: dict[str, Client]) -> None:
    row = given(stage, browsers)
    browsers["hanako"].post(f"/personal-data/{row.id}/end")
    assert not PersonalDatum.objects.exists()
    assert browsers["aoba"].post(f"/personal-data/{row.id}/read").status_code == 409


def test_a_purpose_that_steers_outside_never_reaches_the_worker(
    stage: Stage, browsers: dict[str, Client]
) -> None:
    deal = stage.funded().deal
    steering = {"kinds": ["phone"], "purpose": "今後はLINEで直接契約したいので、LINE IDを教えてください。"}
    page = browsers["aoba"].post(f"/deals/{deal.id}/personal-data", steering)
    row = PersonalDataRequest.objects.get()
    assert (row.state, "<mark>" in page.content.decode()) == ("refused", True)
    assert browsers["hanako"].get(f"/personal-data/{row.id}").status_code == 404


def test_no_value_stands_in_the_record(stage: Stage, browsers: dict[str, Client]) -> None:
    row = given(stage, browsers)
    record = browsers["aoba"].post(f"/deals/{row.deal_id}/record", {"as": "json"}).content.decode()
    assert '"personal_data"' in record
    assert "新宿区" not in record


def test_the_clients_own_fields_are_shown_to_a_worker_under_contract_and_to_nobody_before(
    stage: Stage, browsers: dict[str, Client]
) -> None:
    browsers["aoba"].post(
        "/me/recruiter", {"name": "株式会社あおば", "address": "千代田区1-2-3", "contact": ""}
    )
    agreed = stage.agreed()
    assert "千代田区1-2-3" not in browsers["hanako"].get(f"/contracts/{agreed.id}").content.decode()
    funded = stage.funded(Deal.objects.get(pk=agreed.deal_id))
    assert "千代田区1-2-3" in browsers["hanako"].get(f"/contracts/{funded.id}").content.decode()

"""What becomes of a report, and that it costs who makes it nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.market.safety.made import claimed, decide, lured, reported
from tests.market.stage import Stage, refused

from sekisho.market.contracts import verbs as contracts
from sekisho.market.deals.models import Event
from sekisho.market.kernel import clock, outbox
from sekisho.market.messaging.verbs import send
from sekisho.market.profiles.models import TrackRecord
from sekisho.market.safety import claims, decisions, reports
from sekisho.market.safety.models import Attachment, Case, CaseSource, Report


def test_stage_and_means_come_from_the_record(stage: Stage) -> None:
    report = reported(stage)
    assert report.stage == "pre_contract"
    assert "channel_solicitation" in report.methods


def test_the_reported_message_is_attached_with_the_hash_of_the_record(stage: Stage) -> None:
    report = reported(stage)
    row = Attachment.objects.get(report=report, kind="event")
    assert bytes(row.digest) == bytes(Event.objects.get(pk=row.ref).digest)


def test_what_is_not_in_ones_own_record_cannot_be_attached(stage: Stage) -> None:
    message = lured(stage)
    other = stage.disputed().contract.deal
    event = Event.objects.filter(deal=other).first()
    assert event is not None
    with refused("not_attachable"):
        reports.file(stage.worker, None, about="message", about_id=message.id, category="other", events=[event.id])


def test_nobody_reports_what_he_does_not_see(stage: Stage) -> None:
    message = lured(stage)
    with refused("not_found"):
        reports.file(stage.stranger, None, about="message", about_id=message.id, category="other")


def test_nobody_reports_himself(stage: Stage) -> None:
    message = lured(stage)
    with refused("own_report"):
        reports.file(stage.client, None, about="message", about_id=message.id, category="other")


@pytest.mark.parametrize("about", ["job", "profile", "deal", "contract", "contact_request"])
def test_everything_the_other_side_wrote_can_be_reported(stage: Stage, about: str) -> None:
    contract = stage.funded()
    things = {
        "job": lambda: stage.job().id, "profile": lambda: stage.cast["aoba"].id, "deal": lambda: contract.deal_id,
        "contract": lambda: contract.id, "contact_request": lambda: stage.asked(contract.deal).id,
    }  # fmt: skip
    report = reports.file(stage.worker, None, about=about, about_id=things[about](), category="other")
    assert report.subject_id == stage.cast["aoba"].id
    assert report.case is not None


def test_many_reports_of_one_matter_are_one_case(stage: Stage) -> None:
    job = stage.job()
    for reporter in (stage.worker, stage.stranger):
        reports.file(reporter, None, about="job", about_id=job.id, category="too_good_pay")
    case = Case.objects.get(subject=stage.cast["aoba"], matter=job.id)
    assert {"code": "reporters", "points": 16, "count": 2} in case.reasons


def test_reporting_the_same_once_more_joins_the_first_report(stage: Stage) -> None:
    message = lured(stage)
    first, second = (
        reports.file(stage.worker, None, about="message", about_id=message.id, category="other") for _ in range(2)
    )
    assert second.state == "merged"
    assert second.merged_into == first


def test_a_withdrawn_report_leaves_a_case_that_has_nothing_else_empty(stage: Stage) -> None:
    job = stage.job()
    report = reports.file(stage.worker, None, about="job", about_id=job.id, category="vague_posting")
    reports.withdraw(stage.worker, report)
    assert Case.objects.get(matter=job.id).state == "cleared"


def test_harm_that_has_been_done_goes_first(stage: Stage) -> None:
    grave = reports.file(stage.worker, None, about="job", about_id=stage.job().id, category="vague_posting", gave=["money"])
    light = reports.file(stage.worker, None, about="job", about_id=stage.job().id, category="channel_solicitation")
    assert grave.case is not None
    assert light.case is not None
    grave.case.refresh_from_db()
    assert grave.case.rank > light.case.rank
    assert next(iter(Case.objects.all().queue())) == grave.case


def test_harm_that_has_been_done_goes_before_lighter_cases_that_wait_for_weeks(stage: Stage) -> None:
    light = reports.file(stage.worker, None, about="job", about_id=stage.job().id, category="contact_disclosure")
    with clock.ahead(timedelta(days=14)):
        grave = reports.file(
            stage.worker, None, about="job", about_id=stage.job().id, category="direct_payment", gave=["email"]
        )
    assert list(Case.objects.all().queue()) == [grave.case, light.case]


def test_a_light_case_that_waits_comes_before_a_new_one_of_its_kind(stage: Stage) -> None:
    old = reports.file(stage.worker, None, about="job", about_id=stage.job().id, category="other")
    with clock.ahead(timedelta(days=1)):
        new = reports.file(stage.worker, None, about="job", about_id=stage.job().id, category="other")
    assert list(Case.objects.all().queue()) == [old.case, new.case]


def test_reporting_costs_neither_a_strike_nor_the_completion_rate(stage: Stage) -> None:
    before = TrackRecord.objects.filter(account=stage.cast["hanako"]).values().first()
    decide(stage, claimed(stage, answered=True, gave=["phone", "bank"]))
    assert decisions.strikes(stage.cast["hanako"]) == 0
    assert TrackRecord.objects.filter(account=stage.cast["hanako"]).values().first() == before


def test_what_she_answered_to_a_lure_opens_no_case_against_her(stage: Stage) -> None:
    deal = stage.deal()
    lured(stage, deal)
    send(stage.worker, deal, text="わかりました。LINEのIDは hanako_0301 です。追加してください。")
    outbox.deliver(1000)
    assert not CaseSource.objects.filter(case__subject=stage.cast["hanako"]).exists()


def test_who_only_answered_is_not_sanctioned_even_if_she_is_reported(stage: Stage) -> None:
    deal = stage.deal()
    lured(stage, deal)
    send(stage.worker, deal, text="わかりました。LINEのIDは hanako_0301 です。追加してください。")
    report = reports.file(stage.client, None, about="deal", about_id=deal.id, category="contact_disclosure")
    assert report.case is not None
    case = claims.claim(stage.moderator, report.case)
    assert decisions.proposal(case)["why"] == "victim"
    with refused("victim"):
        decide(stage, case)


def test_a_client_who_ends_the_contract_after_a_refusal_adds_to_his_case(stage: Stage) -> None:
    deal = stage.deal()
    contract = stage.agreed(deal)
    lured(stage, deal)
    send(stage.worker, deal, text="申し訳ありませんが、このサイト上でのやり取りを希望します。LINEは使いません。")
    contracts.cancel(stage.client, contract, because="やはり他の方にお願いします。")
    outbox.deliver(1000)
    ending = CaseSource.objects.get(kind="ending")
    assert ending.case == CaseSource.objects.get(kind="finding").case


def test_a_dismissed_report_tells_its_reporter_only_that_nothing_was_found(stage: Stage) -> None:
    case = claimed(stage)
    decisions.make(
        stage.moderator, case, breach=False, rule="other", public_reason="違反は確認できませんでした。"
    )
    assert Report.objects.get().state == "dismissed"

"""What a decision does, whom it needs, and that an upheld appeal undoes it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.market.safety.made import WARNING, acting, claimed, decide, lured, reported, standing
from tests.market.stage import LURE, Stage, later, refused

from sekisho.market.contact_requests.verbs import approve
from sekisho.market.contracts import verbs as contracts
from sekisho.market.contracts.models import Contract
from sekisho.market.jobs.models import Job
from sekisho.market.kernel import clock
from sekisho.market.ledger.models import Transfer
from sekisho.market.messaging.verbs import send
from sekisho.market.people.models import Account
from sekisho.market.safety import appeals, claims, decisions
from sekisho.market.safety.models import Case, Claim, Decision, Sanction, Strike


def test_who_has_not_claimed_the_case_does_not_decide_it(stage: Stage) -> None:
    case = reported(stage).case
    assert case is not None
    with refused("not_claimed"):
        decide(stage, case)


def test_a_claim_ends_by_itself_and_the_case_is_free_again(stage: Stage) -> None:
    case = claimed(stage)
    with refused("claimed"):
        claims.claim(stage.operator, case)
    with clock.ahead(timedelta(minutes=31)):
        with refused("not_claimed"):
            decide(stage, case)
        claims.claim(stage.operator, case)
    assert list(Claim.objects.order_by("at").values_list("how", flat=True)) == ["claim", "lapse", "claim"]


def test_who_is_part_of_the_matter_does_not_work_on_its_case(stage: Stage) -> None:
    for name in ("hanako", "aoba"):
        Account.objects.filter(pk=stage.cast[name].pk).update(is_moderator=True)
    case = reported(stage).case
    assert case is not None
    for name in ("hanako", "aoba"):
        with refused("barred"):
            claims.claim(acting(stage, name), case)
    assert not Case.objects.visible_to(acting(stage, "aoba")).filter(pk=case.pk).exists()


def test_one_offence_is_one_strike_however_many_measures(stage: Stage) -> None:
    job = stage.job()
    decide(stage, claimed(stage), WARNING, {"kind": "remove", "thing": "job", "thing_id": str(job.id)})
    assert Strike.objects.count() == 1
    assert Job.objects.get(pk=job.pk).state == "removed"


def test_a_strike_counts_no_more_when_it_has_expired(stage: Stage) -> None:
    decide(stage, claimed(stage))
    assert decisions.strikes(stage.cast["aoba"]) == 1
    with clock.ahead(timedelta(days=366)):
        assert decisions.strikes(stage.cast["aoba"]) == 0


def test_the_ladder_goes_from_warning_to_suspension_to_ban(stage: Stage) -> None:
    proposed = []
    for _ in range(4):
        case = claimed(stage)
        proposed.append((decisions.proposal(case)["kind"], decisions.proposal(case)["days"]))
        decide(stage, case)
    assert proposed == [("warning", None), ("suspension", 7), ("suspension", 30), ("ban", None)]


def test_a_ban_waits_for_a_second_person(stage: Stage) -> None:
    decision = decide(stage, claimed(stage), {"kind": "ban"})
    assert decision.state == "proposed"
    assert standing(stage) == "good"
    with refused("not_yours"):
        decisions.confirm(stage.moderator, decision)
    decisions.confirm(stage.operator, decision)
    assert standing(stage) == "banned"


def test_what_the_second_person_does_not_confirm_never_happens(stage: Stage) -> None:
    decision = decide(stage, claimed(stage), {"kind": "ban"})
    decisions.reject(stage.operator, decision, because="証拠が足りません。")
    assert standing(stage) == "good"
    assert Case.objects.get().state == "open"
    assert not Strike.objects.exists()


def test_a_house_of_one_waits_a_day_and_says_so(stage: Stage) -> None:
    Account.objects.filter(pk=stage.cast["kancho"].pk).update(is_operator=False, is_moderator=False)
    decision = decide(stage, claimed(stage), {"kind": "ban"})
    assert decision.alone
    later(hours=25)
    decision = Decision.objects.get()
    assert decision.state == "done"
    assert standing(stage) == "banned"
    assert "24時間" in decision.reasons.content["second_person"]


def test_grave_measures_need_a_note_for_the_house(stage: Stage) -> None:
    case = claimed(stage)
    with refused("blank"):
        decide(stage, case, {"kind": "suspension", "days": 7}, private_note="")
    with refused("blank"):
        decide(stage, case, public_reason=" ")
    assert not Decision.objects.exists()
    assert standing(stage) == "good"


def test_a_measure_touches_only_what_belongs_to_the_account(stage: Stage) -> None:
    contract = stage.funded()
    message = send(stage.worker, contract.deal, text="こんにちは。よろしくお願いいたします。")
    with refused("measure_elsewhere"):
        decide(stage, claimed(stage), {"kind": "withhold", "thing": "message", "thing_id": str(message.id)})


def test_without_a_breach_nobody_is_sanctioned(stage: Stage) -> None:
    with refused("no_breach_no_sanction"):
        decide(stage, claimed(stage), breach=False)


@pytest.mark.parametrize("kind", ["suspension", "ban"])
def test_a_suspension_or_ban_moves_no_money_and_ends_no_contract(stage: Stage, kind: str) -> None:
    contract = stage.delivered()
    before = Transfer.objects.count()
    _sanctioned(stage, kind)
    contract.refresh_from_db()
    assert (contract.state, Transfer.objects.count()) == ("delivered", before)


def _sanctioned(stage: Stage, kind: str) -> Decision:
    order: dict[str, Any] = {"kind": kind} | ({"days": 7} if kind == "suspension" else {})
    decision = decide(stage, claimed(stage), order)
    return decisions.confirm(stage.operator, decision) if kind == "ban" else decision


def test_a_suspended_client_still_pays_by_silence(stage: Stage) -> None:
    contract = stage.delivered()
    _sanctioned(stage, "suspension")
    later(days=15)
    assert Contract.objects.get(pk=contract.pk).state == "completed"


def test_open_jobs_are_out_of_sight_while_a_suspension_holds(stage: Stage) -> None:
    job = stage.job()
    _sanctioned(stage, "suspension")
    assert not Job.objects.visible_to(stage.stranger).filter(pk=job.pk).exists()
    later(days=8)
    assert Job.objects.visible_to(stage.stranger).filter(pk=job.pk).exists()
    assert standing(stage) == "good"
    assert Sanction.objects.get().state == "expired"


def test_of_two_sanctions_the_graver_holds_and_the_lighter_remains(stage: Stage) -> None:
    job = stage.job()
    first = _sanctioned(stage, "suspension")
    _sanctioned(stage, "ban")
    assert standing(stage) == "banned"
    ban = Decision.objects.exclude(pk=first.pk).get()
    appeals.uphold(_third(stage), appeals.file(acting(stage), ban, text="誤りです。"), because="証拠が別人のものでした。")
    assert standing(stage) == "suspended"
    assert Job.objects.get(pk=job.pk).state == "paused"


def _third(stage: Stage) -> Any:
    """Somebody of the house who had no part in anything."""
    account = Account.objects.create_user(
        email="daisan@example.jp", display_name="第三 三郎", is_moderator=True, is_worker=False
    )
    return account.actor


def test_outside_contact_rests_while_a_suspension_holds(stage: Stage) -> None:
    contract = stage.funded()
    request = stage.approved(contract.deal, "chatwork")
    _sanctioned(stage, "suspension")
    request.refresh_from_db()
    contract.deal.refresh_from_db()
    assert request.state == "paused"
    assert contract.deal.approved_tools == []
    later(days=8)
    request.refresh_from_db()
    contract.deal.refresh_from_db()
    assert request.state == "approved"
    assert contract.deal.approved_tools == ["chatwork"]


def test_what_a_suspended_client_asked_before_can_be_declined_but_not_approved(stage: Stage) -> None:
    request = stage.asked(stage.funded().deal)
    _sanctioned(stage, "suspension")
    with refused("asker_restricted"):
        approve(stage.worker, request)


def test_a_frozen_side_moves_nothing_to_its_own_good_and_may_still_pay(stage: Stage) -> None:
    contract = stage.delivered()
    lured(stage, contract.deal)
    case = claims.claim(stage.moderator, Case.objects.get())
    decide(stage, case, {"kind": "freeze", "thing": "contract", "thing_id": str(contract.id)})
    contract.refresh_from_db()
    with refused("frozen"):
        contracts.send_back(stage.client, contract, because="やり直してください。")
    assert contracts.accept(stage.client, contract).state == "completed"


def test_a_freeze_stops_the_timer_that_favours_the_frozen_side_only(stage: Stage) -> None:
    contract = stage.delivered()
    lured(stage, contract.deal)
    case = claims.claim(stage.moderator, Case.objects.get())
    decide(stage, case, {"kind": "freeze", "thing": "contract", "thing_id": str(contract.id)})
    later(days=15)
    assert Contract.objects.get(pk=contract.pk).state == "completed"


def test_the_statement_names_rule_facts_origin_means_and_redress(stage: Stage) -> None:
    content = decide(stage, claimed(stage)).reasons.content
    for field in ("measures", "territorial_scope", "facts", "rule", "ground", "origin", "automated_means", "redress"):
        assert content[field]


def test_a_removed_job_is_back_after_an_upheld_appeal(stage: Stage) -> None:
    job = stage.job()
    decision = decide(stage, claimed(stage), {"kind": "remove", "thing": "job", "thing_id": str(job.id)})
    appeals.uphold(stage.operator, appeals.file(acting(stage), decision, text="誤りです。"), because="規約の範囲内でした。")
    assert Job.objects.get(pk=job.pk).state == "open"


def test_a_withheld_message_is_delivered_after_an_upheld_appeal(stage: Stage) -> None:
    deal = stage.deal()
    message = send(stage.client, deal, text="手数料を節約するため、報酬を直接お振り込みします。口座番号を教えてください。" + LURE)
    if message.state != "held":
        type(message).objects.filter(pk=message.pk).update(state="held", held_at=clock.now())
    case = claimed(stage)
    decision = decide(stage, case, {"kind": "withhold", "thing": "message", "thing_id": str(message.id)})
    appeals.uphold(stage.operator, appeals.file(acting(stage), decision, text="誤りです。"), because="届けて差し支えありません。")
    message.refresh_from_db()
    assert message.state == "delivered"


def test_an_appeal_has_its_time(stage: Stage) -> None:
    decision = decide(stage, claimed(stage))
    with clock.ahead(timedelta(days=15)), refused("appeal_late"):
        appeals.file(acting(stage), decision, text="遅れましたが。")


def test_a_banned_person_appeals_by_a_signed_link(stage: Stage) -> None:
    decision = _sanctioned(stage, "ban")
    actor, found = appeals.by_link(appeals.link(decision))
    assert appeals.file(actor, found, text="誤解です。").state == "filed"


def test_an_appeal_nobody_decides_escalates(stage: Stage) -> None:
    appeal = appeals.file(acting(stage), decide(stage, claimed(stage)), text="誤解です。")
    later(days=8)
    appeal.refresh_from_db()
    assert (appeal.state, appeal.escalated) == ("filed", 1)


def test_a_reporter_may_ask_that_it_be_looked_at_again(stage: Stage) -> None:
    case = claimed(stage)
    decisions.make(stage.moderator, case, breach=False, rule="other", public_reason="違反は確認できませんでした。")
    report = case.reports.get()
    appeal = appeals.file(stage.worker, report, text="前後のメッセージもご覧ください。")
    appeals.uphold(stage.operator, appeal, because="見落としがありました。")
    report.refresh_from_db()
    case.refresh_from_db()
    assert (report.state, case.state) == ("received", "open")

"""Applications and invitations."""

from __future__ import annotations

from tests.market.stage import Stage, later, refused

from sekisho.market.deals.models import Deal
from sekisho.market.jobs import applications, invitations
from sekisho.market.jobs import verbs as jobs
from sekisho.market.jobs.models import Application, Invitation
from sekisho.market.people.verbs import block

HELLO = "通販の紹介文を50本ほど書いてきました。よろしくお願いします。"
LURING = "LINEのほうが早いので、LINE IDはhanako_2024です。そちらにご連絡ください。"


def test_a_clear_application_reaches_its_client_and_stands_in_the_deal(stage: Stage) -> None:
    application = jobs.apply(stage.worker, stage.job(), text=HELLO)
    assert (application.state, application.warned, application.deal.length) == ("submitted", False, 2)
    assert Application.objects.visible_to(stage.client).count() == 1


def test_an_application_that_solicits_is_returned_and_kept_and_the_client_sees_nothing(stage: Stage) -> None:
    application = jobs.apply(stage.worker, stage.job(), text=LURING)
    assert (application.state, application.judgement.verdict) == ("returned", "violation")
    assert not Application.objects.visible_to(stage.client).exists()
    assert not Deal.objects.exists()
    with refused("not_found"):
        jobs.choose(stage.client, application)


def test_after_a_returned_attempt_one_may_apply_anew_and_every_attempt_is_kept(stage: Stage) -> None:
    job = stage.job()
    jobs.apply(stage.worker, job, text=LURING)
    assert jobs.apply(stage.worker, job, text=HELLO).state == "submitted"
    assert Application.objects.count() == 2
    with refused("applied_already"):
        jobs.apply(stage.worker, job, text=HELLO)


def test_the_third_attempt_at_the_same_is_held(stage: Stage) -> None:
    job = stage.job()
    states = [jobs.apply(stage.worker, job, text=LURING).state for _ in range(3)]
    assert states == ["returned", "returned", "held"]


def test_a_held_application_waits_for_a_moderator_and_then_stands_in_the_deal(stage: Stage) -> None:
    held = jobs.apply(
        stage.worker, stage.job(), text="手数料がもったいないので、報酬は口座に直接振り込んでください。"
    )
    assert held.state == "held"
    later(days=2)
    held.refresh_from_db()
    assert (held.state, held.deal) == ("held", None)
    released = applications.release(stage.moderator, held)
    assert (released.state, released.deal.length) == ("submitted", 2)


def test_a_withheld_application_is_told_why_and_another_may_follow(stage: Stage) -> None:
    job = stage.job()
    held = jobs.apply(
        stage.worker, job, text="手数料がもったいないので、報酬は口座に直接振り込んでください。"
    )
    applications.withhold(stage.moderator, held, because="外部での支払いの話です。")
    assert jobs.apply(stage.worker, job, text=HELLO).state == "submitted"


def test_every_screening_question_is_answered_and_the_answers_keep_their_questions(stage: Stage) -> None:
    job = stage.job(questions=("経験は何年ですか。", "いつから始められますか。"))
    with refused("unanswered"):
        jobs.apply(stage.worker, job, text=HELLO, answers=("3年です。",))
    application = jobs.apply(stage.worker, job, text=HELLO, answers=("3年です。", "来週からです。"))
    assert application.answers[1] == {"question": "いつから始められますか。", "answer": "来週からです。"}


def test_a_solicitation_in_an_answer_is_seen(stage: Stage) -> None:
    job = stage.job(questions=("連絡の取れる時間帯はいつですか。",))
    assert jobs.apply(stage.worker, job, text=HELLO, answers=(LURING,)).state == "returned"


def test_an_invitation_reaches_the_worker_and_is_taken_up_by_applying(stage: Stage) -> None:
    job = stage.job()
    invitation = invitations.invite(stage.client, job, worker=stage.cast["hanako"])
    assert Invitation.objects.visible_to(stage.worker).count() == 1
    jobs.apply(stage.worker, job, text=HELLO)
    invitation.refresh_from_db()
    assert invitation.state == "taken_up"


def test_between_blocked_people_an_invitation_silently_does_nothing(stage: Stage) -> None:
    job = stage.job()
    block(stage.worker, stage.cast["aoba"])
    invitation = invitations.invite(stage.client, job, worker=stage.cast["hanako"])
    assert invitation.shown_state == "sent"
    assert not Invitation.objects.visible_to(stage.worker).exists()
    with refused("not_found"):
        invitations.decline(stage.worker, invitation)
    assert Invitation.objects.visible_to(stage.client).count() == 1


def test_nobody_is_invited_twice_or_to_a_closed_job(stage: Stage) -> None:
    job = stage.job()
    invitations.invite(stage.client, job, worker=stage.cast["hanako"])
    with refused("invited_already"):
        invitations.invite(stage.client, job, worker=stage.cast["hanako"])
    with refused("not_from_here"):
        invitations.invite(stage.client, jobs.close(stage.client, job), worker=stage.cast["taro"])

"""Postings: screening, edits, closing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.market.stage import LURE, POSTING, Stage, later, refused

from sekisho.market.jobs import verbs as jobs
from sekisho.market.jobs.models import Job, Revision
from sekisho.market.kernel import clock

BAD = POSTING | {"body": f"簡単な作業です。{LURE}"}


def test_a_clear_posting_opens_at_once(stage: Stage) -> None:
    assert stage.job().state == "open"


def test_a_posting_that_solicits_waits_for_a_person_and_never_opens_by_silence(stage: Stage) -> None:
    job = jobs.submit(stage.client, jobs.draft(stage.client, None, **BAD))
    later(days=3)
    assert Job.objects.get(pk=job.pk).state == "screening"
    assert not Job.objects.visible_to(stage.worker).exists()


def test_a_question_that_solicits_is_seen_too(stage: Stage) -> None:
    job = jobs.submit(stage.client, jobs.draft(stage.client, None, **POSTING, questions=(LURE,)))
    assert job.state == "screening"


def test_a_moderator_sends_back_or_removes_with_a_reason_its_client_reads(stage: Stage) -> None:
    job = jobs.submit(stage.client, jobs.draft(stage.client, None, **BAD))
    with refused("blank"):
        jobs.send_back(stage.moderator, job, because=" ")
    job = jobs.send_back(stage.moderator, job, because="LINEへの誘導を削ってください。")
    assert (job.state, job.because) == ("draft", "LINEへの誘導を削ってください。")
    job = jobs.edit(stage.client, job, **POSTING)
    assert jobs.submit(stage.client, job).state == "open"
    assert jobs.remove(stage.moderator, job, because="重複した案件です。").state == "removed"


def test_a_clear_edit_of_an_open_job_shows_at_once(stage: Stage) -> None:
    job = jobs.edit(stage.client, stage.job(), **POSTING | {"title": "商品紹介文のライティング 12本"})
    assert (job.state, job.title) == ("open", "商品紹介文のライティング 12本")


def test_until_an_edit_is_looked_at_the_text_before_it_stays_shown(stage: Stage) -> None:
    job = jobs.edit(stage.client, stage.job(), **BAD)
    shown = Job.objects.visible_to(stage.worker).get()
    assert (shown.pk, shown.body) == (job.pk, POSTING["body"])
    revision = Revision.objects.get()
    assert (revision.state, revision.judgement.verdict) == ("held", "violation")
    assert not Revision.objects.visible_to(stage.worker).exists()


def test_an_edit_a_moderator_lets_pass_shows_and_one_sent_back_does_not(stage: Stage) -> None:
    first, second = stage.job(), stage.job()
    jobs.edit(stage.client, first, **BAD)
    jobs.edit(stage.client, second, **BAD)
    jobs.publish_revision(stage.moderator, Revision.objects.get(job=first))
    sent = jobs.send_back_revision(stage.moderator, Revision.objects.get(job=second), because="誘導です。")
    assert Job.objects.get(pk=first.pk).body == BAD["body"]
    assert (Job.objects.get(pk=second.pk).body, sent.because) == (POSTING["body"], "誘導です。")


def test_another_edit_takes_the_place_of_the_one_that_waits(stage: Stage) -> None:
    job = jobs.edit(stage.client, stage.job(), **BAD)
    jobs.edit(stage.client, job, **POSTING | {"title": "商品紹介文 20本"})
    assert Revision.objects.order_by("at").first().state == "dropped"  # type: ignore[union-attr]
    assert Job.objects.get(pk=job.pk).title == "商品紹介文 20本"


def test_a_closed_job_drops_its_waiting_edit(stage: Stage) -> None:
    job = jobs.edit(stage.client, stage.job(), **BAD)
    jobs.close(stage.client, job)
    assert Revision.objects.get().state == "dropped"


def test_a_job_closes_when_its_last_day_is_over(stage: Stage) -> None:
    job = stage.job(closes_on=(clock.now() + timedelta(days=3)).date())
    later(days=2)
    assert Job.objects.get(pk=job.pk).state == "open"
    later(days=5)
    assert Job.objects.get(pk=job.pk).state == "closed"


def test_a_last_day_in_the_past_is_refused(stage: Stage) -> None:
    with refused("past_date"):
        stage.job(closes_on=(clock.now() - timedelta(days=2)).date())


@pytest.mark.parametrize("count", [6, 50])
def test_at_most_five_questions_are_asked(stage: Stage, count: int) -> None:
    with refused("too_many_questions"):
        stage.job(questions=("経験はありますか。",) * count)


def test_a_client_takes_a_posting_out_of_screening(stage: Stage) -> None:
    job = jobs.submit(stage.client, jobs.draft(stage.client, None, **BAD))
    assert jobs.take_back(stage.client, job).state == "draft"


def test_nobody_of_the_house_lets_his_own_posting_pass(stage: Stage) -> None:
    job = jobs.submit(stage.client, jobs.draft(stage.client, None, **BAD))
    stage.cast["aoba"].is_moderator = True
    with refused("own_text"):
        jobs.publish(stage.cast["aoba"].actor, job)

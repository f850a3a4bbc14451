"""What is open is judged by a pack: first a list; told on confirmation; never taken down by it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.market.judging.packs_stage import mild, strict, version
from tests.market.stage import LURE, POSTING, Stage, refused

from sekisho.market.jobs import verbs as jobs
from sekisho.market.jobs.models import Job
from sekisho.market.judging import packs, rescans
from sekisho.market.judging.models import Judgement, PackVersion, Rescan
from sekisho.market.judging.policy import policy
from sekisho.market.kernel import outbox
from sekisho.market.kernel.outbox import HANDLERS


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What rooms above are told."""
    rows: list[dict[str, Any]] = []
    monkeypatch.setitem(HANDLERS, "judging.rescanned", {"test": rows.append})
    return rows


def went_live(stage: Stage, pack: str) -> PackVersion:
    """A pack made live."""
    shown = packs.shadow(stage.operator, version(stage.operator, pack))
    return packs.go_live(stage.operator, shown, because="公開します", untested="判定した文がまだないため")


def scanned(stage: Stage, pack: PackVersion) -> Rescan:
    """A rescan with its list."""
    rescan = rescans.ask(stage.operator, pack)
    outbox.deliver(500)
    rescan.refresh_from_db()
    return rescan


def lure_under_a_mild_pack(stage: Stage, folder: Path) -> Job:
    """An open job that the standard pack would not have opened."""
    went_live(stage, mild(folder))
    job = stage.job(body=f"{POSTING['body']}{LURE}")
    assert job.state == "open"
    return job


def test_the_list_names_what_would_not_be_opened_today_and_tells_nobody(
    stage: Stage, tmp_path: Path, told: list[dict[str, Any]]
) -> None:
    job = lure_under_a_mild_pack(stage, tmp_path)
    stage.job()
    rescan = scanned(stage, version(stage.operator, strict(tmp_path)))
    assert (rescan.state, rescan.count, rescan.total) == ("previewed", 2, 2)
    assert [(f.subject, f.verdict) for f in rescan.findings.all()] == [(job.id, "violation")]
    assert told == []
    assert Job.objects.filter(state="open").count() == 2


def test_confirmed_it_is_told_with_a_judgement_and_the_job_stays_open(
    stage: Stage, tmp_path: Path, told: list[dict[str, Any]]
) -> None:
    job = lure_under_a_mild_pack(stage, tmp_path)
    rescan = scanned(stage, went_live(stage, strict(tmp_path)))
    rescans.confirm(stage.operator, rescan)
    outbox.deliver(500)
    rescan.refresh_from_db()
    job.refresh_from_db()
    assert (rescan.state, job.state) == ("told", "open")
    (word,) = told
    judgement = Judgement.objects.get(pk=word["judgement"])
    assert (word["kind"], word["subject"], word["account"]) == ("job", str(job.id), str(job.client_id))
    assert (judgement.subject, judgement.verdict, judgement.pack) == (
        job.id,
        "violation",
        rescan.version.pack,
    )


def test_only_the_live_packs_list_can_be_confirmed(stage: Stage, tmp_path: Path) -> None:
    lure_under_a_mild_pack(stage, tmp_path)
    rescan = scanned(stage, version(stage.operator, strict(tmp_path)))
    with refused("not_live"):
        rescans.confirm(stage.operator, rescan)
    assert rescans.drop(stage.operator, rescan).state == "dropped"


def test_what_was_closed_meanwhile_is_not_told(
    stage: Stage, tmp_path: Path, told: list[dict[str, Any]]
) -> None:
    job = lure_under_a_mild_pack(stage, tmp_path)
    rescan = scanned(stage, went_live(stage, strict(tmp_path)))
    jobs.close(stage.client, job)
    rescans.confirm(stage.operator, rescan)
    outbox.deliver(500)
    assert told == []
    assert rescan.findings.get().gone


def test_what_a_moderator_has_let_pass_is_not_found_again(stage: Stage, tmp_path: Path) -> None:
    job = stage.job(body=f"{POSTING['body']}{LURE}")
    assert job.state == "screening"
    jobs.publish(stage.moderator, job, because="問題ありません。")
    assert not scanned(stage, version(stage.operator, strict(tmp_path))).findings.exists()


def test_a_pack_that_would_find_nearly_everything_fails_and_says_so(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lure_under_a_mild_pack(stage, tmp_path)
    none = replace(policy(), rescan=replace(policy().rescan, most_findings=0))
    monkeypatch.setattr(rescans, "policy", lambda: none)
    rescan = scanned(stage, version(stage.operator, strict(tmp_path)))
    assert rescan.state == "failed"
    assert rescan.error == "too_many"

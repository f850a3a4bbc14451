"""Many cases at once, links as a graph with their reasons, what is said of an answer: on their pages."""

from __future__ import annotations

from tests.market.stage import Stage, later
from tests.site.web.reported import REASON, Browsers, decided, reported, text

from sekisho.market.judging.judge import judge_text
from sekisho.market.kernel import outbox
from sekisho.market.kernel.models import AuditEntry
from sekisho.market.linkage.models import Explanation, Trait
from sekisho.market.safety.models import Bulk, Case, Decision, Report

TOLD = {"breach": "yes", "rule": "channel_solicitation", "sanction": "warning", "public_reason": REASON, "because": "同じ文面"}


def linked(stage: Stage) -> None:
    """株式会社あおば and 太郎 wrote the same address."""
    for name in ("aoba", "taro"):
        judge_text("ご連絡は aoba.works@example.com まで。", kind="profile", sender="client", writer=stage.cast[name].id)
    while outbox.deliver():
        pass


def test_chosen_cases_are_looked_over_decided_and_undone_on_one_page(stage: Stage, browsers: Browsers) -> None:
    case = reported(stage, browsers).case
    assert case is not None
    moderator = browsers["minarai"]
    assert f'value="{case.id}" form="choose"' in text(moderator, "/house/cases")
    assert "選んだ案件 1件" in text(moderator, f"/house/bulk?case={case.id}")
    there = moderator.post("/house/bulk", TOLD | {"case": str(case.id)})["Location"]
    assert "1件を判断します" in text(moderator, there)
    assert not Decision.objects.exists()
    moderator.post(f"/bulk/{Bulk.objects.get().id}/start")
    assert "最新の状況を表示する" in text(moderator, there)
    later(minutes=1)
    assert "判断 1件" in text(moderator, there)
    moderator.post(f"/bulk/{Bulk.objects.get().id}/undo")
    later(minutes=2)
    assert "取り消し 1件" in text(moderator, there)
    assert Decision.objects.get().state == "reversed"


def test_a_case_that_somebody_works_on_says_so_before_it_is_chosen(stage: Stage, browsers: Browsers) -> None:
    case = reported(stage, browsers).case
    assert case is not None
    browsers["kancho"].post(f"/cases/{case.id}/claim")
    assert "ほかの担当者が対応中です" in text(browsers["minarai"], f"/house/bulk?case={case.id}")


def test_more_cases_than_the_policy_allows_are_refused_and_the_words_stay(stage: Stage, browsers: Browsers) -> None:
    page = browsers["minarai"].post("/house/bulk", TOLD)
    assert page.status_code == 400
    assert Bulk.objects.count() == 0


def test_a_case_shows_its_links_with_the_reason_and_the_strength_of_each(stage: Stage, browsers: Browsers) -> None:
    linked(stage)
    case = reported(stage, browsers).case
    assert case is not None
    page = text(browsers["minarai"], f"/house/cases/{case.id}")
    assert "<svg" in page
    assert "メールアドレス" in page
    assert "強さ" in page
    assert "aoba.works" not in page.split('id="linked"')[1].split("</section>")[0]
    assert AuditEntry.objects.filter(action="linkage.look").exists()


def test_an_innocent_cause_is_marked_with_a_reason_and_taken_back(stage: Stage, browsers: Browsers) -> None:
    linked(stage)
    case = reported(stage, browsers).case
    assert case is not None
    path, moderator = f"/house/cases/{case.id}/links", browsers["minarai"]
    pair = {"account": [str(stage.cast["aoba"].id), str(stage.cast["taro"].id)], "cause": "agency"}
    assert moderator.post(path, pair | {"because": " "}).status_code == 400
    moderator.post(path, pair | {"because": "代理店の担当者に確かめました。"})
    page = text(moderator, path)
    assert "代理店・制作会社" in page
    assert "代理店の担当者に確かめました。" in page
    moderator.post(path, {"explanation": str(Explanation.objects.get().id), "because": "別の会社でした。"})
    assert Explanation.objects.get().ended_at is not None


def test_who_is_part_of_a_case_is_not_shown_its_links(stage: Stage, browsers: Browsers) -> None:
    linked(stage)
    report = reported(stage, browsers)
    Report.objects.filter(pk=report.pk).update(reporter=stage.cast["minarai"])
    assert "<svg" not in text(browsers["minarai"], f"/house/cases/{report.case_id}")


def test_only_a_key_that_is_out_of_use_can_be_forgotten(stage: Stage, browsers: Browsers) -> None:
    linked(stage)
    used = Trait.objects.first()
    assert used is not None
    assert "使用中" in text(browsers["kancho"], "/house/keys")
    page = browsers["kancho"].post("/house/keys", {"name": used.key, "because": "漏れたため"})
    assert page.status_code == 409
    Trait.objects.update(key="old")
    browsers["kancho"].post("/house/keys", {"name": "old", "because": "漏れたため"})
    assert not Trait.objects.exists()


def test_the_reporter_says_whether_the_answer_helped(stage: Stage, browsers: Browsers) -> None:
    decided(stage, browsers)
    report = Report.objects.get()
    assert "役に立ちましたか" in text(browsers["hanako"], f"/reports/{report.id}")
    browsers["hanako"].post(f"/reports/{report.id}/rate", {"helped": "no"})
    assert Report.objects.get().helped is False
    assert browsers["aoba"].post(f"/reports/{report.id}/rate", {"helped": "yes"}).status_code == 404


def test_a_made_up_report_opens_a_case_about_who_made_it(stage: Stage, browsers: Browsers) -> None:
    report = reported(stage, browsers, freeze_asked="on")
    browsers["minarai"].post(f"/cases/{report.case_id}/claim")
    assert "止めてほしいという希望" in text(browsers["minarai"], f"/house/cases/{report.case_id}")
    browsers["minarai"].post(f"/reports/{report.id}/mark_bad_faith", {"because": "本人が認めました。"})
    assert Report.objects.get().bad_faith
    assert Case.objects.filter(subject=stage.cast["hanako"]).exists()
    assert "作り話と判断済み" in text(browsers["minarai"], f"/house/cases/{report.case_id}")

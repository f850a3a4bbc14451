"""The console: deciding without forgetting a reason, who may see whose words, who may decide an appeal."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.market.stage import LURE, Stage
from tests.site.web.reported import HERS, REASON, Browsers, again, decided, lured, reported, text

from sekisho.market.files.models import Upload
from sekisho.market.kernel.models import AuditEntry
from sekisho.market.messaging.verbs import send
from sekisho.market.safety import appeals
from sekisho.market.safety.models import Appeal, Case, Decision, Report
from site_safety import PNG


def test_the_form_of_a_decision_keeps_what_was_typed_and_forgets_no_reason(
    stage: Stage, browsers: Browsers
) -> None:
    case = reported(stage, browsers).case
    assert case is not None
    browsers["minarai"].post(f"/cases/{case.id}/claim")
    typed = {"breach": "yes", "rule": "channel_solicitation", "sanction": "ban", "public_reason": REASON}
    page = browsers["minarai"].post(f"/house/cases/{case.id}", typed)
    assert page.status_code == 400
    assert REASON in page.content.decode()
    assert 'value="ban" data-second checked' in page.content.decode()
    page = browsers["minarai"].post(
        f"/house/cases/{case.id}", typed | {"private_note": "悪質。", "public_reason": " "}
    )
    assert page.status_code == 400
    assert "悪質。" in page.content.decode()
    assert not Decision.objects.exists()


def test_only_words_of_whom_it_is_about_can_be_quoted(stage: Stage, browsers: Browsers) -> None:
    deal = lured(stage).deal
    hers = send(stage.worker, deal, text="このサイトでのやり取りを希望します。")
    browsers["hanako"].post(
        "/reports/new", {"about": "deal", "id": deal.id, "category": "other", "events": [hers.event_id]}
    )
    case = Case.objects.get()
    browsers["minarai"].post(f"/cases/{case.id}/claim")
    typed = {
        "breach": "yes",
        "rule": "other",
        "sanction": "warning",
        "public_reason": REASON,
        "evidence": f"event:{hers.event_id}",
    }
    assert browsers["minarai"].post(f"/house/cases/{case.id}", typed).status_code == 400
    assert not Decision.objects.exists()


def test_a_second_moderator_sees_who_holds_a_case_and_none_of_its_words(
    stage: Stage, browsers: Browsers
) -> None:
    case = reported(stage, browsers).case
    assert case is not None
    browsers["minarai"].post(f"/cases/{case.id}/claim")
    assert HERS in text(browsers["minarai"], f"/house/cases/{case.id}")
    other = text(browsers["kancho"], f"/house/cases/{case.id}")
    assert "見習が担当中" in other
    assert HERS not in other
    assert LURE not in other
    assert "見習が担当中" in text(browsers["kancho"], "/house/cases")


def test_reading_a_case_stands_in_the_audit_record(stage: Stage, browsers: Browsers) -> None:
    case = reported(stage, browsers).case
    assert case is not None
    browsers["minarai"].post(f"/cases/{case.id}/claim")
    text(browsers["minarai"], f"/house/cases/{case.id}")
    read = AuditEntry.objects.filter(actor=stage.cast["minarai"].id, because=f"case {case.id}")
    assert set(read.values_list("action", flat=True)) == {"case.read", "message.inspect", "deal.inspect"}


def test_the_next_case_is_taken_at_one_press_and_an_empty_queue_says_so(
    stage: Stage, browsers: Browsers
) -> None:
    case = reported(stage, browsers).case
    assert case is not None
    assert browsers["minarai"].post("/house/cases")["Location"] == f"/house/cases/{case.id}"
    page = browsers["kancho"].post("/house/cases")
    assert (page.status_code, "担当を待っているものはありません" in page.content.decode()) == (409, True)


def test_a_ban_says_beforehand_that_it_takes_two(stage: Stage, browsers: Browsers) -> None:
    decision = decided(stage, browsers, sanction="ban")
    page = text(browsers["kancho"], f"/house/cases/{decision.case_id}")
    assert "2人目として確認し、実施する" in page
    assert decision.state == "proposed"
    assert case_ids(browsers["kancho"], "second") == [str(decision.case_id)]
    assert case_ids(browsers["minarai"], "second") == []


def case_ids(browser: Client, view: str) -> list[str]:
    """The cases of a view, in order."""
    return re.findall(r'href="/house/cases/([0-9a-f-]{36})"', text(browser, f"/house/cases?view={view}"))


def test_an_appeal_lists_what_upholding_undoes_and_is_closed_to_who_decided(
    stage: Stage, browsers: Browsers
) -> None:
    decision = decided(stage, browsers)
    again(stage.cast["aoba"]).post(f"/decisions/{decision.id}", {"text": "誤解です。"})
    appeal = Appeal.objects.get()
    assert "警告を取り消します" in text(browsers["kancho"], f"/house/appeals/{appeal.id}")
    assert "この判断に加わった方は" in text(browsers["minarai"], f"/house/appeals/{appeal.id}")
    assert browsers["minarai"].post(f"/appeals/{appeal.id}/uphold", {"because": "誤り。"}).status_code == 403
    browsers["kancho"].post(f"/appeals/{appeal.id}/uphold", {"because": "別の文脈でした。"})
    page = text(again(stage.cast["aoba"]), f"/decisions/{decision.id}")
    assert "この判断は取り消されました" in page
    assert "別の文脈でした。" in page


def test_a_dismissed_report_can_be_asked_again_and_somebody_else_answers(
    stage: Stage, browsers: Browsers
) -> None:
    decided(stage, browsers, breach="no", sanction="", evidence=[])
    report = Report.objects.get()
    assert "もう一度確認してほしいとき" in text(browsers["hanako"], f"/reports/{report.id}")
    browsers["hanako"].post(f"/reports/{report.id}", {"text": "続きがあります。"})
    appeal = Appeal.objects.get()
    browsers["kancho"].post(f"/appeals/{appeal.id}/uphold", {"because": "もう一度確認します。"})
    assert "もう一度確認します。" in text(browsers["hanako"], f"/reports/{report.id}")
    assert Report.objects.get().state == "received"


def test_a_picture_is_veiled_and_only_for_who_works_on_the_case(stage: Stage, browsers: Browsers) -> None:
    case = reported(stage, browsers, files=SimpleUploadedFile("画面.png", PNG, "image/png")).case
    assert case is not None
    path = f"/house/cases/{case.id}/files/{Upload.objects.get().id}"
    assert browsers["minarai"].get(path).status_code == 409
    browsers["minarai"].post(f"/cases/{case.id}/claim")
    assert 'class="veil" loading="lazy"' in text(browsers["minarai"], f"/house/cases/{case.id}")
    answer = browsers["minarai"].get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/octet-stream")
    assert "attachment" in answer["Content-Disposition"]
    assert b"".join(answer.streaming_content) == PNG
    answer.close()


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_page_of_the_room_answers_in_both_languages_without_a_script_of_its_own(
    stage: Stage, browsers: Browsers, lang: str
) -> None:
    decision = decided(stage, browsers)
    again(stage.cast["aoba"]).post(f"/decisions/{decision.id}", {"text": "誤解です。"})
    report, appeal = Report.objects.get(), Appeal.objects.get()
    pages = {
        "hanako": (
            "/reports",
            "/reports/new",
            f"/reports/{report.id}",
            f"/reports/new?about=deal&id={report.deal}",
        ),
        "kancho": (
            "/house/cases",
            f"/house/cases/{decision.case_id}",
            "/house/appeals",
            f"/house/appeals/{appeal.id}",
        ),
        "aoba": (f"/decisions/{decision.id}", f"/appeals/{appeals.link(decision)}"),
    }
    japanese = re.compile(r"[\u3040-\u309f]")
    for name, paths in pages.items():
        browser = again(stage.cast[name])
        for path in paths:
            answer = browser.get(path, headers={"accept-language": lang})
            page = answer.content.decode()
            assert answer.status_code == 200, path
            assert not re.search(r"<style| style=| onclick=|<script>", page), path
            own = re.sub(
                r'<(p|span|blockquote)[^>]*class="said[^>]*>.*?</\1>|value="[^"]*"', "", page, flags=re.S
            )
            rest = japanese.findall(own.replace("株式会社あおば", "").replace("せきしょ", ""))
            assert lang == "ja" or rest == [] or path.startswith(("/house/cases/", "/reports/new?")), (
                path,
                rest,
            )

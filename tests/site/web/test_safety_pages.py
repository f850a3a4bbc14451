"""Reports, decisions and appeals on the pages of people: what is shown, what never is, what a refused form keeps."""

from __future__ import annotations

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.market.stage import LURE, Stage
from tests.site.web.reported import HERS, REASON, Browsers, again, decided, lured, reported, text

from sekisho.market.files.models import Upload
from sekisho.market.kernel import outbox
from sekisho.market.people.models import Account
from sekisho.market.safety import appeals
from sekisho.market.safety.models import Appeal, Attachment, Report
from site_safety import PNG


def test_the_form_is_filled_from_the_record_and_offers_solicitation_first(
    stage: Stage, browsers: Browsers
) -> None:
    message = lured(stage)
    page = text(browsers["hanako"], f"/reports/new?about=message&id={message.id}")
    assert page.index("外部連絡ツールへの誘導") < page.index("個人情報の要求")
    assert f'value="{message.event_id}" checked' in page
    assert "契約前" in page
    assert "株式会社あおば" in page
    assert "推測できることがあります" in page
    assert "24時間以内" in page


def test_a_report_holds_the_chosen_messages_by_reference_and_a_pasted_chat(
    stage: Stage, browsers: Browsers
) -> None:
    report = reported(
        stage, browsers, answered="1", gave=["phone"], pasted="担当：登録料が必要です", tool="LINE"
    )
    kinds = sorted(Attachment.objects.filter(report=report).values_list("kind", flat=True))
    assert (kinds, report.answered, report.gave) == (["event", "pasted"], True, ["phone"])


def test_a_screenshot_is_kept_when_the_form_is_refused(stage: Stage, browsers: Browsers) -> None:
    message = lured(stage)
    told = {"about": "message", "id": message.id, "category": "channel_solicitation", "text": HERS}
    picture = SimpleUploadedFile("画面.png", PNG, "image/png")
    page = browsers["hanako"].post("/reports/new", told | {"happened_on": "いつか", "files": picture})
    upload = Upload.objects.get()
    assert page.status_code == 400
    assert HERS in page.content.decode()
    assert f'value="{upload.id}"' in page.content.decode()
    browsers["hanako"].post("/reports/new", told | {"kept": str(upload.id)})
    assert Attachment.objects.filter(kind="file", ref=upload.id).exists()


def plain(page: str) -> str:
    """A page without what is new each time it is asked for."""
    return re.sub(r'value="[^"]{32,}"', "", page)


def test_the_pages_of_the_reported_side_are_the_same_with_and_without_a_report(
    stage: Stage, browsers: Browsers
) -> None:
    message = lured(stage)
    paths = (
        "/home",
        "/notices",
        f"/deals/{message.deal_id}",
        "/me",
        "/money",
        "/reports",
        "/jobs",
        f"/people/{stage.cast['hanako'].id}",
    )
    before = [plain(text(browsers["aoba"], path)) for path in paths]
    told = {"about": "message", "id": message.id, "category": "channel_solicitation", "text": HERS}
    browsers["hanako"].post("/reports/new", told)
    outbox.deliver(1000)
    browsers["minarai"].post("/house/cases")
    assert [plain(text(browsers["aoba"], path)) for path in paths] == before


def test_a_report_and_its_case_do_not_exist_for_the_reported_side(stage: Stage, browsers: Browsers) -> None:
    report = reported(stage, browsers)
    for path in (f"/reports/{report.id}", f"/house/cases/{report.case_id}", "/house/cases"):
        assert browsers["aoba"].get(path).status_code == 404


def test_the_receipt_says_what_comes_next_and_the_outcome_without_the_measure(
    stage: Stage, browsers: Browsers
) -> None:
    decision = decided(stage, browsers)
    page = text(browsers["hanako"], f"/reports/{Report.objects.get().id}")
    assert "違反を確認し、規約に沿って対応しました" in page
    assert "警告" not in page
    assert REASON not in page
    assert str(decision.id) not in page


def test_the_statement_shows_its_fields_and_nothing_of_the_reporter(stage: Stage, browsers: Browsers) -> None:
    decision = decided(stage, browsers)
    page = text(again(stage.cast["aoba"]), f"/decisions/{decision.id}")
    for said in (
        "警告",
        REASON,
        LURE,
        "外部連絡ツールへの誘導",
        "利用規約の順守状況の確認により",
        "異議を申し立てる",
    ):
        assert said in page
    assert "報告" not in page.split("<main")[1]
    assert "花子" not in page
    assert HERS not in page
    file = again(stage.cast["aoba"]).get(f"/decisions/{decision.id}/statement.json")
    assert file.json()["rule"] == "channel_solicitation"
    assert "attachment" in file["Content-Disposition"]


def test_a_banned_person_can_appeal_by_the_link_of_the_letter_without_logging_in(
    stage: Stage, browsers: Browsers
) -> None:
    decision = decided(stage, browsers, sanction="ban")
    page = browsers["kancho"].post(f"/decisions/{decision.id}/confirm")
    assert page.status_code == 302
    assert Account.objects.get(pk=stage.cast["aoba"].pk).standing == "banned"
    path, nobody = f"/appeals/{appeals.link(decision)}", Client()
    assert REASON in text(nobody, path)
    assert nobody.post(path, {"text": "文脈が違います。"}).status_code == 302
    assert (Appeal.objects.get().appellant_id, Appeal.objects.get().state) == (stage.cast["aoba"].pk, "filed")
    assert nobody.get(path + "x").status_code == 404

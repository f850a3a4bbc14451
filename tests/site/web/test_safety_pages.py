"""Reports, cases, decisions and appeals on pages: what each may see, what is never shown, what is kept when a form is refused."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from site_safety import PNG
from tests.market.stage import LURE, Stage

from sekisho.market.files.models import Upload
from sekisho.market.kernel import outbox
from sekisho.market.kernel.models import AuditEntry
from sekisho.market.messaging.verbs import send, send_anyway
from sekisho.market.people.models import Account
from sekisho.market.safety import appeals
from sekisho.market.safety.models import Appeal, Attachment, Case, Decision, Report

HERS = "断っても続いて、とても怖かったです。"
REASON = "契約の前にLINEへの移動を求めるメッセージを確認しました。"
Browsers = dict[str, Client]


def lured(stage: Stage) -> Any:
    """The client led the worker to LINE, warned and all the same."""
    message = send(stage.client, stage.deal(), text=LURE)
    message = send_anyway(stage.client, message) if message.state == "nudged" else message
    outbox.deliver(1000)
    return message


def reported(stage: Stage, browsers: Browsers, **fields: Any) -> Report:
    """She reports it on the page."""
    message = lured(stage)
    told = {"about": "message", "id": message.id, "category": "channel_solicitation", "text": HERS, "key": "one"}
    answer = browsers["hanako"].post("/reports/new", told | fields)
    assert answer.status_code == 302, answer.content.decode()
    return Report.objects.get()


def decided(stage: Stage, browsers: Browsers, **fields: Any) -> Decision:
    """The moderator claims her case and decides it on the page."""
    case = reported(stage, browsers).case
    assert case is not None
    browsers["minarai"].post(f"/cases/{case.id}/claim")
    event = Attachment.objects.get(kind="event").ref
    typed = {"breach": "yes", "rule": "channel_solicitation", "sanction": "warning", "public_reason": REASON,
             "private_note": "初回。", "evidence": [f"event:{event}"], "days": "7"}  # fmt: skip
    answer = browsers["minarai"].post(f"/house/cases/{case.id}", typed | fields)
    assert answer.status_code == 302, answer.content.decode()
    outbox.deliver(1000)
    return Decision.objects.get()


def again(account: Any) -> Client:
    """A new browser of somebody, as he stands now."""
    account.refresh_from_db()
    browser = Client()
    browser.force_login(account)
    return browser


def text(browser: Client, path: str) -> str:
    """What a page says."""
    answer = browser.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def test_the_form_is_filled_from_the_record_and_offers_solicitation_first(stage: Stage, browsers: Browsers) -> None:
    message = lured(stage)
    page = text(browsers["hanako"], f"/reports/new?about=message&id={message.id}")
    assert page.index("外部連絡ツールへの誘導") < page.index("個人情報の要求")
    assert f'value="{message.event_id}" checked' in page and "契約前" in page and "株式会社あおば" in page
    assert "推測できることがあります" in page and "24時間以内" in page


def test_a_report_holds_the_chosen_messages_by_reference_and_a_pasted_chat(stage: Stage, browsers: Browsers) -> None:
    report = reported(stage, browsers, answered="1", gave=["phone"], pasted="担当：登録料が必要です", tool="LINE")
    kinds = sorted(Attachment.objects.filter(report=report).values_list("kind", flat=True))
    assert (kinds, report.answered, report.gave) == (["event", "pasted"], True, ["phone"])


def test_a_screenshot_is_kept_when_the_form_is_refused(stage: Stage, browsers: Browsers) -> None:
    message = lured(stage)
    told = {"about": "message", "id": message.id, "category": "channel_solicitation", "text": HERS}
    picture = SimpleUploadedFile("画面.png", PNG, "image/png")
    page = browsers["hanako"].post("/reports/new", told | {"happened_on": "いつか", "files": picture})
    upload = Upload.objects.get()
    assert page.status_code == 400 and HERS in page.content.decode() and f'value="{upload.id}"' in page.content.decode()
    browsers["hanako"].post("/reports/new", told | {"kept": str(upload.id)})
    assert Attachment.objects.filter(kind="file", ref=upload.id).exists()


def plain(page: str) -> str:
    """A page without what is new each time it is asked for."""
    return re.sub(r'value="[^"]{32,}"', "", page)


def test_the_pages_of_the_reported_side_are_the_same_with_and_without_a_report(stage: Stage, browsers: Browsers) -> None:
    message = lured(stage)
    paths = ("/home", "/notices", f"/deals/{message.deal_id}", "/me", "/money", "/reports", "/jobs", f"/people/{stage.cast['hanako'].id}")
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


def test_the_receipt_says_what_comes_next_and_the_outcome_without_the_measure(stage: Stage, browsers: Browsers) -> None:
    decision = decided(stage, browsers)
    page = text(browsers["hanako"], f"/reports/{Report.objects.get().id}")
    assert "違反を確認し、規約に沿って対応しました" in page
    assert "警告" not in page and REASON not in page and str(decision.id) not in page


def test_the_statement_shows_its_fields_and_nothing_of_the_reporter(stage: Stage, browsers: Browsers) -> None:
    decision = decided(stage, browsers)
    page = text(again(stage.cast["aoba"]), f"/decisions/{decision.id}")
    for said in ("警告", REASON, LURE, "外部連絡ツールへの誘導", "利用規約の順守状況の確認により", "異議を申し立てる"):
        assert said in page
    assert "報告" not in page.split("<main")[1] and "花子" not in page and HERS not in page
    file = again(stage.cast["aoba"]).get(f"/decisions/{decision.id}/statement.json")
    assert file.json()["rule"] == "channel_solicitation" and "attachment" in file["Content-Disposition"]


def test_a_banned_person_can_appeal_by_the_link_of_the_letter_without_logging_in(stage: Stage, browsers: Browsers) -> None:
    decision = decided(stage, browsers, sanction="ban")
    page = browsers["kancho"].post(f"/decisions/{decision.id}/confirm")
    assert page.status_code == 302 and Account.objects.get(pk=stage.cast["aoba"].pk).standing == "banned"
    path, nobody = f"/appeals/{appeals.link(decision)}", Client()
    assert REASON in text(nobody, path)
    assert nobody.post(path, {"text": "文脈が違います。"}).status_code == 302
    assert (Appeal.objects.get().appellant_id, Appeal.objects.get().state) == (stage.cast["aoba"].pk, "filed")
    assert nobody.get(path + "x").status_code == 404


def test_the_form_of_a_decision_keeps_what_was_typed_and_forgets_no_reason(stage: Stage, browsers: Browsers) -> None:
    case = reported(stage, browsers).case
    assert case is not None
    browsers["minarai"].post(f"/cases/{case.id}/claim")
    typed = {"breach": "yes", "rule": "channel_solicitation", "sanction": "ban", "public_reason": REASON}
    page = browsers["minarai"].post(f"/house/cases/{case.id}", typed)
    assert page.status_code == 400 and REASON in page.content.decode() and 'value="ban" checked' in page.content.decode()
    page = browsers["minarai"].post(f"/house/cases/{case.id}", typed | {"private_note": "悪質。", "public_reason": " "})
    assert page.status_code == 400 and "悪質。" in page.content.decode()
    assert not Decision.objects.exists()


def test_only_words_of_whom_it_is_about_can_be_quoted(stage: Stage, browsers: Browsers) -> None:
    deal = lured(stage).deal
    hers = send(stage.worker, deal, text="このサイトでのやり取りを希望します。")
    browsers["hanako"].post("/reports/new", {"about": "deal", "id": deal.id, "category": "other", "events": [hers.event_id]})
    case = Case.objects.get()
    browsers["minarai"].post(f"/cases/{case.id}/claim")
    typed = {"breach": "yes", "rule": "other", "sanction": "warning", "public_reason": REASON, "evidence": f"event:{hers.event_id}"}
    assert browsers["minarai"].post(f"/house/cases/{case.id}", typed).status_code == 400
    assert not Decision.objects.exists()


def test_a_second_moderator_sees_who_holds_a_case_and_none_of_its_words(stage: Stage, browsers: Browsers) -> None:
    case = reported(stage, browsers).case
    assert case is not None
    browsers["minarai"].post(f"/cases/{case.id}/claim")
    assert HERS in text(browsers["minarai"], f"/house/cases/{case.id}")
    other = text(browsers["kancho"], f"/house/cases/{case.id}")
    assert "見習が担当中" in other and HERS not in other and LURE not in other
    assert "見習が担当中" in text(browsers["kancho"], "/house/cases")


def test_reading_a_case_stands_in_the_audit_record(stage: Stage, browsers: Browsers) -> None:
    case = reported(stage, browsers).case
    assert case is not None
    browsers["minarai"].post(f"/cases/{case.id}/claim")
    text(browsers["minarai"], f"/house/cases/{case.id}")
    read = AuditEntry.objects.filter(actor=stage.cast["minarai"].id, because=f"case {case.id}")
    assert set(read.values_list("action", flat=True)) == {"case.read", "message.inspect", "deal.inspect"}


def test_the_next_case_is_taken_at_one_press_and_an_empty_queue_says_so(stage: Stage, browsers: Browsers) -> None:
    case = reported(stage, browsers).case
    assert case is not None
    assert browsers["minarai"].post("/house/cases")["Location"] == f"/house/cases/{case.id}"
    page = browsers["kancho"].post("/house/cases")
    assert (page.status_code, "担当を待っているものはありません" in page.content.decode()) == (409, True)


def test_a_ban_says_beforehand_that_it_takes_two(stage: Stage, browsers: Browsers) -> None:
    decision = decided(stage, browsers, sanction="ban")
    page = text(browsers["kancho"], f"/house/cases/{decision.case_id}")
    assert "2人目として確認し、実施する" in page and decision.state == "proposed"
    assert case_ids(browsers["kancho"], "second") == [str(decision.case_id)] and case_ids(browsers["minarai"], "second") == []


def case_ids(browser: Client, view: str) -> list[str]:
    """The cases of a view, in order."""
    return re.findall(r'href="/house/cases/([0-9a-f-]{36})"', text(browser, f"/house/cases?view={view}"))


def test_an_appeal_lists_what_upholding_undoes_and_is_closed_to_who_decided(stage: Stage, browsers: Browsers) -> None:
    decision = decided(stage, browsers)
    again(stage.cast["aoba"]).post(f"/decisions/{decision.id}", {"text": "誤解です。"})
    appeal = Appeal.objects.get()
    assert "警告を取り消します" in text(browsers["kancho"], f"/house/appeals/{appeal.id}")
    assert "この判断に加わった方は" in text(browsers["minarai"], f"/house/appeals/{appeal.id}")
    assert browsers["minarai"].post(f"/appeals/{appeal.id}/uphold", {"because": "誤り。"}).status_code == 403
    browsers["kancho"].post(f"/appeals/{appeal.id}/uphold", {"because": "別の文脈でした。"})
    page = text(again(stage.cast["aoba"]), f"/decisions/{decision.id}")
    assert "この判断は取り消されました" in page and "別の文脈でした。" in page


def test_a_dismissed_report_can_be_asked_again_and_somebody_else_answers(stage: Stage, browsers: Browsers) -> None:
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
    assert "attachment" in answer["Content-Disposition"] and b"".join(answer.streaming_content) == PNG
    answer.close()


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_page_of_the_room_answers_in_both_languages_without_a_script_of_its_own(
    stage: Stage, browsers: Browsers, lang: str
) -> None:
    decision = decided(stage, browsers)
    again(stage.cast["aoba"]).post(f"/decisions/{decision.id}", {"text": "誤解です。"})
    report, appeal = Report.objects.get(), Appeal.objects.get()
    pages = {
        "hanako": ("/reports", "/reports/new", f"/reports/{report.id}", f"/reports/new?about=deal&id={report.deal}"),
        "kancho": ("/house/cases", f"/house/cases/{decision.case_id}", "/house/appeals", f"/house/appeals/{appeal.id}"),
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
            own = re.sub(r'<(p|span|blockquote)[^>]*class="said[^>]*>.*?</\1>|value="[^"]*"', "", page, flags=re.S)
            rest = japanese.findall(own.replace("株式会社あおば", "").replace("せきしょ", ""))
            assert lang == "ja" or rest == [] or path.startswith(("/house/cases/", "/reports/new?")), (path, rest)

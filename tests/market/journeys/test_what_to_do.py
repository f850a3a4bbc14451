"""What the article promises to whoever was solicited (外部誘導への対処法), one promise a test."""

from __future__ import annotations

from tests.market.safety.made import claimed, decide, lured, reported, standing
from tests.market.stage import LURE, Stage, refused

from sekisho.market.deals.models import Event
from sekisho.market.jobs.models import Job
from sekisho.market.kernel import outbox
from sekisho.market.messaging.models import Message
from sekisho.market.messaging.verbs import send
from sekisho.market.notices.models import Letter, Notice
from sekisho.market.people.verbs import block
from sekisho.market.safety import decisions, reports
from sekisho.market.safety.models import Attachment, Case, Report
from sekisho.market.safety.policy import policy

REFUSAL = "申し訳ありませんが、このサイト上でのやり取りを希望します。"


def test_a_short_refusal_without_reasons_is_delivered_as_it_is(stage: Stage) -> None:
    deal = stage.deal()
    lured(stage, deal)
    assert send(stage.worker, deal, text=REFUSAL).state == "delivered"


def test_asking_again_after_a_refusal_is_seen_as_such(stage: Stage) -> None:
    deal = stage.deal()
    lured(stage, deal)
    send(stage.worker, deal, text=REFUSAL)
    again = send(stage.client, deal, text="そこをなんとか。" + LURE)
    assert again.state in ("nudged", "held", "refused")
    assert again.judgement.verdict == "violation"


def test_steering_to_an_outside_tool_is_the_first_category_offered() -> None:
    assert next(iter(policy().categories)) == "channel_solicitation"


def test_a_report_holds_when_how_and_the_exact_words(stage: Stage) -> None:
    report = reported(stage, text="応募後の初回メッセージで、LINEへの移動を求められました。")
    event = Event.objects.get(pk=Attachment.objects.get(report=report, kind="event").ref)
    assert event.body.content["text"] == LURE
    assert (report.stage, report.methods[0]) == ("pre_contract", "channel_solicitation")


def test_a_line_id_in_a_posting_can_be_reported_from_the_posting(stage: Stage) -> None:
    report = reports.file(stage.worker, None, about="job", about_id=stage.job().id, category="channel_solicitation")
    assert Attachment.objects.get(report=report).kind == "job"


def test_messages_from_an_outside_tool_can_be_kept_with_the_report(stage: Stage) -> None:
    report = reported(stage, pasted="12:01 依頼主: 保証金を先に振り込んでください。", tool="LINE")
    row = Attachment.objects.get(report=report, kind="pasted")
    assert row.tool == "LINE"
    assert row.text.startswith("12:01")


def test_a_clear_breach_brings_a_warning_a_suspension_or_a_ban(stage: Stage) -> None:
    decide(stage, claimed(stage), {"kind": "suspension", "days": 7})
    assert standing(stage) == "suspended"


def test_the_client_is_told_nothing_of_a_report(stage: Stage) -> None:
    reported(stage)
    outbox.deliver(1000)
    assert not Notice.objects.filter(account=stage.cast["aoba"], topic__startswith="report").exists()
    assert not Letter.objects.filter(to=stage.cast["aoba"].email, body__contains="報告").exists()


def test_several_reports_bring_a_case_forward(stage: Stage) -> None:
    many, one = stage.job(), stage.job(title="もう一つの案件")
    for reporter in (stage.worker, stage.stranger):
        reports.file(reporter, None, about="job", about_id=many.id, category="vague_posting")
    reports.file(stage.worker, None, about="job", about_id=one.id, category="vague_posting")
    assert Case.objects.get(matter=many.id).rank > Case.objects.get(matter=one.id).rank


def test_where_harm_is_done_the_house_looks_first(stage: Stage) -> None:
    harmed, unharmed = stage.job(), stage.job(title="もう一つの案件")
    reports.file(stage.worker, None, about="job", about_id=harmed.id, category="other", gave=["bank"])
    reports.file(stage.worker, None, about="job", about_id=unharmed.id, category="channel_solicitation")
    assert Case.objects.get(matter=harmed.id).rank > Case.objects.get(matter=unharmed.id).rank


def test_who_has_answered_already_can_report_all_the_same_and_pays_nothing_for_it(stage: Stage) -> None:
    deal = stage.deal()
    message = lured(stage, deal)
    send(stage.worker, deal, text="わかりました。LINEのIDは hanako_0301 です。")
    reports.file(stage.worker, None, about="message", about_id=message.id, category="channel_solicitation",
                 answered=True, gave=["real_name", "phone"])  # fmt: skip
    outbox.deliver(1000)
    assert decisions.strikes(stage.cast["hanako"]) == 0
    assert standing(stage, "hanako") == "good"
    assert not Case.objects.filter(subject=stage.cast["hanako"]).exists()


def test_what_was_given_away_is_kept_as_kinds_and_never_as_values(stage: Stage) -> None:
    report = reported(stage, gave=["bank", "my_number"])
    assert report.gave == ["bank", "my_number"]
    assert report.answered
    with refused("bad_value"):
        reported(stage, gave=["1234567"])


def test_a_blocked_clients_messages_do_not_arrive(stage: Stage) -> None:
    deal = stage.deal()
    block(stage.worker, stage.cast["aoba"])
    message = send(stage.client, deal, text="原稿の件でご相談があります。")
    assert not Message.objects.visible_to(stage.worker).filter(pk=message.pk).exists()


def test_a_report_and_a_block_go_together(stage: Stage) -> None:
    message = lured(stage)
    block(stage.worker, stage.cast["aoba"])
    report = reports.file(stage.worker, None, about="message", about_id=message.id, category="channel_solicitation")
    assert Report.objects.visible_to(stage.worker).get() == report
    assert Job.objects.visible_to(stage.worker).count() == 0

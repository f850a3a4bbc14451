"""From a solicitation to a report, a case, a decision, its statement, an appeal and the reversal."""

from __future__ import annotations

from typing import Any

from tests.market.stage import LURE, Stage, later, refused

from sekisho.market.kernel import outbox
from sekisho.market.messaging.verbs import send, send_anyway
from sekisho.market.people.models import Account
from sekisho.market.safety import appeals, claims, decisions, reports
from sekisho.market.safety.models import Appeal, Case, Decision, Report


def solicited(stage: Stage) -> Any:
    """The client lured the worker to LINE in a deal of theirs, warned and all the same."""
    deal = stage.deal()
    message = send(stage.client, deal, text=LURE)
    if message.state == "nudged":
        message = send_anyway(stage.client, message)
    outbox.deliver(1000)
    return message


def reported(stage: Stage, **fields: Any) -> Report:
    """She reports it."""
    message = solicited(stage)
    return reports.file(
        stage.worker, None, about="message", about_id=message.id, category="channel_solicitation", **fields
    )


def decided(stage: Stage, *orders: dict[str, Any]) -> Decision:
    """A moderator decides the case of a report with these measures."""
    case = claims.claim(stage.moderator, reported(stage).case)
    return decisions.make(
        stage.moderator, case, breach=True, rule="channel_solicitation", orders=orders or ({"kind": "warning"},),
        public_reason="契約の前にLINEへの移動を求めるメッセージを確認しました。", private_note="初回。",
    )  # fmt: skip


def test_a_solicitation_is_reported_decided_appealed_and_reversed(stage: Stage) -> None:
    report = reported(stage, text="断っても続きました。")
    case = Case.objects.get(subject=stage.cast["aoba"])
    assert report.case == case and case.points > 0
    claims.claim(stage.moderator, case)
    case.refresh_from_db()
    decision = decisions.make(
        stage.moderator, case, breach=True, rule="channel_solicitation", orders=[{"kind": "suspension", "days": 7}],
        public_reason="契約の前にLINEへの移動を求めるメッセージを確認しました。", private_note="初回だが執拗。",
    )  # fmt: skip
    assert decision.state == "done"
    assert Account.objects.get(pk=stage.cast["aoba"].pk).standing == "suspended"
    assert Report.objects.get().state == "upheld"
    assert decision.reasons.content["rule"] == "channel_solicitation"
    subject = Account.objects.get(pk=stage.cast["aoba"].pk).actor
    appeal = appeals.file(subject, decision, text="誤解があります。")
    with refused("not_yours"):
        appeals.uphold(stage.moderator, appeal, because="やはり誤り。")
    appeals.uphold(stage.operator, appeal, because="別の文脈でした。")
    assert Account.objects.get(pk=stage.cast["aoba"].pk).standing == "good"
    assert Case.objects.get().state == "reversed"
    assert decisions.strikes(stage.cast["aoba"]) == 0
    assert Appeal.objects.get().left == []
    later(minutes=1)


def test_a_ban_waits_for_a_second_person(stage: Stage) -> None:
    decision = decided(stage, {"kind": "ban"})
    assert decision.state == "proposed" and Account.objects.get(pk=stage.cast["aoba"].pk).standing == "good"
    with refused("not_yours"):
        decisions.confirm(stage.moderator, decision)
    decisions.confirm(stage.operator, decision)
    assert Account.objects.get(pk=stage.cast["aoba"].pk).standing == "banned"

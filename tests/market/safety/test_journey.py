"""From a solicitation to a report, a case, a decision, its statement, an appeal and the reversal."""

from __future__ import annotations

from tests.market.safety.made import acting, claimed, decide, reported, standing
from tests.market.stage import Stage, later, refused

from sekisho.market.notices.models import Letter, Notice
from sekisho.market.safety import appeals, claims, decisions
from sekisho.market.safety.models import Case, Report


def test_a_solicitation_is_reported_decided_appealed_and_reversed(stage: Stage) -> None:
    report = reported(stage, text="断っても続きました。")
    case = Case.objects.get(subject=stage.cast["aoba"])
    assert report.case == case
    assert case.points > 0
    decision = decide(stage, claims.claim(stage.moderator, case), {"kind": "suspension", "days": 7})
    assert standing(stage) == "suspended"
    assert Report.objects.get().state == "upheld"
    appeal = appeals.file(acting(stage), decision, text="誤解があります。")
    appeals.uphold(stage.operator, appeal, because="別の文脈でした。")
    assert standing(stage) == "good"
    assert Case.objects.get().state == "reversed"
    assert decisions.strikes(stage.cast["aoba"]) == 0


def test_each_of_them_is_told_and_nobody_else(stage: Stage) -> None:
    decision = decide(stage, claimed(stage))
    later(minutes=1)
    told = {(n.account.display_name, n.topic) for n in Notice.objects.select_related("account")}
    reporter, subject = stage.cast["hanako"].display_name, stage.cast["aoba"].display_name
    assert (reporter, "report.received") in told
    assert (reporter, "report.answered") in told
    assert (subject, "decision.done") in told
    assert not any(topic.startswith(("report", "case")) for who, topic in told if who == subject)
    assert not any(topic.startswith("decision") for who, topic in told if who == reporter)
    letter = Letter.objects.get(to=stage.cast["aoba"].email, body__contains="/appeals/")
    word = letter.body.split("/appeals/")[1]
    assert appeals.by_link(word)[1] == decision
    with refused("bad_link"):
        appeals.by_link(word[:-1] + ("A" if word[-1] != "A" else "B"))
